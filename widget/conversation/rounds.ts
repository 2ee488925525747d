/** Where the calls of an answer stand. Pure. */

import type { ToolCall, ToolRound } from './message.ts';

/** An answer may call so often, or it might never end. */
export const MOST_ROUNDS = 8;

/** Whether nobody knows yet how it ends. */
export function isUnsettled({ status }: ToolCall): boolean {
  return status === 'written' || status === 'asked' || status === 'running';
}

/** What had not ended will not: nobody knows how far it came. */
export function interrupted(rounds: readonly ToolRound[]): readonly ToolRound[] {
  return rounds.map(round => ({
    ...round,
    calls: round.calls.map(call => (isUnsettled(call) ? { ...call, status: 'interrupted' } : call)),
  }));
}

/** The one that is being written, if there is one. */
export function openRound(rounds: readonly ToolRound[] = []): ToolRound | undefined {
  const last = rounds.at(-1);
  return last?.isWhole ? undefined : last;
}
