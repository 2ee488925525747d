/** What a page can style: every piece has a name, by which the page reaches it, and the designers' page has that name. */

import { expect, waitUntil } from '@open-wc/testing';
import { sendKeys, setViewport } from '@web/test-runner-commands';
import { parts } from '../../demo/parts.ts';
import type { RivuletChat } from '../../widget/index.ts';
import { answer, calling, ending, failing, play, setForWidget, setModels, words } from '../support/play.ts';
import { all, answered, ask, named, showChat } from '../support/shown-chat.ts';

const INTERACTIVE = 'button, a[href], input, textarea, select, summary, [role=option]';
/** Of an answer's text these are pieces; what is in a line of it is not. */
const OF_TEXT = 'figure, .table, button, a[href]';
const WAIT = { timeout: 15_000 };
const everything =
  '# Title\n\nSee [this](https://a.example/) and `code`[^1].\n\n```js\nlet a = 1;\n```\n\n| a | b |\n|-|-|\n| 1 | 2 |\n\n![A picture](https://a.example/p.png)\n\n> said\n\n[^1]: A note.';

let sheet: CSSStyleSheet;
const seen = new Set<string>();

before(async () => {
  await setViewport({ width: 900, height: 900 });
  sheet = new CSSStyleSheet();
  for (const [name] of parts) {
    CSS.registerProperty({ name: `--is-${name}`, syntax: '*', inherits: false });
    sheet.insertRule(`:is(rivulet-chat, rivulet-launcher)::part(${name}) { --is-${name}: yes }`);
  }
  document.adoptedStyleSheets.push(sheet);
});

after(() => {
  document.adoptedStyleSheets = document.adoptedStyleSheets.filter(one => one !== sheet);
});

/** Pieces without a name that a page can use. */
function nameless(chat: RivuletChat): string[] {
  return all(chat.shadowRoot, '*').flatMap(element => {
    const names = namesOf(element);
    names.forEach(name => seen.add(name));
    return isPiece(element) && names.length === 0 ? [`${element.localName}.${element.className}`] : [];
  });
}

function namesOf(element: HTMLElement): string[] {
  const style = getComputedStyle(element);
  return [...element.part].filter(name => style.getPropertyValue(`--is-${name}`) === 'yes');
}

function isPiece(element: HTMLElement): boolean {
  if (!element.checkVisibility({ visibilityProperty: true }) || element.closest('.spoken')) return false;
  if (element.closest('.text')) return element.matches(OF_TEXT);
  return element.matches(INTERACTIVE) || isPainted(element);
}

/** It has a ground or a frame of its own, and does not only continue one. */
function isPainted(element: HTMLElement): boolean {
  const { backgroundColor, borderTopWidth, borderBottomWidth, boxShadow } = getComputedStyle(element);
  const isFramed = parseFloat(borderTopWidth) > 0 && parseFloat(borderBottomWidth) > 0;
  return isFramed || boxShadow !== 'none' || !/^(transparent|rgba\(0, 0, 0, 0\))$/.test(backgroundColor);
}

function expectNamed(chat: RivuletChat, state: string): void {
  expect([...new Set(nameless(chat))], state).to.deep.equal([]);
}

async function until(chat: RivuletChat, selector: string): Promise<HTMLElement> {
  await waitUntil(() => all(chat.shadowRoot, selector).length > 0, `there is ${selector}`, WAIT);
  return all(chat.shadowRoot, selector).at(-1)!;
}

it('every piece at the start, of a question and of its answer', async () => {
  const chat = await showChat(await play(answer(everything)), {
    suggestions: 'One|Two',
    'show-stats': '',
    feedback: '',
  });
  await until(chat, '[part~=greeting]');
  expectNamed(chat, 'at the start');
  chat.messageFooter = ({ content }) => {
    const footer = document.createElement('p');
    footer.textContent = `${content.length} characters`;
    return footer;
  };
  await ask(chat, 'hello');
  await until(chat, 'rivulet-answer .table');
  await until(chat, 'rivulet-stats .figures');
  await until(chat, '[part=message-footer]');
  (await named(chat, 'Figures of this answer', 'button')).click();
  (await named(chat, 'Good answer', 'button')).click();
  await until(chat, '.reason textarea');
  expectNamed(chat, 'with an answer');
  (await named(chat, 'Edit', 'button')).click();
  await until(chat, 'rivulet-question-actions textarea');
  expectNamed(chat, 'while a question is changed');
});

it('every piece of what an answer goes through', async () => {
  const thinking = {
    write: `id: 1\ndata: ${JSON.stringify({ choices: [{ delta: { reasoning_content: 'Well.' } }] })}\n\n`,
  };
  const chat = await showChat(
    await play(
      [
        calling(1, { index: 0, id: 'a', type: 'function', function: { name: 'look', arguments: '{"a":1}' } }),
        ending(2, 'tool_calls'),
      ],
      [thinking, words(2, 'Half'), failing('upstream_error')],
      [words(1, 'Goes on'), { hold: true }],
    ),
  );
  chat.tools = [{ name: 'look', description: 'Looks.', parameters: {}, confirm: true, run: () => 'seen' }];
  await ask(chat, 'look');
  await until(chat, '.asks button');
  expectNamed(chat, 'while it asks');
  (await named(chat, 'Allow', 'button')).click();
  await until(chat, '.note.alarm');
  await until(chat, 'rivulet-thinking summary');
  expectNamed(chat, 'when it has failed');
  await ask(chat, 'again');
  await until(chat, '.grows');
  await ask(chat, 'and this');
  await until(chat, 'rivulet-dock li');
  expectNamed(chat, 'while another waits');
  chat.stop();
});

it('every piece of the sheets, the commands and the launcher', async () => {
  const played = await play(answer('Yes'));
  const price = { currency: 'USD', input: 1, output: 2 };
  await setForWidget(played, {
    limits: { messages: 50, bodyBytes: 100_000 },
    model: 'One',
    contact: { fields: [{ name: 'email', kind: 'email', required: true }] },
  });
  await setModels(
    played,
    ['one', 'two'].map((id, index) => ({
      id,
      object: 'model',
      rivulet: { label: id, default: index === 0, vision: false, price, ttft_ms: 9 },
    })),
  );
  const chat = await showChat(played, { mode: 'popup', open: '', handover: '' });
  await ask(chat, 'hello');
  await answered(chat, 'Yes');
  const show = async (name: string, selector: string) => {
    (await named(chat, name, 'button')).click();
    await until(chat, selector);
    expectNamed(chat, name);
  };
  await show('Menu', '.open');
  await show('Shortcuts', 'kbd');
  await sendKeys({ press: 'Escape' });
  await show('Model', 'td');
  await sendKeys({ press: 'Escape' });
  await show('Talk to a person', '[name=email]');
  await sendKeys({ press: 'Escape' });
  await sendKeys({ press: 'Escape' });
  chat.focus();
  await sendKeys({ type: '/' });
  await until(chat, '[role=option]');
  expectNamed(chat, 'commands');
});

it('every name of the designers’ page that the states above show', () => {
  // Told by the other states: of files, quotes, removals, sources and who has scrolled away.
  const elsewhere = ['attachment', 'quote', 'undo', 'source', 'to-bottom', 'wave'];
  const lacking = parts.map(([name]) => name).filter(name => !seen.has(name) && !elsewhere.includes(name));
  expect(lacking).to.deep.equal([]);
});
