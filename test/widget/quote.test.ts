/** Questions about what is selected, in an answer or on the page. */

import { expect, fixture, waitUntil } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { html } from 'lit';
import type { RivuletChat } from '../../widget/index.ts';
import '../../widget/index.ts';
import { answer, ending, type Played, play, words } from '../support/play.ts';
import { focused } from '../support/shown-chat.ts';

let chat: RivuletChat;
let played: Played;

async function open(quote: 'page' | null, ...scripts: Parameters<typeof play>): Promise<void> {
  played = await play(...scripts);
  chat = await fixture(
    html`<rivulet-chat persist="none" endpoint=${played.endpoint} .quote=${quote}></rivulet-chat>`,
  );
}

const composer = () => chat.renderRoot.querySelector('rivulet-composer')!;
const transcript = () => chat.renderRoot.querySelector('rivulet-transcript')?.shadowRoot;
const about = () => chat.renderRoot.querySelector('rivulet-dock q')?.textContent;
const bubble = () => transcript()?.querySelector('.question blockquote')?.textContent;
const button = () =>
  chat.renderRoot.querySelector('rivulet-ask-about:popover-open')?.shadowRoot?.querySelector('button');

async function asks(text: string, reply: string): Promise<void> {
  composer().focus();
  await sendKeys({ type: text });
  await sendKeys({ press: 'Enter' });
  const last = () =>
    [...(transcript()?.querySelectorAll('rivulet-answer .text') ?? [])].at(-1)?.textContent?.trim();
  await waitUntil(() => last()?.startsWith(reply) && !chat.busy, reply, { timeout: 15_000 });
}

async function select(within: Element): Promise<void> {
  (focused() as HTMLElement | null)?.blur();
  getSelection()!.selectAllChildren(within);
  document.dispatchEvent(new PointerEvent('pointerup', { bubbles: true }));
  await waitUntil(button, 'the button beside the selection', { timeout: 5_000 });
}

const contents = async () =>
  (await played.seen()).requests
    .filter(({ call }) => call.startsWith('POST'))
    .map(({ body }) => (body.messages as { content: string }[]).at(-1)!.content);

describe('a part of an answer', () => {
  it('that is selected goes along with the next question, and with that alone', async () => {
    await open(null, answer('First.\n\nThe **second** one.'), answer('Yes.'), answer('No.'));
    await asks('Why?', 'First.');
    await waitUntil(() => transcript()!.querySelector('.actions'), 'what one can do', { timeout: 10_000 });
    await select(transcript()!.querySelectorAll('.text > p')[1]!);
    button()!.click();
    await waitUntil(() => about() === 'The second one.', 'it is to go along');
    await waitUntil(() => chat.shadowRoot!.activeElement === composer(), 'one can write');
    expect(button()).to.equal(undefined);
    await asks('Really?', 'Yes.');
    await waitUntil(() => bubble() === 'The second one.', 'the question shows it');
    expect(about()).to.equal(undefined);
    await asks('And?', 'No.');
    expect(await contents()).to.deep.equal(['Why?', '> The second one.\n\nReally?', 'And?']);
  });

  it('is reached by the keyboard beside it, and taken back before it is sent', async () => {
    await open(null, answer('First.'), answer('Yes.'));
    await asks('Why?', 'First.');
    await waitUntil(() => transcript()!.querySelector('.actions'), 'what one can do', { timeout: 10_000 });
    await select(transcript()!.querySelector('.text > p')!);
    await sendKeys({ press: 'Tab' });
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => about() === 'First.', 'it is to go along');
    chat.renderRoot.querySelector<HTMLElement>('rivulet-dock [aria-label="Remove the quote"]')!.click();
    await waitUntil(() => about() === undefined);
    await asks('Really?', 'Yes.');
    expect((await contents()).at(-1)).to.equal('Really?');
  });

  it('or all of it goes along by a button below, and again when the question is changed', async () => {
    await open(null, answer('First.'), answer('Yes.'), answer('No.'));
    await asks('Why?', 'First.');
    const find = () =>
      transcript()!.querySelector<HTMLElement>('rivulet-answer-actions [aria-label="Ask about this"]');
    await waitUntil(find, 'the button', { timeout: 10_000 });
    find()!.click();
    await waitUntil(() => about() === 'First.', 'it is to go along');
    await asks('Really?', 'Yes.');
    await waitUntil(() => bubble() === 'First.');
    await sendKeys({ press: 'ArrowUp' });
    await waitUntil(() => transcript()!.activeElement?.localName === 'textarea', 'it can be changed');
    await sendKeys({ type: ' So?' });
    await sendKeys({ press: 'Enter' });
    await waitUntil(
      async () => (await contents()).at(-1) === '> First.\n\nReally? So?',
      'it goes along again',
    );
  });
});

it('a question that waits takes what it is about back to where it is changed', async () => {
  await open(null, answer('First.'), [words(1, 'Yes.'), { gate: true }, ending(2)], answer('No.'));
  await asks('Why?', 'First.');
  chat.send('Really?');
  await waitUntil(() => transcript()!.querySelectorAll('.actions').length > 1, 'what one can do', {
    timeout: 10_000,
  });
  transcript()!.querySelector<HTMLElement>('rivulet-answer-actions [aria-label="Ask about this"]')!.click();
  await waitUntil(() => about() === 'First.', 'it is to go along');
  composer().focus();
  await sendKeys({ type: 'And?' });
  await sendKeys({ press: 'Enter' });
  await waitUntil(
    () => about() === undefined && chat.renderRoot.querySelector('rivulet-dock li'),
    'it waits',
  );
  await sendKeys({ press: 'ArrowUp' });
  await waitUntil(() => about() === 'First.', 'it is there again');
  expect(composer().draft).to.equal('And?');
  await sendKeys({ press: 'Enter' });
  await played.go();
  await waitUntil(async () => (await contents()).at(-1) === '> First.\n\nAnd?', 'it goes along', {
    timeout: 10_000,
  });
});

describe('a text of the page', () => {
  it('is asked about where the page lets visitors, before anything was said', async () => {
    const text = await fixture(html`<p>The price is 3 €.</p>`);
    await open('page', answer('Yes.'));
    await waitUntil(() => chat.renderRoot.querySelector('rivulet-ask-about'), 'it follows', {
      timeout: 10_000,
    });
    await select(text);
    button()!.click();
    await waitUntil(() => about() === 'The price is 3 €.');
    await asks('Why?', 'Yes.');
    expect(await contents()).to.deep.equal(['> The price is 3 €.\n\nWhy?']);
  });

  it('is not elsewhere', async () => {
    const text = await fixture(html`<p>The price is 3 €.</p>`);
    await open(null, answer('First.'));
    await asks('Why?', 'First.');
    await waitUntil(() => chat.renderRoot.querySelector('rivulet-ask-about'), 'it follows', {
      timeout: 10_000,
    });
    await waitUntil(() => transcript()!.querySelector('.actions'), 'what one can do', { timeout: 10_000 });
    getSelection()!.selectAllChildren(text);
    document.dispatchEvent(new PointerEvent('pointerup', { bubbles: true }));
    // The next selection is looked at after this one.
    await new Promise(resolve => setTimeout(resolve, 400));
    expect(button()).to.equal(undefined);
    await select(transcript()!.querySelector('.text > p')!);
  });
});
