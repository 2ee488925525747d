/** The chat on a page that is read from the right: its own words are English, and are read from the left, full stop and all. */

import { expect, waitUntil } from '@open-wc/testing';
import type { RivuletChat } from '../../widget/index.ts';
import { calling, ending, play, setForWidget, words } from '../support/play.ts';
import { all, ask, named, showChat } from '../support/shown-chat.ts';

let chat: RivuletChat;

beforeEach(() => (document.documentElement.dir = 'rtl'));
afterEach(() => document.documentElement.removeAttribute('dir'));

/** Whether the last sign of what says this stands to the right of its first. */
async function isReadFromTheLeft(selector: string, text: string): Promise<void> {
  const find = () => all(chat.shadowRoot, selector).find(({ textContent }) => textContent?.includes(text));
  await waitUntil(find, `${selector} says ${text}`, { timeout: 15_000 });
  const walker = document.createTreeWalker(find()!, NodeFilter.SHOW_TEXT);
  while (walker.nextNode() && !walker.currentNode.textContent!.includes(text));
  const node = walker.currentNode;
  const from = node.textContent!.indexOf(text);
  const at = (offset: number) => {
    const range = document.createRange();
    range.setStart(node, offset);
    range.setEnd(node, offset + 1);
    return range.getBoundingClientRect();
  };
  const [first, last] = [at(from), at(from + text.length - 1)];
  expect(last.top, `${text} is one line`).to.be.closeTo(first.top, 2);
  expect(last.left, text).to.be.greaterThan(first.left);
}

it('what it says in English ends where that ends', async () => {
  const call = { index: 0, id: 'c', function: { name: 'book', arguments: '{}' } };
  const played = await play(
    [words(1, 'So.'), calling(2, call), ending(3, 'tool_calls')],
    [words(1, 'A'), ending(2, 'length')],
  );
  await setForWidget(played, {
    limits: { messages: 100, bodyBytes: 100_000 },
    attachments: { count: 3, characters: 2_000, imageBytes: 900_000, seeing: [''] },
    tools: ['book'],
    contact: { fields: [{ name: 'email', required: false }] },
  });
  chat = await showChat(played);
  chat.tools = [{ name: 'book', confirm: true, run: () => 1 }];
  await isReadFromTheLeft('p', 'Answers come from an AI and can be wrong.');

  const input = (await named(chat, 'Attach files', 'input')) as HTMLInputElement;
  const files = new DataTransfer();
  files.items.add(new File([''], 'a.txt'));
  files.items.add(new File(['some'], 'b.txt'));
  input.files = files.files;
  input.dispatchEvent(new Event('change', { bubbles: true }));
  await isReadFromTheLeft('.refused', 'a.txt is empty.');
  await isReadFromTheLeft('small', '4 characters');

  await ask(chat, 'Book');
  await isReadFromTheLeft('.asks p', 'Allow “book”?');
  (await named(chat, 'Allow')).click();
  await isReadFromTheLeft('.note span', 'The answer was cut at its length limit.');

  (await named(chat, 'Menu')).click();
  await isReadFromTheLeft('.spent p', '1 answer');
  (await named(chat, 'Talk to a person')).click();
  await isReadFromTheLeft('label', '(optional)');
});
