/** What an answer has used of its client's tokens: as its upstream counted, or else by our own count of what was said. */

import { ApiError, isFailure } from '../errors.ts';
import type { EventLog } from '../generations/event-log.ts';
import type { Outcome } from '../generations/generation.ts';
import type { Usage } from '../protocol.ts';
import { saidMessage } from '../responses/json-answer.ts';
import { estimateTokens } from './tokens.ts';

/**
 * An answer that was cut counts by what was said, whatever count had come by then: upstreams count at the end, and who
 * leaves just before has read it all the same. What failed by itself before its first token costs what the upstream says.
 * @param prompt estimated tokens of what was asked
 */
export function usedTokens({ model, failed, usage, error }: Outcome, log: EventLog, prompt: number): number {
  const before = failed.reduce((sum, attempt) => sum + (countOf(attempt.usage) ?? 0), 0);
  // A model that is too slow has worked all the same.
  if (model === null && isFailure(error) && error.code !== 'upstream_timeout') return before;
  const counted = countOf(usage);
  if (error === null && counted !== null) return before + counted;
  return before + Math.max(counted ?? 0, prompt + saidTokens(log));
}

/** Thoughts that only the total has are among it. Null where the count is none, or says nothing of the answer. */
function countOf(usage: Usage | null): number | null {
  if (!usage) return null;
  const { prompt_tokens: prompt, completion_tokens: completion, total_tokens: total } = usage;
  if (![prompt, completion].every(tokens => Number.isSafeInteger(tokens) && tokens >= 0)) return null;
  if (completion === 0) return null;
  return Math.max(prompt + completion, Number.isSafeInteger(total) ? total : 0);
}

function saidTokens(log: EventLog): number {
  try {
    const { role: _, ...said } = saidMessage(log);
    const texts = Object.values(said).filter(part => part !== null);
    return texts.reduce<number>((sum, part) => sum + estimateTokens(textOf(part)), 0);
  } catch (thrown) {
    if (!(thrown instanceof ApiError)) throw thrown;
    // It cannot be read: most upstreams send a token in each event.
    return log.last;
  }
}

function textOf(part: unknown): string {
  return typeof part === 'string' ? part : JSON.stringify(part);
}
