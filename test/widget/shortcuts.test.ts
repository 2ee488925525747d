/** Commands after a slash, and the sheet that lists all shortcuts. The arrow up is played in quote.test.ts. */

import { expect, fixture, waitUntil } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { html } from 'lit';
import type { PageCommand, RivuletChat } from '../../widget/index.ts';
import '../../widget/index.ts';
import { animated } from '../support/animated.ts';
import { answer, type Played, play, type Step, setForWidget } from '../support/play.ts';

const limits = { messages: 100, bodyBytes: 1_000_000 };

let chat: RivuletChat;
let played: Played;

async function open(
  commands?: readonly PageCommand[],
  script: Step[] = [],
  headers?: () => Promise<Record<string, string>>,
): Promise<void> {
  played = await play(script);
  const told = [{ name: 'bye', text: 'Thank you, goodbye.', label: 'Say goodbye' }, { name: 'x y' }, null];
  await setForWidget(played, { limits, model: 'Played', commands: told });
  chat = await fixture(
    html`<rivulet-chat mode="popup" open persist="none" endpoint=${played.endpoint} .commands=${commands} .headers=${headers}></rivulet-chat>`,
  );
  await chat.updateComplete;
  await waitUntil(() => composer(), 'the panel', { timeout: 10_000 });
  composer().focus();
}

const composer = () => chat.renderRoot.querySelector('rivulet-composer')!;
const field = () => composer().renderRoot.querySelector('textarea')!;
const options = () => [
  ...composer().renderRoot.querySelectorAll<HTMLElement>('rivulet-slash-list ul:not([hidden]) [role=option]'),
];
const offered = () => options().map(option => option.querySelector('bdi')!.textContent);
const marked = () => composer().renderRoot.querySelector('[aria-selected=true] bdi')?.textContent;
const sheet = () => chat.renderRoot.querySelector('rivulet-sheet')?.shadowRoot;
const transcript = () => chat.renderRoot.querySelector('rivulet-transcript')?.shadowRoot;
const shown = () =>
  [...(transcript()?.querySelectorAll('.question p, rivulet-answer .text') ?? [])].map(({ textContent }) =>
    textContent?.trim(),
  );

async function offers(...names: string[]): Promise<void> {
  await waitUntil(() => offered().join() === names.join(), names.join(), { timeout: 10_000 }).catch(() =>
    expect(offered()).to.deep.equal(names),
  );
}

async function shows(...texts: string[]): Promise<void> {
  await waitUntil(() => shown().join() === texts.join() && !chat.busy, texts.join(), { timeout: 15_000 });
}

describe('a slash', () => {
  it('brings the commands of the page, the settings and the chat, by how their names begin', async () => {
    await open([
      { name: 'Price', text: 'What does it cost?' },
      { name: 'new', text: 'Mine.' },
    ]);
    await sendKeys({ type: '/' });
    await offers('/Price', '/new', '/bye', '/model', '/shortcuts');
    expect(field().getAttribute('aria-activedescendant')).to.equal(options()[0]!.id);
    expect(field().getAttribute('aria-controls')).to.equal(options()[0]!.parentElement!.id);
    await expect(composer()).to.be.accessible();
    await sendKeys({ type: 'n' });
    await offers('/new');
    await sendKeys({ press: 'Tab' });
    expect(composer().draft).to.equal('Mine.');
    await offers();
    expect(field().hasAttribute('aria-activedescendant')).to.equal(false);
    expect(composer().renderRoot.querySelector('.round')!.getAttribute('aria-disabled')).to.equal('false');
  });

  it('is chosen from by the arrow keys and by a click, and a function of the page is called', async () => {
    let calls = 0;
    await open([{ name: 'desk', label: 'The help desk', run: () => (calls += 1) }]);
    await sendKeys({ type: '/' });
    await offers('/desk', '/bye', '/new', '/model', '/shortcuts');
    await sendKeys({ press: 'ArrowUp' });
    await waitUntil(() => marked() === '/shortcuts');
    await sendKeys({ press: 'ArrowDown' });
    await sendKeys({ press: 'ArrowDown' });
    await waitUntil(() => marked() === '/bye');
    await sendKeys({ press: 'Enter' });
    expect(composer().draft).to.equal('Thank you, goodbye.');
    composer().draft = '';
    await sendKeys({ type: '/de' });
    await offers('/desk');
    options()[0]!.click();
    expect(calls).to.equal(1);
    expect(composer().draft).to.equal('');
    expect(chat.shadowRoot!.activeElement).to.equal(composer());
  });

  it('closes with Escape, which leaves the popup open and the text', async () => {
    await open();
    await sendKeys({ type: '/' });
    await offers('/bye', '/new', '/model', '/shortcuts');
    await sendKeys({ press: 'Escape' });
    await offers();
    expect(composer().draft).to.equal('/');
    expect(chat.isOpen).to.equal(true);
  });

  it('brings what the settings have also when they come after it, and marks what was marked', async () => {
    let come = (_headers: Record<string, string>) => {};
    const headers = new Promise<Record<string, string>>(resolve => (come = resolve));
    await open(undefined, [], () => headers);
    await sendKeys({ type: '/' });
    await offers('/new', '/model', '/shortcuts');
    await sendKeys({ press: 'ArrowUp' });
    await waitUntil(() => marked() === '/shortcuts');
    come({});
    await offers('/bye', '/new', '/model', '/shortcuts');
    await waitUntil(() => marked() === '/shortcuts', 'the same is marked');
    await sendKeys({ press: 'Escape' });
    await offers();
    chat.commands = [{ name: 'later', text: 'Later.' }];
    await chat.updateComplete;
    await offers();
  });

  it('leaves the keys to an input method', async () => {
    await open();
    await sendKeys({ type: '/b' });
    await offers('/bye');
    field().dispatchEvent(
      new KeyboardEvent('keydown', { key: 'Enter', keyCode: 229, bubbles: true, composed: true }),
    );
    expect(composer().draft).to.equal('/b');
    await offers('/bye');
  });

  it('before what is no command is a text like any other', async () => {
    await open(undefined, answer('A list.'));
    await sendKeys({ type: '/markdown, please' });
    await offers();
    await sendKeys({ press: 'Enter' });
    await shows('/markdown, please', 'A list.');
  });

  it('begins a new chat, and opens the list of models', async () => {
    await open(undefined, answer('Yes.'));
    await sendKeys({ type: 'Why?' });
    await sendKeys({ press: 'Enter' });
    await shows('Why?', 'Yes.');
    await sendKeys({ type: '/ne' });
    await offers('/new');
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => chat.renderRoot.querySelector('rivulet-start'), 'it begins anew', {
      timeout: 10_000,
    });
    composer().focus();
    await sendKeys({ type: '/mo' });
    await offers('/model');
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => sheet()?.querySelector('rivulet-models'), 'the models', { timeout: 10_000 });
  });
});

describe('the sheet of shortcuts', () => {
  it('lists the keys and the commands, and gives the focus back', async () => {
    await open();
    await sendKeys({ type: '/sh' });
    await offers('/shortcuts');
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => sheet()?.querySelector('rivulet-help'), 'the sheet', { timeout: 10_000 });
    const text = sheet()!.querySelector('rivulet-help')!.shadowRoot!.textContent!;
    for (const part of ['Esc', 'New line', '/bye', 'Say goodbye']) expect(text).to.include(part);
    await animated(sheet()!);
    await expect(sheet()!.host as HTMLElement).to.be.accessible();
    await sendKeys({ press: 'Escape' });
    await waitUntil(() => chat.shadowRoot!.activeElement === composer(), 'one can write');
  });
});
