/** One answer from its request to its end, told as events of its conversation. Comes with what only an answer needs. */

import type { ChatMessage } from '../../server/protocol.ts';
import { answerEvents, type Resuming } from '../client/answer-events.ts';
import { lostConnection } from '../client/network.ts';
import { requestBody } from '../client/request-body.ts';
import { sender, type SessionSettings, type Visit } from '../client/send.ts';
import type { Context, ContextLimits } from '../conversation/context.ts';
import type { ConversationEvent } from '../conversation/conversation.ts';
import { jsonBytes } from '../conversation/json-bytes.ts';
import { said } from '../conversation/said.ts';
import type { AssistantMessage, Failure, Message } from '../conversation/message.ts';
import { DeltaBatch } from './delta-batch.ts';

/** The endpoint may also be any OpenAI-compatible server. */
export interface RunSettings extends SessionSettings {
  model?: string;
  /** What one request may have at most. */
  limits: ContextLimits;
  /** The server resumes streams, and knows a request again by its key. */
  resumes: boolean;
}

export interface Run extends Readonly<RunSettings> {
  /** Its answer is the last of the messages. */
  readonly messages: readonly Message[];
  readonly answer: AssistantMessage;
  /** Ends the run. What has arrived is told before `abort()` returns, and nothing after it. */
  readonly signal: AbortSignal;
  /** As it is by now. */
  conversation: Visit['conversation'];
}

/** Asks the model to go on with an answer that was cut. Sent after it, never shown. */
const CONTINUATION: ChatMessage = {
  role: 'user',
  content: 'Continue exactly where you stopped. Do not repeat anything.',
};

type End = Pick<Extract<ConversationEvent, { type: 'completed' }>, 'finishReason' | 'usage'>;

/** Never throws. A `completed`, `failed` or `stopped` is the last that it tells, unless it is aborted. */
export async function runAnswer(run: Run, tell: (event: ConversationEvent) => void): Promise<void> {
  const { answer, endpoint, signal } = run;
  const model = modelOf(run);
  const answerId = answer.id;
  const context = await contextOf(run).catch(() => undefined);
  if (signal.aborted) return;
  if (!context) return tell({ type: 'failed', answerId, failure: { code: lostConnection() } });
  if (context === 'too_long') return tell({ type: 'failed', answerId, failure: { code: 'length_exceeded' } });
  if (context.omitted > 0) tell({ type: 'omitted', answerId, count: context.omitted });
  const batch = new DeltaBatch(delta => tell({ type: 'delta', answerId, ...delta }));
  signal.addEventListener('abort', () => batch.flush());
  const end: End = {};
  let hasBegun = false;
  const events = answerEvents({
    endpoint,
    model,
    messages: context.messages,
    ...(run.resumes && { key: answer.key }),
    ...(answer.stream && { stream: { ...answer.stream } }),
    signal,
    send: sender({ ...run, keep: (session, instead) => tell({ type: 'authorized', session, instead }) }),
    loadResuming,
  });
  for await (const event of events) {
    // Stopped or cleared while this was on its way: the answer is not this run's any more.
    if (signal.aborted) return;
    switch (event.type) {
      case 'opened':
        hasBegun = true;
        if (run.resumes) tell({ type: 'opened', answerId, streamId: event.streamId });
        break;
      case 'reconnecting':
        batch.flush();
        tell({ type: 'reconnecting', answerId });
        break;
      case 'delta':
        batch.add(event);
        break;
      case 'read':
        await batch.rest();
        break;
      case 'finish':
        end.finishReason = event.reason;
        break;
      case 'usage':
        end.usage = event.usage;
        break;
      case 'done':
        batch.flush();
        tell({ type: 'completed', answerId, ...end });
        break;
      case 'failed':
        batch.flush();
        // It goes out when the network is back.
        if (event.failure.code === 'offline' && !hasBegun) tell({ type: 'waiting', answerId });
        else tell(failed(run, event.failure, end));
        break;
      default:
        event satisfies never;
    }
  }
}

function modelOf({ answer, model }: Run): string | undefined {
  return answer.asks ?? model;
}

/** All of the conversation; what chooses from a long one is loaded for that. */
async function contextOf(run: Run): Promise<Context | 'too_long'> {
  const { messages, answer, limits } = run;
  const model = modelOf(run);
  const closing = answer.continues ? [CONTINUATION] : [];
  const all = [...said(messages), ...closing];
  const isAll = all.length <= limits.messages && jsonBytes(requestBody(model, all)) <= limits.bodyBytes;
  if (isAll) return { messages: all, omitted: 0 };
  const { fitContext } = await import('../conversation/context.ts');
  const envelope = jsonBytes(requestBody(model, [])) - jsonBytes([]);
  return fitContext(messages, { ...limits, bodyBytes: limits.bodyBytes - envelope }, closing);
}

function failed({ answer: { id: answerId, continues } }: Run, failure: Failure, end: End): ConversationEvent {
  if (failure.code === 'stopped') return { type: 'stopped', answerId };
  // A model that was to continue and says nothing had said it all.
  if (failure.code === 'empty_answer' && continues) return { type: 'completed', answerId, ...end };
  return { type: 'failed', answerId, failure };
}

function loadResuming(): Promise<Resuming> {
  return import('../resuming.ts').then(({ resuming }) => resuming);
}
