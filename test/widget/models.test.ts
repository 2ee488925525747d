/** The choice of a model, through the element: made, kept, taken back, and lost with its model. */

import { expect, fixture, waitUntil } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { html } from 'lit';
import type { RivuletChat } from '../../widget/index.ts';
import '../../widget/index.ts';
import { animated } from '../support/animated.ts';
import { answer, ending, type Played, play, setForWidget, setModels, words } from '../support/play.ts';

const limits = { messages: 100, bodyBytes: 1_000_000 };
const entry = (id: string, about: object = {}) => ({
  id,
  object: 'model',
  rivulet: { label: id.toUpperCase(), default: false, vision: false, price: null, ttft_ms: null, ...about },
});
const three = [
  entry('one', { default: true, price: { input: 1, output: 2 }, ttft_ms: 900 }),
  entry('two', { vision: true, price: { input: 0, output: 0 } }),
  entry('six', { price: { input: 0.25, output: 1 }, ttft_ms: 240 }),
];

let chat: RivuletChat;
let played: Played;

async function open(persist: string, ...scripts: Parameters<typeof play>): Promise<void> {
  played = await play(...scripts);
  await setForWidget(played, { limits, model: 'ONE' });
  await setModels(played, three);
  await show(persist);
}

/** As on the next page of the site. */
async function show(persist: string): Promise<void> {
  chat = await fixture(html`<rivulet-chat persist=${persist} endpoint=${played.endpoint}></rivulet-chat>`);
}

const panel = () => chat.renderRoot.querySelector('rivulet-panel')!;
const chip = () => panel().renderRoot.querySelector<HTMLElement>('.model');
const chipText = () => chip()?.textContent?.replace('Model ', '').trim();
const sheet = () => chat.renderRoot.querySelector('rivulet-sheet')?.shadowRoot;
const list = () => sheet()?.querySelector('rivulet-models')?.shadowRoot;
const rows = () => [...(list()?.querySelectorAll('tbody tr') ?? [])];
const names = () => rows().map(row => row.querySelector('bdi')!.textContent);
const radio = (name: string) =>
  rows()
    .find(row => row.querySelector('bdi')!.textContent === name)!
    .querySelector('input')!;
const buttons = (within: ShadowRoot | null | undefined) =>
  [...(within?.querySelectorAll('button') ?? [])].map(({ textContent }) => textContent!.trim());
const transcript = () => chat.renderRoot.querySelector('rivulet-transcript')?.shadowRoot;
const answers = () =>
  [...(transcript()?.querySelectorAll('rivulet-answer .text') ?? [])].map(({ textContent }) =>
    textContent?.trim(),
  );

async function chips(text: string): Promise<void> {
  await waitUntil(() => chipText() === text, `the chip says ${text}`, { timeout: 10_000 });
}

async function openList(): Promise<void> {
  await waitUntil(() => chip()?.localName === 'button', 'there is a choice', { timeout: 10_000 });
  chip()!.focus();
  chip()!.click();
  await waitUntil(() => rows().length > 0, 'the models', { timeout: 10_000 });
}

/** With the pointer. */
async function take(name: string): Promise<void> {
  await openList();
  radio(name)
    .closest('tr')!
    .dispatchEvent(new MouseEvent('click', { bubbles: true, detail: 1 }));
  await waitUntil(() => !list(), 'the list is gone');
}

async function asks(text: string, reply: string): Promise<void> {
  chat.send(text);
  await waitUntil(() => answers().at(-1) === reply && !chat.busy, reply, { timeout: 15_000 });
}

const models = async () =>
  (await played.seen()).requests.filter(({ call }) => call.startsWith('POST')).map(({ body }) => body.model);

async function press(name: string): Promise<void> {
  const find = () =>
    [...(transcript()?.querySelectorAll<HTMLElement>('button') ?? [])].find(
      button => button.getAttribute('aria-label') === name,
    );
  await waitUntil(find, name, { timeout: 15_000 });
  find()!.click();
}

describe('the list of models', () => {
  it('tells what is known of each, and is sorted by it', async () => {
    await open('none', answer('Yes.'));
    await chips('ONE');
    await openList();
    expect(names()).to.deep.equal(['ONE', 'TWO', 'SIX']);
    const texts = rows().map(row => row.textContent!.replace(/\s+/g, ' ').trim());
    expect(texts[0]).to.match(/ONE one · standard 900 ms \$1\.00 \/ \$2\.00/);
    expect(texts[1]).to.match(/TWO two · sees images –unknown free/);
    const [firstToken, price] = list()!.querySelectorAll<HTMLElement>('thead button');
    firstToken!.click();
    await waitUntil(() => names().join() === 'SIX,ONE,TWO', 'by time');
    expect(firstToken!.closest('th')!.getAttribute('aria-sort')).to.equal('ascending');
    price!.click();
    await waitUntil(() => names().join() === 'TWO,SIX,ONE', 'by price');
    price!.click();
    await waitUntil(() => names().join() === 'ONE,TWO,SIX', 'as the server has them');
    await animated(sheet()!);
    await expect(sheet()!.host as HTMLElement).to.be.accessible();
  });

  it('is a group of radio buttons to the keyboard, and Enter takes one', async () => {
    await open('none', answer('Yes.'));
    await openList();
    await waitUntil(() => list()!.activeElement === radio('ONE'), 'the focus is on what answers now');
    await sendKeys({ press: 'ArrowDown' });
    await waitUntil(() => list()!.activeElement === radio('TWO'));
    expect(radio('TWO').checked).to.equal(true);
    expect(chipText(), 'it is not yet taken').to.equal('ONE');
    await sendKeys({ press: 'Enter' });
    await chips('TWO');
    await waitUntil(() => panel().shadowRoot!.activeElement === chip(), 'the focus is back');
    await asks('Why?', 'Yes.');
    expect(await models()).to.deep.equal(['two']);
  });

  it('says so where it cannot be loaded, and comes when it is asked for again', async () => {
    await open('none', answer('Yes.'));
    await setModels(played, undefined);
    await waitUntil(() => chip()?.localName === 'button', 'there is a choice', { timeout: 10_000 });
    chip()!.click();
    await waitUntil(() => list()?.querySelector('[role=alert]'), 'it says so', { timeout: 10_000 });
    await setModels(played, three);
    list()!.querySelector('button')!.click();
    await waitUntil(() => rows().length === 3, 'the models', { timeout: 10_000 });
  });

  it('is not offered where there is one model', async () => {
    played = await play(answer('Yes.'));
    await setForWidget(played, { limits });
    await show('none');
    await asks('Why?', 'Yes.');
    await chips('played-1');
    expect(chip()!.localName).to.equal('span');
    panel().renderRoot.querySelector<HTMLElement>('[aria-label="Menu"]')!.click();
    await waitUntil(() => buttons(sheet()).includes('Shortcuts'), 'the menu', { timeout: 10_000 });
    expect(buttons(sheet())).not.to.include('Model');
    // What can be asked for all the same has nothing to choose.
    await setModels(played, three.slice(0, 1));
    sheet()!.querySelector<HTMLElement>('[aria-label="Back"]')!.click();
    const wish = { type: 'show', sheet: 'models' };
    panel().dispatchEvent(new CustomEvent('act', { detail: wish }));
    await waitUntil(() => rows().length === 1, 'the model', { timeout: 10_000 });
    expect(list()!.querySelector('input')).to.equal(null);
    expect(buttons(list())).not.to.include('Use this model');
  });

  it('is offered by a server that says nothing of itself', async () => {
    played = await play(answer('Yes.'));
    await setModels(played, three);
    await show('none');
    await waitUntil(() => panel(), 'the panel');
    panel().renderRoot.querySelector<HTMLElement>('[aria-label="Menu"]')!.click();
    await waitUntil(() => buttons(sheet()).includes('Model'), 'the menu', { timeout: 10_000 });
  });
});

describe('a model that was chosen', () => {
  for (const persist of ['local', 'session'])
    it(`answers on the next page too, kept ${persist}, until the visitor leaves`, async () => {
      await open(persist, answer('Yes.'), answer('No.'));
      await take('SIX');
      await chips('SIX');
      chat.remove();
      await show(persist);
      await chips('SIX');
      await asks('Why?', 'Yes.');
      await chat.logout();
      await chips('ONE');
      await asks('And?', 'No.');
      expect(await models()).to.deep.equal(['six', undefined]);
      expect(JSON.stringify([{ ...localStorage }, { ...sessionStorage }])).not.to.include('SIX');
    });

  it('is asked in place of the model that the page names, until the page names another', async () => {
    await open('none', answer('Yes.'), answer('No.'), answer('So.'));
    chat.model = 'two';
    await chips('two');
    await take('SIX');
    await asks('Why?', 'Yes.');
    chat.model = 'one';
    await chips('one');
    await asks('And?', 'No.');
    chat.model = 'two';
    await chips('SIX');
    await take('TWO');
    await chips('two');
    await asks('So?', 'So.');
    expect(await models()).to.deep.equal(['six', 'one', 'two']);
  });

  it('and is no longer there gives way to the default, which is told under the answer', async () => {
    const refusal = { error: { message: 'no', type: 'invalid_request_error', code: 'model_not_allowed' } };
    const gone = [
      { head: { status: 400, headers: { 'content-type': 'application/json' } } },
      { write: JSON.stringify(refusal) },
    ];
    await open('none', gone, answer('Yes.'), answer('No.'));
    await take('SIX');
    await asks('Why?', 'Yes.');
    expect(await models()).to.deep.equal(['six', undefined]);
    await chips('ONE');
    await waitUntil(() => transcript()!.querySelector('.gone')?.textContent?.includes('“SIX” is no longer'));
    await asks('And?', 'No.');
    expect((await models()).at(-1)).to.equal(undefined);
  });

  it('and is not in the list any more is taken back when that opens', async () => {
    await open('none', answer('Yes.'));
    await take('SIX');
    await setModels(played, three.slice(0, 2));
    await openList();
    expect(list()!.querySelector('[role=alert]')!.textContent).to.include('“SIX”');
    expect(radio('ONE').checked).to.equal(true);
    await chips('ONE');
  });
});

describe('an answer', () => {
  it('is given again by another model, which is asked for this one alone', async () => {
    await open('none', answer('One.'), answer('Two.'), answer('More.'));
    await asks('Why?', 'One.');
    await press('Answer again with another model');
    await waitUntil(() => rows().length > 0, 'the models', { timeout: 10_000 });
    radio('TWO').click();
    await waitUntil(() => list()!.querySelector('.picked bdi')?.textContent === 'TWO', 'it is marked');
    const button = [...list()!.querySelectorAll('button')].at(-1)!;
    expect(button.textContent!.trim()).to.equal('Answer again with it');
    button.click();
    await waitUntil(() => answers().join() === 'Two.' && !chat.busy, 'Two.', { timeout: 15_000 });
    await asks('And?', 'More.');
    expect(await models()).to.deep.equal([undefined, 'two', undefined]);
    await chips('ONE');
  });

  it('that another model gives while one streams stops that one', async () => {
    await open('none', [words(1, 'One'), { hold: true }], [words(1, 'Two.'), ending(2)]);
    chat.send('Why?');
    await waitUntil(() => answers().join() === 'One', 'One', { timeout: 15_000 });
    chat.stop();
    await press('Answer again with another model');
    await waitUntil(() => rows().length > 0, 'the models', { timeout: 10_000 });
    radio('TWO')
      .closest('tr')!
      .dispatchEvent(new MouseEvent('click', { bubbles: true, detail: 1 }));
    await waitUntil(() => answers().join() === 'Two.' && !chat.busy, 'Two.', { timeout: 15_000 });
    expect(await models()).to.deep.equal([undefined, 'two']);
  });
});
