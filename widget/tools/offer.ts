/** What a request says of the page's tools: those that are offered, and what was called of them before. */

import type { ChatMessage } from '../../server/protocol.ts';
import type { Failure, ToolRound } from '../conversation/message.ts';
import { interrupted, isUnsettled, MOST_ROUNDS, openRound } from '../conversation/rounds.ts';
import type { Sayable, said } from '../conversation/said.ts';
import { told } from '../conversation/told.ts';
import type { Run, Tell } from '../controllers/run.ts';
import { offeredTools, onWire } from './offered-tools.ts';
import { goOn } from './rounds.ts';

/**
 * Makes the run one with tools, and gives all that the model is told. It cannot go on where calls were running of which
 * nobody knows how far they came.
 * @param messages what was said, with what is attached
 * @param say what is told of messages without calls
 */
export function offer(
  run: Run,
  messages: readonly Sayable[],
  tell: Tell,
  say: typeof said,
): ChatMessage[] | Failure['code'] {
  run.goOn = end => goOn(run, tell, end);
  // It is needed in the middle of the answer, when there may be no network for it.
  import('../answer-facts.ts').catch(() => {});
  const rounds = prepared(run, tell);
  if (rounds.some(({ calls }) => calls.some(isUnsettled))) {
    tell({ type: 'annotated', answerId: run.answer.id, annotations: { rounds: interrupted(rounds) } });
    return 'interrupted';
  }
  const tools = offeredTools(run);
  const names = new Set(tools.map(({ name }) => name));
  const isLast = rounds.length >= MOST_ROUNDS;
  run.fields = tools.length > 0 ? { tools: tools.map(onWire), ...(isLast && { tool_choice: 'none' }) } : {};
  run.closing = closing(run, rounds, names).map(content => ({ role: 'user', content }));
  return told(messages, say, names, run.thinking);
}

/**
 * The rounds that have come whole. One that was still being written goes on where its stream is resumed, and comes anew
 * where it is not. What is asked after a round has a stream and a name of its own; the name is made of the first one's, so
 * that whoever goes on with the answer asks for the same.
 */
function prepared(run: Run, tell: Tell): readonly ToolRound[] {
  const { stream, ...answer } = run.answer;
  const { rounds = [], key } = answer;
  const whole = rounds.filter(({ isWhole }) => isWhole);
  const isOfLast = stream !== undefined && stream.id === rounds.at(-1)?.from?.id;
  const open = openRound(rounds);
  if (open && !isOfLast) tell({ type: 'annotated', answerId: answer.id, annotations: { rounds: whole } });
  run.answer = {
    ...answer,
    ...(key && whole.length > 0 && { key: `${key}-${whole.length}` }),
    ...(stream && (open || !isOfLast) && { stream }),
  };
  return whole;
}

/** Where the answer goes on after a round, what its results could not say. */
function closing({ answer }: Run, rounds: readonly ToolRound[], names: ReadonlySet<string>): string[] {
  const last = rounds.at(-1);
  if (!last || answer.content.slice(last.at).trim()) return [];
  const unknown = last.calls.filter(({ name }) => !names.has(name)).map(({ name }) => name);
  return [
    ...(unknown.length > 0 ? [`There is no function ${unknown.join(', ')} here. Answer without it.`] : []),
    ...(rounds.length >= MOST_ROUNDS
      ? ['You cannot call more functions now. Answer with what you know.']
      : []),
  ];
}
