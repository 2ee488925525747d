/** The times to first token seen lately, by model, so that visitors can choose by them. */

const SAMPLES = 20;

export class TtftRecord {
  readonly #samples = new Map<string, number[]>();

  add(model: string, ms: number): void {
    const samples = this.#samples.get(model) ?? [];
    samples.push(ms);
    if (samples.length > SAMPLES) samples.shift();
    this.#samples.set(model, samples);
  }

  /** In whole milliseconds; null before the first answer. */
  median(model: string): number | null {
    const samples = this.#samples.get(model);
    if (!samples) return null;
    const sorted = samples.toSorted((a, b) => a - b);
    const middle = sorted.length >> 1;
    const median = sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
    return Math.round(median);
  }
}
