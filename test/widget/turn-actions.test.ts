/** What one does with turns, through the element: answers given again, questions changed, deleted, and asked meanwhile. */

import { expect, fixture, waitUntil } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { html } from 'lit';
import type { RivuletChat } from '../../widget/index.ts';
import '../../widget/index.ts';
import { heard } from '../support/heard.ts';
import { answer, ending, type Played, play, type Step, words } from '../support/play.ts';

let chat: RivuletChat;
let played: Played;

async function open(...scripts: Step[][]): Promise<void> {
  played = await play(...scripts);
  chat = await fixture(html`<rivulet-chat persist="none" endpoint=${played.endpoint}></rivulet-chat>`);
}

const transcript = () => chat.renderRoot.querySelector('rivulet-transcript')?.shadowRoot;
const all = (selector: string) => [...(transcript()?.querySelectorAll<HTMLElement>(selector) ?? [])];
/** What is shown as said. */
const shown = () => all('.question p, rivulet-answer .text').map(({ textContent }) => textContent?.trim());
const dock = () => chat.renderRoot.querySelector<HTMLElement>('rivulet-dock')!;
const queued = () => [...dock().querySelectorAll('li')].map(({ textContent }) => textContent?.trim());
const composer = () => chat.renderRoot.querySelector('rivulet-composer')!;

async function shows(...texts: string[]): Promise<void> {
  await waitUntil(() => JSON.stringify(shown()) === JSON.stringify(texts), texts.join(' | '), {
    timeout: 15_000,
  }).catch(() => expect(shown()).to.deep.equal(texts));
  await chat.updateComplete;
}

async function isIdle(): Promise<void> {
  await waitUntil(() => !chat.busy, 'nothing is in the making', { timeout: 15_000 });
}

/** The button of that name, of the last place that has one or of the one at `index`. */
async function button(name: string, index = -1, within: () => Iterable<HTMLElement> = () => all('*')) {
  const find = () => [...within()].filter(element => element.getAttribute('aria-label') === name).at(index);
  await waitUntil(find, `there is ${name}`, { timeout: 15_000 });
  return find()!;
}

const inDock = () => dock().querySelectorAll<HTMLElement>('button');

async function ask(text: string): Promise<void> {
  composer().focus();
  await sendKeys({ type: text });
  await sendKeys({ press: 'Enter' });
}

const asked = async () =>
  (await played.seen()).requests
    .filter(({ call }) => call.startsWith('POST'))
    .map(({ body }) => (body.messages as { content: string }[]).map(({ content }) => content));

describe('an answer', () => {
  it('is given again, and its versions are walked with the focus where it is', async () => {
    await open(answer('One.'), answer('Two.'), answer('More.'));
    const said = heard(chat);
    await ask('Why?');
    await shows('Why?', 'One.');
    await isIdle();
    (await button('Answer again')).click();
    await shows('Why?', 'Two.');
    expect(await asked()).to.deep.equal([['Why?'], ['Why?']]);
    await isIdle();
    const back = await button('Previous version');
    expect(transcript()!.querySelector('.walker')!.textContent!.trim()).to.equal('2 / 2');
    back.focus();
    await sendKeys({ press: 'Enter' });
    await shows('Why?', 'One.');
    await waitUntil(() => transcript()!.querySelector('.walker')!.textContent!.trim() === '1 / 2');
    expect(transcript()!.activeElement).to.equal(back);
    expect(back.getAttribute('aria-disabled')).to.equal('true');
    await ask('And?');
    await shows('Why?', 'One.', 'And?', 'More.');
    const news = ['One.', 'Two.', 'More.'].flatMap(text => [text, 'Answer complete.']);
    const heardOf = () => said.map(({ text }) => text).filter(text => text !== 'Answering.');
    await waitUntil(() => heardOf().length >= news.length, 'all is said', { timeout: 10_000 });
    expect(heardOf()).to.deep.equal(news);
    expect((await asked()).at(-1)).to.deep.equal(['Why?', 'One.', 'And?']);
    (await button('Next version')).click();
    await shows('Why?', 'Two.');
  });

  it('in the making is stopped by the one that is given instead of an earlier', async () => {
    await open(answer('One.'), [words(1, 'So'), { hold: true }], answer('Two.'));
    await ask('Why?');
    await shows('Why?', 'One.');
    await isIdle();
    await ask('And?');
    await shows('Why?', 'One.', 'And?', 'So');
    (await button('Answer again', 0)).click();
    await shows('Why?', 'Two.');
    await waitUntil(async () => (await played.seen()).hungUp === 1);
    await isIdle();
    (await button('Previous version')).click();
    await shows('Why?', 'One.', 'And?', 'So');
    expect(chat.busy).to.equal(false);
  });
});

describe('a question', () => {
  it('is changed and asked again, and what it was can be walked to', async () => {
    await open(answer('One.'), answer('Two.'));
    await ask('Why?');
    await shows('Why?', 'One.');
    await isIdle();
    (await button('Edit')).click();
    await waitUntil(() => transcript()!.activeElement?.localName === 'textarea', 'it can be changed');
    const field = transcript()!.activeElement as HTMLTextAreaElement;
    expect(field.value).to.equal('Why?');
    await sendKeys({ type: ' Really' });
    field.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'Enter', keyCode: 229, bubbles: true, composed: true }),
    );
    expect(await asked()).to.have.length(1);
    await sendKeys({ press: 'Enter' });
    await shows('Why? Really', 'Two.');
    expect(chat.shadowRoot!.activeElement).to.equal(composer());
    await isIdle();
    (await button('Previous version')).click();
    await shows('Why?', 'One.');
  });

  it('stays as it is after Escape, and so does the popup', async () => {
    await open(answer('One.'));
    chat.mode = 'popup';
    chat.open();
    await chat.updateComplete;
    await ask('Why?');
    await shows('Why?', 'One.');
    await isIdle();
    const edit = await button('Edit');
    edit.click();
    await waitUntil(() => transcript()!.activeElement?.localName === 'textarea');
    await sendKeys({ type: ' Really' });
    await sendKeys({ press: 'Escape' });
    await waitUntil(() => transcript()!.activeElement?.getAttribute('aria-label') === 'Edit');
    expect(chat.isOpen).to.equal(true);
    expect(shown()).to.deep.equal(['Why?', 'One.']);
  });

  it('is deleted with its answer, and comes back', async () => {
    await open(answer('One.'), answer('Two.'));
    for (const [text, reply] of [
      ['Why?', 'One.'],
      ['And?', 'Two.'],
    ] as const) {
      await ask(text);
      await waitUntil(() => shown().at(-1) === reply, reply, { timeout: 15_000 });
      await isIdle();
    }
    (await button('Delete', 0)).click();
    await shows('And?', 'Two.');
    const undo = () => chat.shadowRoot!.activeElement;
    await waitUntil(() => undo()?.textContent === 'Undo', 'the focus is on the way back');
    await sendKeys({ press: 'Enter' });
    await shows('Why?', 'One.', 'And?', 'Two.');
    expect(chat.shadowRoot!.activeElement).to.equal(composer());
  });

  it('that is deleted while it is answered stops that, and comes back with what had arrived', async () => {
    await open([words(1, 'So far'), { hold: true }]);
    await ask('Why?');
    await shows('Why?', 'So far');
    (await button('Delete')).click();
    await waitUntil(async () => (await played.seen()).hungUp === 1);
    expect(chat.busy).to.equal(false);
    await waitUntil(() => chat.shadowRoot!.activeElement?.textContent === 'Undo');
    await sendKeys({ press: 'Enter' });
    await shows('Why?', 'So far');
    expect(chat.busy).to.equal(false);
    expect(await asked()).to.have.length(1);
  });
});

describe('a question while an answer streams', () => {
  const streaming: Step[] = [words(1, 'One.'), { gate: true }, ending(2)];

  it('waits where it can be seen, and goes next', async () => {
    await open(streaming, answer('Two.'), answer('Three.'));
    await ask('Why?');
    await shows('Why?', 'One.');
    await ask('And?');
    await ask('So?');
    await waitUntil(() => queued().join() === 'And?,So?', 'they wait');
    expect(shown()).to.deep.equal(['Why?', 'One.']);
    await played.go();
    await shows('Why?', 'One.', 'And?', 'Two.', 'So?', 'Three.');
    await isIdle();
    expect(queued()).to.deep.equal([]);
    expect(await asked()).to.deep.equal([
      ['Why?'],
      ['Why?', 'One.', 'And?'],
      ['Why?', 'One.', 'And?', 'Two.', 'So?'],
    ]);
  });

  it('is changed by the arrow up where nothing is written, before the one that is being answered', async () => {
    await open([words(1, 'One.'), { hold: true }], answer('Two.'));
    await ask('Why?');
    await shows('Why?', 'One.');
    await ask('And?');
    await ask('So?');
    await waitUntil(() => queued().join() === 'And?,So?');
    composer().draft = 'Something';
    await sendKeys({ press: 'ArrowUp' });
    expect(queued().join()).to.equal('And?,So?');
    composer().draft = '';
    for (const [draft, rest] of [
      ['So?', 'And?'],
      ['And?', ''],
    ] as const) {
      await sendKeys({ press: 'ArrowUp' });
      await waitUntil(() => queued().join() === rest);
      expect(composer().draft).to.equal(draft);
      expect(chat.shadowRoot!.activeElement).to.equal(composer());
      composer().draft = '';
    }
    await sendKeys({ press: 'ArrowUp' });
    await waitUntil(() => transcript()!.activeElement?.localName === 'textarea', 'it can be changed');
    expect(chat.busy).to.equal(true);
    await sendKeys({ type: ' Really?' });
    await sendKeys({ press: 'Enter' });
    await shows('Why? Really?', 'Two.');
    await waitUntil(async () => (await played.seen()).hungUp === 1);
    expect(await asked()).to.deep.equal([['Why?'], ['Why? Really?']]);
  });

  it('can be sent now, which stops that answer; changed; and taken back', async () => {
    await open([words(1, 'One.'), { hold: true }], answer('Two.'), answer('Three.'));
    await ask('Why?');
    await shows('Why?', 'One.');
    for (const text of ['a', 'b', 'c', 'd']) await ask(text);
    await waitUntil(() => queued().length === 4);
    (await button('Edit', 0, inDock)).click();
    await waitUntil(() => queued().join() === 'b,c,d');
    expect(composer().draft).to.equal('a');
    expect(chat.shadowRoot!.activeElement).to.equal(composer());
    (await button('Delete', 2, inDock)).click();
    await waitUntil(() => queued().join() === 'b,c');
    (await button('Send now', 1, inDock)).click();
    await shows('Why?', 'One.', 'c', 'Two.', 'b', 'Three.');
    expect((await played.seen()).hungUp).to.equal(1);
    expect(await asked()).to.have.length(3);
  });

  it('goes next when that is stopped with Escape, in a popup that stays open', async () => {
    await open([words(1, 'One.'), { hold: true }], answer('Two.'));
    chat.mode = 'popup';
    chat.open();
    await chat.updateComplete;
    await ask('Why?');
    await shows('Why?', 'One.');
    await ask('And?');
    await waitUntil(() => queued().join() === 'And?');
    await sendKeys({ press: 'Escape' });
    await shows('Why?', 'One.', 'And?', 'Two.');
    expect(chat.isOpen).to.equal(true);
  });

  it('stays the next one when an earlier answer is given again', async () => {
    await open(answer('One.'), [words(1, 'Two.'), { hold: true }], answer('Again.'), answer('Three.'));
    await ask('Why?');
    await shows('Why?', 'One.');
    await isIdle();
    await ask('And?');
    await shows('Why?', 'One.', 'And?', 'Two.');
    await ask('So?');
    await waitUntil(() => queued().join() === 'So?');
    (await button('Answer again', 0)).click();
    await shows('Why?', 'Again.', 'So?', 'Three.');
    expect(await asked()).to.have.length(4);
  });

  it('does not go when the element has left the page, but when it is back', async () => {
    await open([words(1, 'One.'), { hold: true }], answer('Two.'));
    await ask('Why?');
    await shows('Why?', 'One.');
    await ask('And?');
    await waitUntil(() => queued().join() === 'And?');
    const place = chat.parentElement!;
    chat.remove();
    await waitUntil(async () => (await played.seen()).hungUp === 1);
    expect(await asked()).to.have.length(1);
    place.append(chat);
    await shows('Why?', 'One.', 'And?', 'Two.');
  });
});
