/** The times to first token seen lately, by model, so that visitors can choose by them. */

import type { EndedAnswer, Observer } from './observer.ts';
import { quantile } from './quantile.ts';

const SAMPLES = 20;

export class TtftRecord implements Observer {
  readonly #samples = new Map<string, number[]>();

  answerEnded({ model, outcome }: EndedAnswer): void {
    if (outcome.ttftMs === null) return;
    const samples = this.#samples.get(model.id) ?? [];
    samples.push(outcome.ttftMs);
    if (samples.length > SAMPLES) samples.shift();
    this.#samples.set(model.id, samples);
  }

  /** In whole milliseconds; null before the first answer. */
  median(model: string): number | null {
    const median = quantile(this.#samples.get(model) ?? [], 0.5);
    return median === null ? null : Math.round(median);
  }
}
