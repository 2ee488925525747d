/** What markdown-it makes of a text, written the way we write ours. */

import MarkdownIt from 'markdown-it';

const reference = new MarkdownIt({ html: false, linkify: false, maxNesting: 1000 });
// It refuses some addresses while parsing; our parser leaves that to who shows them.
reference.validateLink = () => true;

export function referenceHtml(text: string): string {
  return reference
    .render(text)
    .replaceAll('<s>', '<del>')
    .replaceAll('</s>', '</del>')
    .replaceAll(/ style="text-align:(\w+)"/g, ' align="$1"')
    .replaceAll('<blockquote></blockquote>', '<blockquote>\n</blockquote>')
    .replaceAll(/([^\n])<pre>/g, '$1\n<pre>')
    .replaceAll('<br>', '<br />')
    .replaceAll('<hr>', '<hr />')
    .replaceAll(/(<img [^>]*)>/g, '$1 />');
}
