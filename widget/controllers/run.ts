/** One answer from its request to its end, told as events of its conversation. Comes with what only an answer needs. */

import type { ChatMessage } from '../../server/protocol.ts';
import { answerEvents, type Resuming } from '../client/answer-events.ts';
import type { Delta } from '../client/delta.ts';
import { lostConnection } from '../client/network.ts';
import { requestBody } from '../client/request-body.ts';
import { sender, type SessionSettings, type Visit } from '../client/send.ts';
import type { AnswerEvent } from '../client/answer-parser.ts';
import type { Context, ContextLimits } from '../conversation/context.ts';
import type { ConversationEvent } from '../conversation/conversation.ts';
import { jsonBytes } from '../conversation/json-bytes.ts';
import { said } from '../conversation/said.ts';
import type { AssistantMessage, Failure, Message } from '../conversation/message.ts';
import type { Choice } from './choice.ts';
import { DeltaBatch } from './delta-batch.ts';
import type { ChatHost } from './hooks.ts';

/** The endpoint may also be any OpenAI-compatible server. */
export interface RunSettings extends SessionSettings {
  /** The one that the page names; absent, the server's default. */
  model?: string;
  /** What one request may have at most. */
  limits: ContextLimits;
  /** The server resumes streams, and knows a request again by its key. */
  resumes: boolean;
  /** The server passes on what a model thought before. */
  thinking?: boolean | undefined;
  /** All that the server says of itself. */
  all?: Record<string, unknown> | undefined;
  /** Tools of the page that the server allows, by name. */
  allowedTools?: readonly string[] | undefined;
}

export interface Run extends Readonly<RunSettings> {
  /** The model that the visitor has chosen. */
  readonly chosen?: Choice | undefined;
  /** The chat, which has what the page gives it. */
  readonly host: ChatHost;
  /** Its answer is the last of the messages. */
  readonly messages: readonly Message[];
  answer: AssistantMessage;
  /** Ends the run. What has arrived is told before `abort()` returns, and nothing after it. */
  readonly signal: AbortSignal;
  /** As it is by now. */
  conversation: Visit['conversation'];
  /** Set where there are tools: what else is in the request, and what the model is told last, and only now. */
  fields?: object;
  closing?: ChatMessage[];
  /** Set where tools are called: does that and goes on after the end of a request; false where that was the answer's end. */
  goOn?: (end: End) => Promise<boolean>;
  /** Set where the page wants to see an answer before it is complete. */
  receive?: (end: End) => Promise<void>;
}

export type Tell = (event: ConversationEvent) => void;
export type ExtraEvent = Extract<AnswerEvent, { type: 'extra' }>;

/** What an answer may begin with, or have in its midst, whose model thinks in the text of it. */
const THINKS = /^\s*<|<\/th/;

/** Where the text of an answer goes. */
export interface TextSink {
  add(delta: Delta): void;
  /** Shows all that there is; at the end also what might have been half of something. */
  flush(isEnd?: boolean): void;
}

export type End = Pick<Extract<ConversationEvent, { type: 'completed' }>, 'finishReason' | 'usage'>;

/** Never throws. A `completed`, `failed` or `stopped` is the last that it tells, unless it is aborted. */
export async function runAnswer(run: Run, tell: Tell): Promise<void> {
  const { endpoint, signal } = run;
  const model = modelOf(run);
  const answerId = run.answer.id;
  const context = await contextOf(run, tell).catch(() => ({ code: lostConnection() }));
  if (signal.aborted) return;
  if ('code' in context) return tell({ type: 'failed', answerId, failure: context });
  const { answer } = run;
  if (context.omitted > 0) tell({ type: 'omitted', answerId, count: context.omitted });
  const batch = new DeltaBatch(delta => tell({ type: 'delta', answerId, at: Date.now(), ...delta }));
  let text: TextSink = batch;
  signal.addEventListener('abort', () => text.flush());
  const end: End = {};
  let hasBegun = false;
  const events = answerEvents({
    endpoint,
    model: context.model ?? model,
    messages: context.messages,
    fields: run.fields,
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
        text.flush();
        tell({ type: 'reconnecting', answerId });
        break;
      case 'delta':
        if (text === batch && (answer.stream?.tag !== undefined || THINKS.test(event.content!)))
          text = (await loadFacts())?.splitThinking(run, batch, tell) ?? batch;
        if (signal.aborted) return;
        text.add(event);
        break;
      case 'extra': {
        text.flush();
        const facts = await loadFacts();
        if (!signal.aborted) await facts?.takeExtra(event, run, tell);
        break;
      }
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
        text.flush(true);
        if (await run.goOn?.(end)) return;
        await run.receive?.(end);
        if (signal.aborted) return;
        tell({ type: 'completed', answerId, ...end });
        break;
      case 'failed':
        text.flush(true);
        if (event.failure.code === 'model_not_allowed' && model !== run.model) {
          const instead = await import('./default-model.ts').catch(() => undefined);
          if (signal.aborted) return;
          if (instead) return runAnswer(instead.withDefault(run, tell), tell);
        }
        // It goes out when the network is back.
        if (event.failure.code === 'offline' && !hasBegun) tell({ type: 'waiting', answerId });
        else tell(failed(run, event.failure, end));
        break;
      default:
        event satisfies never;
    }
  }
}

export function modelOf({ answer, chosen, model }: Run): string | undefined {
  return answer.asks ?? chosen?.id ?? model;
}

/** All of the conversation, mostly; what else it may be is made by a part that is loaded for it. */
async function contextOf(run: Run, tell: Tell): Promise<Context | Failure> {
  const { messages, answer, host, thinking } = run;
  const all = said(messages, thinking);
  const hasMore =
    host.tools ||
    host.beforeSend ||
    host.afterReceive ||
    answer.rounds ||
    answer.continues ||
    messages.some(message => 'attachments' in message);
  if (!hasMore && fits(all, run)) return { messages: all, omitted: 0 };
  return (await import('./context-of.ts')).contextOf(run, tell);
}

export function fits(messages: readonly ChatMessage[], run: Run): boolean {
  const { limits, fields } = run;
  return (
    messages.length <= limits.messages &&
    jsonBytes(requestBody(modelOf(run), messages, fields)) <= limits.bodyBytes
  );
}

/** What few answers need, and the others at their end. */
function loadFacts() {
  return import('../answer-facts.ts').catch(() => undefined);
}

function failed(run: Run, failure: Failure, end: End): ConversationEvent {
  const { id: answerId, continues } = run.answer;
  const asked = modelOf(run);
  if (failure.code === 'stopped') return { type: 'stopped', answerId };
  // A model that was to continue and says nothing had said it all.
  if (failure.code === 'empty_answer' && continues) return { type: 'completed', answerId, ...end };
  return { type: 'failed', answerId, failure: asked ? { ...failure, asked } : failure };
}

function loadResuming(): Promise<Resuming> {
  return import('../resuming.ts').then(({ resuming }) => resuming);
}
