/** How an answer went, as the proxy says it. Nothing of it is trusted. Pure. */

import type { Figures } from '../conversation/message.ts';
import { at, text } from './completion.ts';

/** Undefined where an event says nothing of it. */
export function readFigures(json: unknown): Figures | undefined {
  const said = at(json, 'rivulet');
  const ttftMs = count(at(said, 'ttft_ms'));
  const durationMs = count(at(said, 'duration_ms'));
  const amount = count(at(at(said, 'cost'), 'amount'));
  const currency = text(at(at(said, 'cost'), 'currency'));
  if (durationMs === undefined) return undefined;
  return {
    ...(ttftMs !== undefined && { ttftMs }),
    durationMs,
    ...(amount !== undefined && /^[A-Z]{3}$/.test(currency) && { cost: { amount, currency } }),
  };
}

function count(value: unknown): number | undefined {
  return typeof value === 'number' && value >= 0 && value < Infinity ? value : undefined;
}
