/**
 * Gathers the deltas of an answer, so that a fast stream costs one render per interval and not one per token, and much
 * that comes together is rendered in several frames and not in one. What arrives between two renders waits where the
 * browser keeps it: to take it from there has its cost too, and is then done once and not per token.
 */

export interface Delta {
  content?: string;
  reasoning?: string;
  model?: string;
  /** Of the last event in it. */
  number?: number | null;
}

/** Between two renders: both read as a flow, the one where a render is cheap, the other where it is dear. */
const SHORTEST_MS = 80;
const LONGEST_MS = 150;

/** So many times what a render's script and layout take; painting takes about as much again. */
const REST = 40;

/** The characters of one render. What goes beyond waits for the next frame only: a slow phone answers to touch between. */
const MOST = 400;
const FRAME_MS = 16;

export class DeltaBatch {
  readonly #flushed: (delta: Delta) => void;
  /** Whole, as an event is counted as here or not: none of them is shown in parts. */
  #gathered: Delta[] = [];
  #length = 0;
  #lastFlush = -Infinity;
  #intervalMs = SHORTEST_MS;
  #hasContent = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** The next render waits only for what is there to be read. */
  #isDue = false;
  /** There was as much as one render takes, and there may be more. */
  #isFull = false;
  #readOn = () => {};

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
    const reads = this.#timer === undefined || (this.#isDue && this.#length < MOST);
    if (reads || !this.#hasContent || document.hidden) return undefined;
    return new Promise(resolve => (this.#readOn = resolve));
  }

  #wait(): void {
    const wait = this.#lastFlush + (this.#isFull ? FRAME_MS : this.#intervalMs) - performance.now();
    if (wait <= 0 && !this.#isDue) this.#show();
    else this.#showIn(wait);
  }

  #showIn(ms: number): void {
    this.#timer ??= setTimeout(() => this.#showWhatComes(), ms);
  }

  /** In a task of its own, behind all that can be read now. */
  #showWhatComes(): void {
    if (this.#length >= MOST) return this.#show();
    this.#isDue = true;
    this.#readOn();
    this.#timer = setTimeout(() => this.#show());
  }

  /** Nobody looks at a hidden tab, and it holds nothing back until somebody does. */
  #show(most = document.hidden ? Infinity : MOST): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#isDue = false;
    this.#isFull = this.#length >= MOST;
    if (this.#gathered.length === 0) return;
    const deltas = this.#take(most);
    const began = (this.#lastFlush = performance.now());
    this.#flushed(joined(deltas));
    // Behind all that is done in this task.
    setTimeout(() => {
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

function lengthOf({ content = '', reasoning = '' }: Delta): number {
  return content.length + reasoning.length;
}

function joined(deltas: Delta[]): Delta {
  return deltas.reduce((before, { content = '', reasoning = '', model, number }) => ({
    content: (before.content ?? '') + content,
    reasoning: (before.reasoning ?? '') + reasoning,
    model: model ?? before.model,
    number: number ?? before.number,
  }));
}
