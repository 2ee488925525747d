/**
 * Gathers the deltas of an answer, so that a fast stream costs one render per interval and not one per token, and much
 * that comes together is rendered in several frames and not in one. What arrives between two renders waits where the
 * browser keeps it: to take it from there has its cost too, and is then done once and not per token.
 */

import { type Delta, joined, lengthOf } from '../client/delta.ts';

/** Between two renders: both read as a flow, the one where a render is cheap, the other where it is dear. */
const SHORTEST_MS = 80;
const LONGEST_MS = 150;

/** So many times what a render's script and layout take; painting takes about as much again. */
const REST = 40;

/** The characters of one render. What goes beyond waits for the next frame only: a slow phone answers to touch between. */
const MOST = 400;
const FRAME_MS = 16;
/** From one such render to the next. Where it takes less the next one may be larger: each has a cost of its own besides. */
const CYCLE_MS = 120;

export class DeltaBatch {
  readonly #flushed: (delta: Delta) => void;
  /** Whole, as an event is counted as here or not: none of them is shown in parts. */
  #gathered: Delta[] = [];
  #length = 0;
  /** The characters of the next render. */
  #most = MOST;
  #lastFlush = -Infinity;
  #intervalMs = SHORTEST_MS;
  #hasContent = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** The next render waits only for what is there to be read. */
  #isDue = false;
  /** There was as much as one render takes, and there may be more. */
  #isFull = false;
  #readOn = () => {};
  /** What was flushed is being shown, in the task that is running. */
  #isShowing = false;

  constructor(flushed: (delta: Delta) => void) {
    this.#flushed = flushed;
  }

  /** The first words show at once. Later ones are flushed by an arrival too: a hidden tab's timers are starved. */
  add(delta: Delta): void {
    this.#gathered.push(delta);
    this.#length += lengthOf(delta);
    const first = !this.#hasContent && Boolean(delta.content);
    this.#hasContent ||= first;
    if (first) this.flush();
    else this.#wait();
  }

  /** Shows all that there is. */
  flush(): void {
    this.#show(Infinity);
  }

  /** Fulfilled when more is to be read. Before the first words nothing waits, nor in a hidden tab, for its timers. */
  rest(): Promise<void> | undefined {
    const reads = this.#timer === undefined || (this.#isDue && this.#length < this.#most);
    if (reads || !this.#hasContent || document.hidden) return undefined;
    return new Promise(resolve => (this.#readOn = resolve));
  }

  #wait(): void {
    const wait = this.#lastFlush + (this.#isFull ? FRAME_MS : this.#intervalMs) - performance.now();
    if (wait <= 0 && !this.#isDue && !(this.#isShowing && !document.hidden)) this.#show();
    else this.#showIn(wait);
  }

  #showIn(ms: number): void {
    this.#timer ??= setTimeout(() => this.#showWhatComes(), ms);
  }

  /** In a task of its own, behind all that can be read now. */
  #showWhatComes(): void {
    if (this.#length >= this.#most) return this.#show();
    this.#isDue = true;
    this.#readOn();
    this.#timer = setTimeout(() => this.#show());
  }

  /** Nobody looks at a hidden tab, and it holds nothing back until somebody does; nor is anything held back to flow in where less motion is wanted. */
  #show(most = document.hidden || hasLessMotion() ? Infinity : this.#most): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#isDue = false;
    const began = performance.now();
    const cycleMs = this.#isFull ? began - this.#lastFlush : Infinity;
    this.#most = Math.max(MOST, this.#most * Math.min(CYCLE_MS / cycleMs, 2));
    this.#isFull = this.#length >= MOST;
    if (this.#gathered.length === 0) return;
    const deltas = this.#take(most);
    this.#lastFlush = began;
    this.#isShowing = true;
    this.#flushed(deltas.reduce(joined));
    // Behind all that is done in this task.
    setTimeout(() => {
      this.#isShowing = false;
      const restMs = REST * (performance.now() - began);
      this.#intervalMs = Math.min(Math.max(restMs, SHORTEST_MS), LONGEST_MS);
    });
    if (this.#gathered.length > 0) this.#showIn(FRAME_MS);
    else this.#readOn();
  }

  #take(most: number): Delta[] {
    const before = this.#length;
    let count = 0;
    while (count < this.#gathered.length && before - this.#length < most)
      this.#length -= lengthOf(this.#gathered[count++]!);
    return this.#gathered.splice(0, count);
  }
}

function hasLessMotion(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}
