/** The pace of an answer's text, by a clock that only the test moves: how fast the machine is says nothing about it. */

import { expect } from '@open-wc/testing';
import { DeltaBatch } from '../../widget/controllers/delta-batch.ts';

/** What has arrived is read within so long. */
const LONGEST_MS = 250;
const FRAME_MS = 16;

/** In place of the page's: time passes when the test says so. */
class Clock {
  now = 0;
  #last = 0;
  readonly #timers = new Map<number, { at: number; act: () => void }>();
  readonly #real = {
    setTimeout: window.setTimeout,
    clearTimeout: window.clearTimeout,
    now: performance.now.bind(performance),
  };

  constructor() {
    window.setTimeout = ((act: () => void, ms = 0) => {
      this.#timers.set(++this.#last, { at: this.now + Math.max(0, ms), act });
      return this.#last;
    }) as never;
    window.clearTimeout = ((id: number) => this.#timers.delete(id)) as never;
    performance.now = () => this.now;
  }

  /** Millisecond by millisecond, and what is due in the order in which it is. */
  async pass(ms: number): Promise<void> {
    for (const end = this.now + ms; ; this.now += 1) {
      for (let due = this.#due(); due !== undefined; due = this.#due()) {
        const { act } = this.#timers.get(due)!;
        this.#timers.delete(due);
        act();
        await task();
      }
      if (this.now >= end) return;
    }
  }

  stop(): void {
    Object.assign(window, { setTimeout: this.#real.setTimeout, clearTimeout: this.#real.clearTimeout });
    performance.now = this.#real.now;
  }

  #due(): number | undefined {
    const due = [...this.#timers].filter(([, { at }]) => at <= this.now);
    return due.sort(([, a], [, b]) => a.at - b.at)[0]?.[0];
  }
}

/** All that promises do by themselves is done. */
function task(): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  return new Promise(resolve => {
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}

let clock: Clock;
let batch: DeltaBatch;
/** All that was shown, and after how long each render came, with how many characters. */
let shown: string;
let renders: Array<{ at: number; length: number }>;
/** What has arrived in the page and was not read yet, as the browser keeps it. */
let network: string[][];
let arrived: () => void;
/** When each character arrived. */
let arrivals: number[];

beforeEach(() => {
  clock = new Clock();
  shown = '';
  renders = [];
  network = [];
  arrivals = [];
  arrived = () => {};
  batch = new DeltaBatch(({ content = '' }) => {
    shown += content;
    renders.push({ at: clock.now, length: content.length });
  });
  void read();
});
afterEach(() => {
  clock.stop();
  delete (document as { hidden?: boolean }).hidden;
});

/** As a run does it: read, add, and rest before it reads again. */
async function read(): Promise<void> {
  for (;;) {
    while (network.length === 0) await new Promise<void>(resolve => (arrived = resolve));
    for (const content of network.splice(0).flat()) batch.add({ content });
    await batch.rest();
  }
}

function arrive(...tokens: string[]): Promise<void> {
  network.push(tokens);
  arrivals.push(...Array.from(tokens.join(''), () => clock.now));
  arrived();
  return task();
}

function isHidden(value: boolean): void {
  Object.defineProperty(document, 'hidden', { value, configurable: true });
}

/** The longest that a character waited to be shown, in milliseconds; endless where one was not. */
function longestWait(): number {
  let count = 0;
  const waits = renders.flatMap(({ at, length }) => Array.from({ length }, () => at - arrivals[count++]!));
  return count < arrivals.length ? Infinity : Math.max(...waits);
}

describe('the text of an answer', () => {
  it('begins in the task in which its first words arrive', async () => {
    await arrive('First');
    expect(shown).to.equal('First');
    expect(clock.now).to.equal(0);
  });

  for (const perSecond of [10, 50, 200, 1000])
    it(`that comes at ${perSecond} tokens a second is shown within ${LONGEST_MS} ms, in few renders`, async () => {
      const tokens = Array.from({ length: 300 }, (_, index) => `${index} `);
      for (const token of tokens) {
        await arrive(token);
        await clock.pass(1000 / perSecond);
      }
      const elapsed = clock.now;
      await clock.pass(LONGEST_MS);
      expect(shown === tokens.join('')).to.equal(true);
      expect(longestWait()).to.be.at.most(LONGEST_MS);
      expect(renders.length).to.be.at.most(elapsed / 80 + 2);
    });

  it(`that comes all at once flows in over several frames, and is all there within ${LONGEST_MS} ms`, async () => {
    await arrive('First.');
    await clock.pass(1000);
    const words = Array.from({ length: 5_000 }, (_, index) => `${index} `);
    await arrive(...words);
    await clock.pass(LONGEST_MS);
    expect(shown === `First.${words.join('')}`).to.equal(true);
    expect(renders.length).to.be.above(4);
    // Its first word is shown when it arrives, and with the next render the frames begin.
    const frames = renders.slice(2);
    for (const [index, { at }] of frames.entries()) expect(at - frames[0]!.at).to.equal(index * FRAME_MS);
  });

  it('is all shown at its end, in its task, and nothing comes after it', async () => {
    await arrive('First.');
    const words = Array.from({ length: 5_000 }, (_, index) => `${index} `);
    await arrive(...words);
    expect(shown.length).to.be.below(words.join('').length);
    batch.flush();
    expect(shown === `First.${words.join('')}`).to.equal(true);
    const { length } = renders;
    await clock.pass(1000);
    expect(renders.length).to.equal(length);
  });

  it('is not kept waiting in a hidden tab: all that is there is shown with the next that comes', async () => {
    await arrive('First.');
    isHidden(true);
    const words = Array.from({ length: 5_000 }, (_, index) => `${index} `);
    await arrive(...words);
    expect(batch.rest()).to.equal(undefined);
    // Its timers do not fire, and still the clock goes on.
    clock.now += 1000;
    await arrive('Last.');
    expect(shown === `First.${words.join('')}Last.`).to.equal(true);
    expect(renders.length).to.be.at.most(3);
  });

  it('that has been in the midst of flowing in when the tab was hidden is shown by its next timer, all of it', async () => {
    await arrive('First.');
    await clock.pass(1000);
    const words = Array.from({ length: 5_000 }, (_, index) => `${index} `);
    await arrive(...words);
    await clock.pass(100);
    isHidden(true);
    const { length } = renders;
    await clock.pass(FRAME_MS);
    expect(shown === `First.${words.join('')}`).to.equal(true);
    expect(renders.length).to.equal(length + 1);
  });

  it('does not flow for a visitor who wants less motion: what has come at once is shown at once', async () => {
    const { matchMedia } = window;
    window.matchMedia = query =>
      ({ matches: query === '(prefers-reduced-motion: reduce)' }) as MediaQueryList;
    try {
      await arrive('First.');
      await clock.pass(1000);
      const words = Array.from({ length: 5_000 }, (_, index) => `${index} `);
      await arrive(...words);
      await clock.pass(LONGEST_MS);
      expect(shown === `First.${words.join('')}`).to.equal(true);
      // The first of them when it arrives, and all others together.
      expect(renders.length).to.equal(3);
    } finally {
      window.matchMedia = matchMedia;
    }
  });
});
