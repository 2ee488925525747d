/** An interface of one's own: the conversation is a value, the client gives its events, the Markdown engine shows answers. */

import { streamTurn } from 'rivulet-chat/client';
import { apply, ask, newConversation } from 'rivulet-chat/conversation';
import { showMarkdown } from 'rivulet-chat/markdown';

const endpoint = 'https://your-proxy.example';
const form = document.querySelector('form');
const stop = document.querySelector('#stop');
let conversation = newConversation();

form.addEventListener('submit', async event => {
  event.preventDefault();
  const question = form.elements.question.value;
  form.reset();
  add('h2').textContent = question;
  conversation = apply(conversation, ask(question));
  setAnswering(true);
  await answer();
  setAnswering(false);
});

async function answer() {
  const markdown = showMarkdown(add('div'));
  const stopped = new AbortController();
  stop.onclick = () => stopped.abort();
  let shown = '';
  for await (const event of streamTurn(conversation, { endpoint, signal: stopped.signal })) {
    conversation = apply(conversation, event);
    const { content, failure } = conversation.messages.at(-1);
    markdown.feed(content.slice(shown.length));
    shown = content;
    if (failure) add('p').textContent = `That did not work: ${failure.code}`;
  }
  markdown.end();
}

function setAnswering(is) {
  document.querySelector('#ask').disabled = is;
  stop.disabled = !is;
}

function add(tag) {
  return document.querySelector('#messages').appendChild(document.createElement(tag));
}
