/** Puts the script tag at the end of an ordinary page, in the form that the page's address names. */

const tag = document.createElement('script');
tag.src = './widget.js';
tag.dataset.mode = new URLSearchParams(location.search).get('mode') ?? 'popup';
tag.dataset.heading = 'Ask Rivulet';
tag.dataset.suggestions = 'Who are you?|用中文介绍一下你自己';
tag.dataset.teaser = 'Questions about streams? Ask away.';
document.querySelector('article')!.append(tag);
