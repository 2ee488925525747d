/** Conversations that are kept, through the element: listed, found, come back to, named, deleted, taken along. */

import { expect, fixture, waitUntil } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { html } from 'lit';
import type { RivuletChat } from '../../widget/index.ts';
import '../../widget/index.ts';
import { openStore } from '../../widget/storage/open-store.ts';
import { heard } from '../support/heard.ts';
import { conversation } from '../support/conversation-store-suite.ts';
import { answer, ending, type Played, play, type Step, words } from '../support/play.ts';

type Persist = 'none' | 'session' | 'local';

let chat: RivuletChat;
let played: Played;

async function open(persist: Persist, mode: 'inline' | 'popup', ...scripts: Step[][]): Promise<void> {
  played = await play(...scripts);
  chat = await openAt(played.endpoint, persist, mode);
}

async function openAt(endpoint: string, persist: Persist = 'local', mode = 'inline'): Promise<RivuletChat> {
  const opened = await fixture<RivuletChat>(
    html`<rivulet-chat persist=${persist} mode=${mode} endpoint=${endpoint} open></rivulet-chat>`,
  );
  await waitUntil(() => panel(opened));
  await panel(opened).updateComplete;
  return opened;
}

afterEach(async () => {
  await chat.logout();
});

const panel = (of = chat) => of.renderRoot.querySelector('rivulet-panel')!;
const transcript = (of = chat) => of.renderRoot.querySelector('rivulet-transcript')?.shadowRoot;
const shown = (of = chat) =>
  [...(transcript(of)?.querySelectorAll('.question p, rivulet-answer .text') ?? [])].map(({ textContent }) =>
    textContent?.trim(),
  );
const sheet = (of = chat) => of.renderRoot.querySelector('rivulet-sheet')!.shadowRoot!;
const list = (of = chat) => sheet(of)?.querySelector('rivulet-history')?.shadowRoot;
const rows = (of = chat) => [...(list(of)?.querySelectorAll<HTMLElement>('li') ?? [])];
const titles = (of = chat) =>
  rows(of).map(row => row.querySelector('.title, .removed, input')?.textContent?.trim());

async function until(passes: () => unknown, what: string): Promise<void> {
  await waitUntil(passes, what, { timeout: 15_000 });
}

async function shows(...texts: string[]): Promise<void> {
  await waitUntil(() => JSON.stringify(shown()) === JSON.stringify(texts), texts.join(' | '), {
    timeout: 15_000,
  }).catch(() => expect(shown()).to.deep.equal(texts));
}

async function lists(...expected: string[]): Promise<void> {
  await waitUntil(() => JSON.stringify(titles()) === JSON.stringify(expected), expected.join(' | '), {
    timeout: 15_000,
  }).catch(() => expect(titles()).to.deep.equal(expected));
}

async function ask(text: string, reply: string, of = chat): Promise<void> {
  of.send(text);
  await until(() => shown(of).at(-1) === reply && !of.busy, `${text} is answered`);
}

/** The innermost element that has the focus. */
function focused(): HTMLElement | null {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element as HTMLElement | null;
}

async function openMenu(of = chat): Promise<void> {
  panel(of).renderRoot.querySelector<HTMLElement>('[aria-label=Menu]')!.click();
  await until(() => list(of)?.querySelector('input'), 'the list');
}

async function newChat(of = chat): Promise<void> {
  of.newChat();
  await until(() => of.renderRoot.querySelector('rivulet-start'), 'a new chat');
}

const row = (title: string) => rows().find((_, index) => titles()[index] === title)!;
const choose = (title: string) => row(title).querySelector<HTMLElement>('.open')!.click();
const press = (title: string, name: string) =>
  row(title).querySelector<HTMLElement>(`[aria-label="${name}"]`)!.click();

const streaming: Step[] = [words(1, 'So'), { gate: true }, words(2, ' far.'), ending(3)];

for (const [persist, mode] of [
  ['none', 'inline'],
  ['session', 'popup'],
  ['local', 'inline'],
  ['local', 'popup'],
] as const)
  describe(`conversations kept ${persist}, ${mode}`, () => {
    it('stay in the list when another is begun, and are come back to', async () => {
      await open(persist, mode, answer('One.'), answer('Two.'), answer('Three.'));
      const said = heard(chat);
      await ask('First?', 'One.');
      await newChat();
      await ask('Second?', 'Two.');
      await openMenu();
      await lists('Second?', 'First?');
      expect(rows()[0]!.querySelector('.open')!.getAttribute('aria-current')).to.equal('true');
      choose('First?');
      await shows('First?', 'One.');
      await ask('More?', 'Three.');
      const news = ['One.', 'Two.', 'Three.'].flatMap(text => [text, 'Answer complete.']);
      // The first one may be over before there is somebody to say that it comes.
      const heardOf = () => said.map(({ text }) => text).filter(text => text !== 'Answering.');
      await until(() => heardOf().length >= news.length, 'all is said');
      expect(heardOf()).to.deep.equal(news);
      const { body } = (await played.seen()).requests.at(-1)!;
      expect((body.messages as { content: string }[]).map(({ content }) => content)).to.deep.equal([
        'First?',
        'One.',
        'More?',
      ]);
      await openMenu();
      await lists('First?', 'Second?');
    });

    it('go on unseen when another is begun, and are whole when one comes back', async () => {
      await open(persist, mode, streaming, answer('Two.'));
      chat.send('First?');
      await shows('First?', 'So');
      await newChat();
      expect(chat.busy).to.equal(false);
      await ask('Second?', 'Two.');
      await openMenu();
      await lists('Second?', 'First?');
      expect(row('First?').querySelector('time')!.textContent).to.equal('Answering…');
      choose('First?');
      await shows('First?', 'So');
      expect(chat.busy).to.equal(true);
      await newChat();
      await played.go();
      await until(async () => (await played.seen()).open === 0, 'it has ended');
      await openMenu();
      await until(() => row('First?')?.querySelector('time')!.textContent !== 'Answering…', 'it says so');
      choose('First?');
      await shows('First?', 'So far.');
      const { requests, hungUp } = await played.seen();
      expect([requests.length, hungUp]).to.deep.equal([2, 0]);
    });

    it('are stopped when they are deleted in the middle of an answer, and never come back by themselves', async () => {
      await open(persist, mode, streaming, streaming);
      chat.send('First?');
      await shows('First?', 'So');
      await openMenu();
      await lists('First?');
      press('First?', 'Delete');
      await until(() => focused()?.textContent?.trim() === 'Undo', 'the focus is on the way back');
      await until(async () => (await played.seen()).hungUp === 1, 'it is stopped');
      expect(chat.busy).to.equal(false);
      await played.go();
      await sendKeys({ press: 'Escape' });
      await until(() => chat.renderRoot.querySelector('rivulet-start'), 'nothing of it is shown');
      await openMenu();
      await until(
        () => list()!.querySelector('.state')!.textContent === 'No conversations yet.',
        'it is gone',
      );
      await sendKeys({ press: 'Escape' });

      chat.send('Second?');
      await shows('Second?', 'So');
      await newChat();
      await openMenu();
      await lists('Second?');
      press('Second?', 'Delete');
      await until(async () => (await played.seen()).hungUp === 2, 'it is stopped unseen');
      await until(() => focused()?.textContent?.trim() === 'Undo', 'the focus is on the way back');
      await sendKeys({ press: 'Enter' });
      await lists('Second?');
      await until(() => focused() === row('Second?').querySelector('.open'), 'the focus is back');
      choose('Second?');
      await shows('Second?', 'So');
      expect(chat.busy).to.equal(false);
      expect((await played.seen()).requests.length).to.equal(2);
    });
  });

describe('logout', () => {
  it('stops what goes on unseen, and leaves nothing of it', async () => {
    await open('local', 'inline', streaming);
    chat.send('Why?');
    await shows('Why?', 'So');
    await newChat();
    await chat.logout();
    await until(async () => (await played.seen()).hungUp === 1, 'it is stopped');
    await openMenu();
    await until(() => state() === 'No conversations yet.', 'nothing is left');
  });
});

/** A visitor who has asked these questions on other days, the last one last. */
async function openWith(...questions: string[]): Promise<void> {
  played = await play(answer('Hm.'));
  const store = await openStore({ persist: 'local', endpoint: played.endpoint });
  const saving = questions.map(question => store.save(conversation(question)));
  await Promise.all(saving);
  store.close();
  chat = await openAt(played.endpoint);
}

const search = () => list()!.querySelector<HTMLInputElement>('[type=search]')!;
const state = () => list()!.querySelector('.state')!.textContent;

async function find(text: string): Promise<void> {
  search().focus();
  search().select();
  await sendKeys({ type: text });
}

describe('a list of conversations', () => {
  it('finds words of titles and texts in any case, order and script, and shows them where they are', async () => {
    await openWith('How do I bake a Crème brûlée?', '北京的天气怎么样？', 'Why?');
    await openMenu();
    await until(() => rows().length === 3, 'all are there');
    await find('BRULEE bake');
    await until(() => state() === '1 conversation found', 'one is found');
    const marks = () => [...rows()[0]!.querySelectorAll('mark')].map(({ textContent }) => textContent);
    expect(marks()).to.deep.equal(['bake', 'brûlée']);
    await sendKeys({ press: 'Escape' });
    await until(() => rows().length === 3, 'the first Escape empties the field');
    await find('天气北京');
    await until(() => titles().join() === '北京的天气怎么样？', 'the other is found');
    await find('nobody said this');
    await until(() => state() === 'Nothing found.', 'it says so');
    await find('answer brulee');
    await until(() => rows().length === 1, 'it is found again');
    await sendKeys({ press: 'ArrowDown' });
    await sendKeys({ press: 'Enter' });
    await until(() => shown()[0] === 'How do I bake a Crème brûlée?', 'it is opened');
    expect(list()).to.equal(undefined);
  });

  it('is walked with the arrows, and what is in it is named in place', async () => {
    await openWith('One?', 'Two?', 'Three?');
    await openMenu();
    await until(() => rows().length === 3, 'all are there');
    const all = titles();
    search().focus();
    await sendKeys({ press: 'ArrowDown' });
    await sendKeys({ press: 'ArrowDown' });
    expect(focused()).to.equal(rows()[1]!.querySelector('.open'));
    await sendKeys({ press: 'End' });
    expect(focused()).to.equal(rows()[2]!.querySelector('.open'));
    await sendKeys({ press: 'F2' });
    await until(() => focused()?.localName === 'input', 'it can be named');
    await sendKeys({ type: 'Mine' });
    focused()!.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', keyCode: 229, bubbles: true }));
    expect(focused()?.localName).to.equal('input');
    await sendKeys({ press: 'Enter' });
    await lists(all[0]!, all[1]!, 'Mine');
    await until(() => focused() === rows()[2]!.querySelector('.open'), 'the focus is back');
    await sendKeys({ press: 'F2' });
    await until(() => focused()?.localName === 'input', 'it can be named again');
    await sendKeys({ type: 'Other' });
    await sendKeys({ press: 'Escape' });
    await lists(all[0]!, all[1]!, 'Mine');
    await sendKeys({ press: 'Escape' });
    await until(() => !list(), 'the menu goes');
    await openMenu();
    await lists(all[0]!, all[1]!, 'Mine');
    press('Mine', 'Rename');
    await until(() => focused()?.localName === 'input', 'it can be named once more');
    await sendKeys({ press: 'Delete' });
    await sendKeys({ press: 'Enter' });
    await lists(...(all as string[]));
  });

  it('is named also before it is kept, as while another tab has the answers in hand and does not answer', async () => {
    await open('local', 'inline', answer('Yes.'));
    await chat.logout();
    const { held = [] } = await navigator.locks.query();
    const lock = held.find(({ name }) => name!.includes(played.endpoint))!.name!;
    chat.remove();
    let release = () => {};
    const released = new Promise<void>(resolve => (release = resolve));
    await new Promise<void>(hold => void navigator.locks.request(lock, () => (hold(), released)));
    chat = await openAt(played.endpoint);
    chat.send('Why?');
    await openMenu();
    await lists('Why?');
    press('Why?', 'Rename');
    await until(() => focused()?.localName === 'input', 'it can be named');
    await sendKeys({ type: 'Mine' });
    await sendKeys({ press: 'Enter' });
    await lists('Mine');
    release();
    await until(
      async () => (await navigator.locks.query()).held!.some(({ name }) => name === lock),
      'it leads',
    );
    await until(() => !chat.busy, 'it is answered');
    await sendKeys({ press: 'Escape' });
    await openMenu();
    await lists('Mine');
  });

  it('has a way back for what is deleted, one by one', async () => {
    await openWith('One?', 'Two?', 'Three?');
    await openMenu();
    await until(() => rows().length === 3, 'all are there');
    const all = titles() as string[];
    rows()[0]!.querySelector<HTMLElement>('.open')!.focus();
    await sendKeys({ press: 'Delete' });
    await until(() => focused()?.textContent?.trim() === 'Undo', 'the focus is on the way back');
    press(all[1]!, 'Delete');
    await until(() => list()!.querySelectorAll('.removed').length === 2, 'both are deleted');
    list()!.querySelector<HTMLElement>('.removed button')!.click();
    await until(() => titles()[0] === all[0] && titles()[2] === all[2], 'the first is back');
    await sendKeys({ press: 'Escape' });
    await openMenu();
    await lists(all[0]!, all[2]!);
  });

  it('of a thousand reads what is looked at, and finds the first of them', async () => {
    await openWith(...Array.from({ length: 1000 }, (_, index) => `Question no${index} of many`));
    const { get } = IDBObjectStore.prototype;
    let reads = 0;
    IDBObjectStore.prototype.get = function (key) {
      reads += 1;
      return get.call(this, key);
    };
    try {
      await openMenu();
      await until(() => rows().length === 40, 'the first page');
      expect(reads).to.be.below(100);
      list()!.querySelector<HTMLElement>('.more')!.click();
      await until(() => focused() === rows()[40]?.querySelector('.open'), 'the next page, with the focus');
      await find('MANY no0');
      await until(() => titles().includes('Question no0 of many'), 'it is found');
    } finally {
      IDBObjectStore.prototype.get = get;
    }
  });
});
