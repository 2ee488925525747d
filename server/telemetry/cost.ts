/** What answers cost, in the currency of their model's price, and how fast they were. */

import type { Model } from '../config/models.ts';
import type { Outcome } from '../generations/generation.ts';
import type { Price, Usage } from '../protocol.ts';

export interface Cost {
  amount: number;
  /** ISO 4217 code. */
  currency: string;
}

/** List price, without the discounts of a provider; null where the price or the count of tokens is not known. */
export function costOf(usage: Usage | null, price: Price | null): Cost | null {
  if (!usage || !price) return null;
  const millionths = usage.prompt_tokens * price.input + usage.completion_tokens * price.output;
  return { amount: millionths / 1_000_000, currency: currencyOf(price) };
}

/** What each attempt has used up, those that failed included. */
export function usedBy(models: readonly Model[], outcome: Outcome): Array<{ model: Model; usage: Usage }> {
  return [...outcome.failed, outcome].flatMap(({ model: id, usage }) => {
    const model = models.find(model => model.id === id);
    return model && usage ? [{ model, usage }] : [];
  });
}

export function currencyOf(price: Price): string {
  return price.currency ?? 'USD';
}

/** From the first token on; null where the upstream did not count, or gave all at once. */
export function tokensPerSecond({ ttftMs, durationMs, usage }: Outcome): number | null {
  if (!usage || ttftMs === null) return null;
  const ms = durationMs - ttftMs;
  return ms >= 1 && usage.completion_tokens > 1 ? (usage.completion_tokens / ms) * 1_000 : null;
}
