/** An answer with calls: they are gathered as it streams, run when it has ended, and then it goes on with their results. */

import { addCallPieces, hasCalls } from '../client/call-pieces.ts';
import { LEFT } from '../client/left.ts';
import type { End, ExtraEvent, Run, Tell } from '../controllers/run.ts';
import type { AssistantMessage, ToolCall, ToolRound } from '../conversation/message.ts';
import { newId } from '../conversation/new-id.ts';
import { interrupted, isUnsettled, MOST_ROUNDS, openRound } from '../conversation/rounds.ts';
import { loadAnswering } from '../load-answering.ts';
import { offeredTools } from './offered-tools.ts';
import { runCall } from './run-call.ts';
import { showElement } from './shown-elements.ts';

/** While calls are written, what there is of them is told so often. */
const TELL_MS = 100;

/** What has come of a round, and when it was told. */
const writing = new WeakMap<Run, { round: ToolRound; toldAt: number }>();

/** Takes what an event has of calls. */
export function takeCalls({ number, json }: ExtraEvent, run: Run, tell: Tell): void {
  const answer = answerOf(run);
  if (!answer || !hasCalls(json)) return;
  // Also on a page that has offered nothing: another one of the site may have, and was left.
  run.goOn ??= end => goOn(run, tell, end);
  const begun = writing.get(run) ?? { round: openRound(answer.rounds) ?? newRound(answer, tell), toldAt: 0 };
  const { calls, from } = begun.round;
  // A stream that is resumed may bring again what is here.
  if (number !== null && from && number <= from.last) return;
  const { stream } = answer;
  const round: ToolRound = {
    ...begun.round,
    calls: addCallPieces(calls, json),
    ...(stream && number !== null && { from: { id: stream.id, last: number } }),
  };
  const now = performance.now();
  const isDue = now - begun.toldAt >= TELL_MS;
  writing.set(run, { round, toldAt: isDue ? now : begun.toldAt });
  if (isDue) tellRounds(run, tell, [...wholeRounds(answer), round]);
}

/**
 * Runs what an answer has called and lets it go on, to its end; false where it has called nothing, or its calls cannot run.
 * @param end why the model ended, and what it has used
 */
export async function goOn(run: Run, tell: Tell, end: End): Promise<boolean> {
  const answer = answerOf(run);
  const open = writing.get(run)?.round ?? openRound(answer?.rounds);
  if (!answer || !open) return false;
  const earlier = wholeRounds(answer);
  const round: ToolRound = { ...open, calls: withIds(open.calls), isWhole: true };
  const isCut = end.finishReason === 'length' || end.finishReason === 'content_filter';
  if (isCut || earlier.length >= MOST_ROUNDS) {
    // What was cut stays what is not whole: no model is told of it.
    tellRounds(run, tell, [...earlier, isCut ? open : tooMany(round)]);
    return false;
  }
  tellRounds(run, tell, [...earlier, round]);
  tellUsed(run, tell, answer, end);
  await runCalls(run, tell, earlier.length);
  if (!run.signal.aborted) await runNext(run, tell);
  return true;
}

/** What waited for the visitor when its page was left has not run: they are asked again, and it does what they say. */
export async function askAgain(run: Run, tell: Tell): Promise<void> {
  const rounds = wholeRounds(run.answer);
  const open = rounds.flatMap(({ calls }) => calls.filter(isUnsettled));
  if (open.length === 0 || open.some(({ status }) => status !== 'asked')) return;
  await runCalls(run, tell, rounds.length - 1);
  run.answer = { ...run.answer, rounds: answerOf(run)?.rounds };
}

/** What the round has used: what is known of the answer's last request is now of one before. */
function tellUsed({ answer: { id } }: Run, tell: Tell, answer: AssistantMessage, { usage }: End): void {
  const { earlier = [], figures } = answer;
  const used = { ...(usage && { usage }), ...(figures && { figures }) };
  tell({ type: 'annotated', answerId: id, annotations: { earlier: [...earlier, used], figures: undefined } });
}

/** Those that have not ended, all at the same time. Also fulfilled when the run is aborted, whatever the tools do. */
function runCalls(run: Run, tell: Tell, index: number): Promise<unknown> {
  const { host, signal, conversation } = run;
  const answerId = run.answer.id;
  const rounds = () => answerOf(run)?.rounds ?? [];
  const caller = {
    ...{ host, answerId, signal },
    tool: (name: string) => offeredTools(run).find(tool => tool.name === name),
    show: (element: Element) => showElement(host, element, conversation),
  };
  const running = (rounds()[index]?.calls ?? []).map(
    (call, place) =>
      isUnsettled(call) &&
      runCall(call, caller, change => tellRounds(run, tell, withChange(rounds(), index, place, change))),
  );
  const aborted = new Promise<void>(resolve =>
    signal.addEventListener('abort', () => {
      // Whoever goes on with the answer elsewhere finds them as they are.
      if (signal.reason !== LEFT) tellRounds(run, tell, interrupted(rounds()));
      resolve();
    }),
  );
  return Promise.race([Promise.all(running), aborted]);
}

function withChange(
  rounds: readonly ToolRound[],
  index: number,
  place: number,
  change: Partial<ToolCall>,
): readonly ToolRound[] {
  const round = rounds[index];
  const call = round?.calls[place];
  if (!round || !call) return rounds;
  return rounds.with(index, { ...round, calls: round.calls.with(place, { ...call, ...change }) });
}

async function runNext(run: Run, tell: Tell): Promise<void> {
  const { messages } = run.conversation();
  const index = messages.findIndex(({ id }) => id === run.answer.id);
  const answer = answerOf(run);
  if (!answer) return;
  // It has run already, and is here.
  const { runAnswer } = await loadAnswering();
  await runAnswer({ ...run, messages: messages.slice(0, index + 1), answer }, tell);
}

function answerOf({ conversation, answer: { id } }: Run): AssistantMessage | undefined {
  const answer = conversation().messages.find(message => message.id === id);
  return answer?.role === 'assistant' ? answer : undefined;
}

function wholeRounds({ rounds = [] }: AssistantMessage): readonly ToolRound[] {
  return rounds.filter(({ isWhole }) => isWhole);
}

/** What is said after it begins a paragraph of its own. */
function newRound({ id, content }: AssistantMessage, tell: Tell): ToolRound {
  const gap = content.trim() === '' || content.endsWith('\n\n') ? '' : '\n\n';
  if (gap) tell({ type: 'delta', answerId: id, content: gap });
  return { at: content.length + gap.length, calls: [] };
}

/** Results are told by them: each call has one, and no two the same. */
function withIds(calls: readonly ToolCall[]): readonly ToolCall[] {
  const ids = new Set<string>();
  return calls.map(({ index: _, ...call }) => {
    const id = call.id && !ids.has(call.id) ? call.id : newId();
    ids.add(id);
    return { ...call, id };
  });
}

function tooMany(round: ToolRound): ToolRound {
  const calls = round.calls.map(call => ({
    ...call,
    status: 'failed' as const,
    reason: 'too_many_rounds' as const,
    result: `Not run: an answer may call functions ${MOST_ROUNDS} times.`,
  }));
  return { ...round, calls };
}

function tellRounds({ answer: { id } }: Run, tell: Tell, rounds: readonly ToolRound[]): void {
  tell({ type: 'annotated', answerId: id, annotations: { rounds } });
}
