/** What those who read an answer are told of how it went. */

import type { Model } from '../config/models.ts';
import type { Outcome } from '../generations/generation.ts';
import type { AnswerFigures } from '../protocol.ts';
import { type Cost, costOf, usedBy } from './cost.ts';

/** @param models the one that was asked for, and those that stand in for it */
export function figuresOf(outcome: Outcome, models: readonly Model[]): AnswerFigures {
  const { ttftMs, durationMs } = outcome;
  return {
    ttft_ms: ttftMs === null ? null : Math.round(ttftMs),
    duration_ms: Math.round(durationMs),
    cost: totalCost(outcome, models),
  };
}

/** Null where a part of it is not known: what is said is all that it cost. */
function totalCost(outcome: Outcome, models: readonly Model[]): Cost | null {
  if (!outcome.usage) return null;
  const costs = usedBy(models, outcome).map(({ model, usage }) => costOf(usage, model.price));
  return costs.reduce((sum, cost) =>
    sum && cost?.currency === sum.currency ? { ...sum, amount: sum.amount + cost.amount } : null,
  );
}
