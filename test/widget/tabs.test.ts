/** What tabs share, with frames of this page as tabs: each is a client of its own for locks and channels. */

import { aTimeout, expect, waitUntil } from '@open-wc/testing';
import type { LogTab } from '../support/log-tab.ts';
import { seededRandom } from '../support/random.ts';

type TabWindow = Window & { LogTab?: typeof LogTab };

let name: string;
let frames: HTMLIFrameElement[];

beforeEach(() => {
  name = crypto.randomUUID();
  frames = [];
});

afterEach(() => {
  for (const frame of frames) frame.remove();
});

/** A frame with the code in it, and not yet a tab. */
async function openFrame(sandbox?: string): Promise<{ frame: HTMLIFrameElement; inside: TabWindow }> {
  const frame = document.createElement('iframe');
  if (sandbox !== undefined) frame.setAttribute('sandbox', sandbox);
  frame.srcdoc = `<!doctype html><script type="module">
    import { LogTab } from '${location.origin}/test/support/log-tab.ts';
    window.LogTab = LogTab;
  </script>`;
  frames.push(frame);
  document.body.append(frame);
  const inside = frame.contentWindow as TabWindow;
  await until(() => inside.LogTab !== undefined, 'the frame has its code');
  return { frame, inside };
}

interface Tab {
  tab: LogTab;
  inside: TabWindow;
  remove(): void;
}

async function open(...own: string[]): Promise<Tab> {
  const { frame, inside } = await openFrame();
  const tab = new inside.LogTab!(name, own);
  return { tab, inside, remove: () => frame.remove() };
}

async function openJoined(...own: string[]): Promise<Tab> {
  const opened = await open(...own);
  await until(() => opened.tab.calls.length > 0, 'it has joined');
  return opened;
}

function until(passes: () => boolean, what: string): Promise<void> {
  return waitUntil(passes, what, { interval: 5, timeout: 15_000 });
}

function agree(tabs: LogTab[], length?: number): Promise<void> {
  const same = () => new Set(tabs.map(({ log }) => log.join())).size === 1;
  return until(() => same() && (length === undefined || tabs[0]?.log.length === length), 'all tabs agree');
}

const counted = (count: number) => Array.from({ length: count }, (_, number) => number);

/** A message as a tab would send it, with a channel's name that only this file and the tabs know. */
function say(message: unknown): void {
  const channel = new BroadcastChannel(`rivulet-1:${name}`);
  channel.postMessage(message);
  channel.close();
}

describe('a tab', () => {
  it('that is alone owns the state, and does what it asks for', async () => {
    const { tab } = await open('one');
    tab.shared.ask('two');
    await until(() => tab.log.length === 2, 'both are done');
    expect(tab.calls).to.deep.equal(['lead', 'perform']);
    expect(tab.log).to.deep.equal(['one', 'two']);
    expect(tab.shared.isOwner).to.equal(true);
  });

  it('that comes later has the state before its first command is done', async () => {
    const { tab: owner } = await openJoined('one', 'two');
    const { tab } = await openJoined('three', 'four');
    await agree([owner, tab], 4);
    expect(tab.log).to.deep.equal(['one', 'two', 'three', 'four']);
    expect(tab.calls).to.deep.equal(['adopt', 'apply']);
    expect(tab.performed).to.deep.equal([]);
    expect(tab.shared.isOwner).to.equal(false);
  });

  it('sees every change of the owner in its order', async () => {
    const { tab: owner } = await openJoined();
    const { tab } = await openJoined();
    for (let number = 0; number < 500; number += 1) owner.add(`e${number}`);
    await agree([owner, tab], 500);
    expect(tab.numbers()).to.deep.equal(counted(500));
  });

  it('that joins in the middle of a fast stream misses nothing and has nothing twice', async () => {
    const { tab: owner } = await openJoined();
    owner.stream();
    const tabs = [owner];
    for (let count = 0; count < 6; count += 1) tabs.push((await openJoined()).tab);
    await aTimeout(100);
    owner.endStream();
    await agree(tabs);
    expect(owner.log.length).to.be.greaterThan(100);
    for (const { log } of tabs) expect(log).to.deep.equal(owner.log);
    expect(owner.numbers()).to.deep.equal(counted(owner.log.length));
  });

  it('that is not the owner is not heard', async () => {
    const { tab: owner } = await openJoined('one');
    const { tab } = await openJoined();
    await agree([owner, tab], 1);
    tab.shared.tell('mine');
    owner.shared.ask('two');
    await until(() => tab.log.length === 2, 'the next event is there');
    expect(owner.log).to.deep.equal(['one', 'two']);
    expect(tab.log).to.deep.equal(['one', 'two']);
  });
});

describe('commands', () => {
  it('of two tabs at the same moment have one order in all', async () => {
    const tabs = [await openJoined(), await openJoined(), await openJoined()].map(({ tab }) => tab);
    for (let round = 0; round < 50; round += 1)
      tabs.forEach((tab, index) => void tab.shared.ask(`${index}-${round}`));
    await agree(tabs, 150);
    for (const index of [0, 1, 2]) {
      const own = tabs[0]?.log.filter(entry => entry.startsWith(`${index}-`));
      expect(own).to.deep.equal(counted(50).map(round => `${index}-${round}`));
    }
  });

  it('are done once, also when they are asked again', async () => {
    const { tab: owner } = await openJoined();
    const heard: Array<{ type: string }> = [];
    const channel = new BroadcastChannel(`rivulet-1:${name}`);
    channel.onmessage = ({ data }) => heard.push(data);
    const { tab } = await openJoined('one');
    await agree([owner, tab], 1);
    const asked = heard.filter(({ type }) => type === 'ask');
    expect(asked.length).to.be.greaterThan(0);
    for (let times = 0; times < 3; times += 1) for (const message of asked) channel.postMessage(message);
    tab.shared.ask('two');
    await agree([owner, tab], 2);
    expect(owner.performed).to.deep.equal(['one', 'two']);
    channel.close();
  });

  it('that the owner did before it went are not done by the next', async () => {
    const first = await openJoined();
    const tabs = [await openJoined(), await openJoined()].map(({ tab }) => tab);
    // It does the command, and is gone before it can be asked again.
    first.tab.perform = command => {
      first.tab.add(command);
      first.tab.shared.close();
    };
    tabs[1]?.shared.ask('once');
    await until(() => tabs.some(({ shared }) => shared.isOwner), 'another owns');
    tabs[1]?.shared.ask('after');
    await agree(tabs, 2);
    expect(tabs[0]?.log).to.deep.equal(['once', 'after']);
  });

  it('that nobody has done when the owner goes are done by the next', async () => {
    const first = await openJoined();
    const tabs = [await openJoined(), await openJoined()].map(({ tab }) => tab);
    tabs[1]?.shared.ask('kept');
    first.remove();
    await agree(tabs, 1);
    expect(tabs[0]?.log).to.deep.equal(['kept']);
  });
});

describe('when the owner goes', () => {
  for (const way of ['closes', 'is taken away'] as const) {
    it(`and it ${way} in the middle of telling, one other leads, with the newest that was told`, async () => {
      const first = await openJoined();
      const tabs = [await openJoined(), await openJoined(), await openJoined()].map(({ tab }) => tab);
      first.tab.stream();
      await until(() => first.tab.log.length > 50, 'it tells');
      const told = first.tab.log;
      if (way === 'closes') first.tab.shared.close();
      else first.remove();
      first.tab.endStream();
      const count = told.length;
      await until(() => tabs.some(({ shared }) => shared.isOwner), 'another owns');
      const next = tabs.find(({ shared }) => shared.isOwner)!;
      expect(next.numbers()).to.deep.equal(counted(count));
      next.stream();
      await until(() => next.log.length > count + 50, 'the next one tells');
      next.endStream();
      await agree(tabs);
      expect(next.numbers()).to.deep.equal(counted(next.log.length));
      expect(tabs.flatMap(({ calls }) => calls.filter(call => call === 'lead'))).to.deep.equal(['lead']);
    });
  }

  it('all the others follow in turn', async () => {
    const all: Tab[] = [];
    for (let count = 0; count < 5; count += 1) all.push(await openJoined(`${count}`));
    const left = [...all];
    for (let count = 0; count < 4; count += 1) {
      const tabs = left.map(({ tab }) => tab);
      await until(() => tabs.filter(({ shared }) => shared.isOwner).length === 1, 'one owns');
      await agree(tabs, 5 + count);
      const [going] = left.splice(
        tabs.findIndex(({ shared }) => shared.isOwner),
        1,
      );
      going?.tab.shared.close();
      left[0]?.tab.shared.ask(`next ${count}`);
    }
    const last = left[0]!.tab;
    await until(() => last.log.length === 9, 'the last one has all');
    expect(last.log.slice(5)).to.deep.equal(['next 0', 'next 1', 'next 2', 'next 3']);
  });

  it('without a word before a new tab has heard it, that tab takes its place with what the others know', async () => {
    const owner = await openJoined('one', 'two');
    const { tab } = await openJoined();
    await agree([owner.tab, tab], 2);
    // A lock that is held and an owner that says nothing, as that of a tab that is asleep.
    void navigator.locks
      .request(`rivulet-1:${name}`, { steal: true }, () => aTimeout(60_000))
      .catch(() => {});
    await until(() => !owner.tab.shared.isOwner, 'the owner has lost its lock');
    owner.remove();
    const late = await open('three');
    await agree([tab, late.tab], 3);
    expect(late.tab.calls).to.deep.equal(['adopt', 'lead', 'perform']);
    expect(tab.log).to.deep.equal(['one', 'two', 'three']);
  });
});

describe('an owner whose lock is taken', () => {
  it('yields, follows, and what it told meanwhile is nothing', async () => {
    const { tab: owner } = await openJoined('one');
    const { tab } = await openJoined();
    await agree([owner, tab], 1);
    // Another client holds the lock for a moment; then it is the turn of the tab that stands in the queue.
    await navigator.locks.request(`rivulet-1:${name}`, { steal: true }, async () => {});
    await until(() => tab.shared.isOwner, 'the other one owns');
    await until(() => owner.calls.at(-1) === 'adopt', 'it follows');
    expect(owner.calls).to.deep.equal(['lead', 'perform', 'yield', 'adopt']);
    owner.add('lost');
    tab.add('two');
    owner.shared.ask('three');
    await until(() => tab.log.length === 3, 'it asks the new owner');
    expect(tab.log).to.deep.equal(['one', 'two', 'three']);
  });

  it('is not heard in an old term, and learns of the new one', async () => {
    const { tab: owner } = await openJoined('one');
    const { tab } = await openJoined();
    await agree([owner, tab], 1);
    say({ type: 'event', term: 1, seq: 2, event: 'old' });
    say({ type: 'done', term: 1, seq: 2, tab: 'x', number: 1 });
    say({ type: 'gone', term: 1, seq: 1 });
    const answers: Array<{ type: string; term: number }> = [];
    const channel = new BroadcastChannel(`rivulet-1:${name}`);
    channel.onmessage = ({ data }) => answers.push(data);
    say({ type: 'state', term: 1, seq: 9, state: ['old'], done: new Map() });
    await until(() => answers.some(({ type, term }) => type === 'join' && term > 1), 'it is told the term');
    channel.close();
    owner.add('two');
    await agree([owner, tab], 2);
    expect(tab.log).to.deep.equal(['one', 'two']);
  });
});

describe('a gap', () => {
  it('is filled with the whole state', async () => {
    const { tab: owner } = await openJoined('one');
    const { tab } = await openJoined();
    await agree([owner, tab], 1);
    const heard: Array<{ type: string; term: number; seq: number }> = [];
    const channel = new BroadcastChannel(`rivulet-1:${name}`);
    channel.onmessage = ({ data }) => heard.push(data);
    owner.add('two');
    await until(() => heard.length > 0, 'the event is heard');
    const { term, seq } = heard[0]!;
    channel.postMessage({ type: 'event', term, seq: seq + 5, event: 'from far' });
    await until(() => tab.calls.filter(call => call === 'adopt').length === 2, 'it has the state anew');
    owner.add('three');
    await until(() => tab.log.length >= 3, 'it follows');
    expect(tab.log).to.deep.equal(['one', 'two', 'three']);
    channel.close();
  });
});

describe('rubbish and words of another version on the channel', () => {
  it('change nothing', async () => {
    const { tab: owner, inside } = await openJoined('one');
    const { tab } = await openJoined();
    await agree([owner, tab], 1);
    const problems: string[] = [];
    inside.addEventListener('error', ({ message }) => problems.push(message));
    const types = ['state', 'event', 'done', 'gone', 'join', 'ask', 'claim', 'constructor', 'hello', 7, null];
    const values = [undefined, null, 'x', -1, 0.5, NaN, Infinity, {}, [], true];
    for (const rubbish of [null, 1, 'state', [], {}, new Map(), new Date()]) say(rubbish);
    for (const type of types)
      for (const value of values) {
        say({ type, term: value, seq: value, tab: value, number: value, first: value, done: value });
        say({ type, term: 5, seq: value, tab: value, number: value, first: value, commands: value });
        say({ type, version: 2, event: value, state: value });
      }
    owner.shared.ask('two');
    tab.shared.ask('three');
    await agree([owner, tab], 3);
    expect(owner.log.toSorted()).to.deep.equal(['one', 'three', 'two']);
    expect(owner.calls.includes('yield')).to.equal(false);
    expect(tab.calls.includes('lead')).to.equal(false);
    expect(problems).to.deep.equal([]);
  });
});

describe('closed', () => {
  it('a tab hears nothing more, says nothing, and holds nothing', async () => {
    const { tab: owner } = await openJoined();
    const { tab } = await openJoined();
    owner.shared.close();
    owner.shared.close();
    await until(() => tab.shared.isOwner, 'the other one owns');
    tab.shared.close();
    const calls = [owner.calls.length, tab.calls.length];
    owner.add('a');
    owner.shared.ask('b');
    tab.shared.ask('c');
    const heard: unknown[] = [];
    const channel = new BroadcastChannel(`rivulet-1:${name}`);
    channel.onmessage = ({ data }) => heard.push(data);
    say({ type: 'join', term: 0, seq: 0 });
    await until(() => heard.length > 0, 'channels work');
    await aTimeout(1500);
    channel.close();
    expect([owner.calls.length, tab.calls.length]).to.deep.equal(calls);
    expect(heard.length).to.equal(1);
    const { held, pending } = await navigator.locks.query();
    expect([...held!, ...pending!].filter(lock => lock.name?.endsWith(name))).to.deep.equal([]);
  });

  it('in the first moment a tab never leads', async () => {
    const { inside } = await openFrame();
    const tabs = counted(10).map(() => new inside.LogTab!(name));
    for (const tab of tabs) tab.shared.close();
    const { tab } = await openJoined();
    expect(tab.shared.isOwner).to.equal(true);
    for (const { calls } of tabs) expect(calls).to.deep.equal([]);
  });

  it('by its own role in the middle of a call a tab is quiet', async () => {
    for (const call of ['lead', 'adopt', 'apply', 'perform', 'yield'] as const) {
      name = crypto.randomUUID();
      const { inside } = await openFrame();
      class Closing extends (inside.LogTab!) {}
      const other = ['adopt', 'apply'].includes(call) ? await openJoined() : undefined;
      const tab = new Closing(name);
      let calls = 0;
      const own = tab[call].bind(tab) as (word: never) => void;
      tab[call] = (word?: unknown) => {
        calls += 1;
        own(word as never);
        tab.shared.close();
      };
      if (call === 'perform' || call === 'lead') for (const word of 'abc') tab.shared.ask(word);
      if (call === 'yield') {
        await until(() => tab.shared.isOwner, 'it owns');
        await navigator.locks.request(`rivulet-1:${name}`, { steal: true }, async () => {});
      }
      if (call === 'apply') await until(() => tab.calls.length > 0, 'it has joined');
      other?.tab.add('x');
      other?.tab.add('y');
      await until(() => calls > 0, call);
      await aTimeout(50);
      expect(calls, call).to.equal(1);
      const next = await openJoined();
      other?.tab.shared.close();
      await until(() => next.tab.shared.isOwner, `another owns after ${call}`);
    }
  });
});

describe('without locks', () => {
  for (const missing of ['locks', 'BroadcastChannel', 'refused locks', 'refused channels']) {
    it(`(${missing}) a tab is its own owner, at once`, async () => {
      const { inside } = await openFrame();
      const { navigator } = inside;
      const refuse = () => {
        throw new DOMException('', 'SecurityError');
      };
      if (missing === 'locks') Reflect.deleteProperty(Object.getPrototypeOf(navigator), 'locks');
      if (missing === 'BroadcastChannel') Reflect.deleteProperty(inside, 'BroadcastChannel');
      if (missing === 'refused locks') navigator.locks.request = async () => refuse();
      if (missing === 'refused channels') Object.assign(inside, { BroadcastChannel: refuse });
      const tab = new inside.LogTab!(name, ['one']);
      await Promise.resolve();
      await Promise.resolve();
      await Promise.resolve();
      expect(tab.calls).to.deep.equal(['lead', 'perform']);
      expect(tab.shared.isOwner).to.equal(true);
      tab.add('two');
      tab.shared.ask('three');
      expect(tab.log).to.deep.equal(['one', 'two', 'three']);
      tab.shared.close();
      expect(tab.calls).to.deep.equal(['lead', 'perform']);
    });
  }
});

describe('whatever tabs do', () => {
  for (const seed of [1, 2, 3, 4]) {
    it(`all end with one state, and what they asked for is done once (seed ${seed})`, async () => {
      const random = seededRandom(seed);
      const below = (count: number) => Math.floor(random() * count);
      const tabs: Array<Tab & { asked: string[] }> = [];
      const openOne = async () => void tabs.push({ ...(await open()), asked: [] });
      let count = 0;
      const ask = ({ tab, asked }: (typeof tabs)[number]) => {
        asked.push(`asked ${count++}`);
        tab.shared.ask(asked.at(-1)!);
      };
      await openOne();
      for (let step = 0; step < 500; step += 1) {
        const chance = random();
        if (tabs.length < 2 || (chance < 0.04 && tabs.length < 6)) await openOne();
        else if (chance < 0.06) tabs.splice(below(tabs.length), 1)[0]?.remove();
        else if (chance < 0.08) tabs.splice(below(tabs.length), 1)[0]?.tab.shared.close();
        else if (chance < 0.1)
          void navigator.locks.request(`rivulet-1:${name}`, { steal: true }, async () => {});
        else if (chance < 0.5) tabs.find(({ tab }) => tab.shared.isOwner)?.tab.add(`told ${count++}`);
        else if (chance < 0.9) ask(tabs[below(tabs.length)]!);
        else await aTimeout(random() * 40);
      }
      for (const each of tabs) ask(each);
      await until(() => tabs.every(({ tab, asked }) => tab.log.includes(asked.at(-1)!)), 'all is done');
      await agree(tabs.map(({ tab }) => tab));
      const { log } = tabs[0]!.tab;
      expect(new Set(log).size, 'nothing is double').to.equal(log.length);
      for (const { asked } of tabs) expect(log.filter(entry => asked.includes(entry))).to.deep.equal(asked);
      expect(tabs.filter(({ tab }) => tab.shared.isOwner).length).to.equal(1);
    });
  }
});
