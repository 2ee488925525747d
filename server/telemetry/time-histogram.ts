/** Counts times in steps that grow, so that any number of them is a median and a p95 in the same few bytes. */

/** A quantile is at most half a step off: 3.5 %. */
const STEP = Math.log(1.07);
/** The last step begins at 120 s. */
const STEPS = 174;

export class TimeHistogram {
  readonly #counts = new Uint32Array(STEPS);
  #count = 0;

  add(ms: number): void {
    const step = Math.round(Math.log(Math.max(ms, 1)) / STEP);
    this.#counts[Math.min(step, STEPS - 1)]! += 1;
    this.#count++;
  }

  addAll(other: TimeHistogram): void {
    other.#counts.forEach((count, step) => {
      this.#counts[step]! += count;
    });
    this.#count += other.#count;
  }

  /** In whole milliseconds; null of none. */
  quantile(q: number): number | null {
    if (this.#count === 0) return null;
    let left = Math.ceil(this.#count * q);
    const step = this.#counts.findIndex(count => (left -= count) <= 0);
    return Math.round(Math.exp(step * STEP));
  }
}
