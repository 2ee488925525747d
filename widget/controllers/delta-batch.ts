/** Gathers the deltas of an answer, so that a fast stream costs one render per interval and not one per token. */

export interface Delta {
  content?: string;
  reasoning?: string;
  model?: string;
  /** Of the last event in it. */
  number?: number | null;
}

/** Short enough to read as a flow, long enough that layout and painting keep up on a phone. */
const INTERVAL_MS = 50;

export class DeltaBatch {
  readonly #flushed: (delta: Delta) => void;
  #gathered: Delta | undefined;
  #lastFlush = -Infinity;
  #hasContent = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(flushed: (delta: Delta) => void) {
    this.#flushed = flushed;
  }

  /** The first words show at once. Later ones are flushed by an arrival too: a hidden tab's timers are starved. */
  add(delta: Delta): void {
    this.#gathered = joined(this.#gathered, delta);
    const first = !this.#hasContent && Boolean(delta.content);
    this.#hasContent ||= first;
    const wait = this.#lastFlush + INTERVAL_MS - performance.now();
    if (first || wait <= 0) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), wait);
  }

  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const gathered = this.#gathered;
    if (!gathered) return;
    this.#gathered = undefined;
    this.#lastFlush = performance.now();
    this.#flushed(gathered);
  }
}

function joined(first: Delta | undefined, { content = '', reasoning = '', model, number }: Delta): Delta {
  return {
    content: (first?.content ?? '') + content,
    reasoning: (first?.reasoning ?? '') + reasoning,
    model: model ?? first?.model,
    number: number ?? first?.number,
  };
}
