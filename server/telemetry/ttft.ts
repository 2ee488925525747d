/** The times to first token seen lately, by model, so that visitors can choose by them. */

import { answeringModel, type EndedAnswer, type Observer } from './observer.ts';
import { quantile } from './quantile.ts';

const SAMPLES = 20;

export class TtftRecord implements Observer {
  readonly #samples = new Map<string, number[]>();

  answerEnded({ models, outcome }: EndedAnswer): void {
    // A time that has the failures of others in it is no model's own.
    if (outcome.ttftMs === null || outcome.failed.length > 0) return;
    const { id } = answeringModel({ models, outcome });
    const samples = this.#samples.get(id) ?? [];
    samples.push(outcome.ttftMs);
    if (samples.length > SAMPLES) samples.shift();
    this.#samples.set(id, samples);
  }

  /** In whole milliseconds; null before the first answer. */
  median(model: string): number | null {
    const median = quantile(this.#samples.get(model) ?? [], 0.5);
    return median === null ? null : Math.round(median);
  }
}
