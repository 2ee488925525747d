/** The answer of a conversation that waits for one, as events of that conversation. */

import { withAttachments } from '../conversation/attachment.ts';
import { type ContextLimits, fitContext } from '../conversation/context.ts';
import { type Conversation, type ConversationEvent, isLive } from '../conversation/conversation.ts';
import type { AssistantMessage, Message } from '../conversation/message.ts';
import { said } from '../conversation/said.ts';
import { annotationsOf } from './annotations.ts';
import type { Attention } from './attention.ts';
import { LEFT } from './left.ts';
import { streamAnswer, type StreamedEvent, type StreamOptions } from './stream-answer.ts';

export interface TurnOptions extends StreamOptions {
  /** What one request may have at most, as the proxy's settings have it; the oldest turns are left out beyond. */
  limits?: ContextLimits | undefined;
}

const LIMITS: ContextLimits = { messages: 100, bodyBytes: 1_000_000 };
/** Of a request besides its messages, generously. */
const ENVELOPE_BYTES = 10_000;

/**
 * Answers what waits in a conversation, or goes on with what is in the making; each event is to be applied to it. Never
 * throws: every failure is an event. The last one is `completed`, `failed` or `stopped`, unless it was left.
 */
export async function* streamTurn(
  conversation: Conversation,
  { limits = LIMITS, ...options }: TurnOptions,
  attention: Attention,
): AsyncGenerator<ConversationEvent, void> {
  const index = conversation.messages.findIndex(isUnanswered);
  const answer = conversation.messages[index] as AssistantMessage | undefined;
  if (!answer) return;
  const answerId = answer.id;
  yield { type: 'sent', answerId, at: Date.now() };
  const { messages } = withAttachments(conversation.messages.slice(0, index), undefined, options.model);
  const context = fitContext(said(messages), { ...limits, bodyBytes: limits.bodyBytes - ENVELOPE_BYTES });
  if (typeof context === 'string') return yield { type: 'failed', answerId, failure: { code: context } };
  if (context.omitted > 0) yield { type: 'omitted', answerId, count: context.omitted };
  const told = new ToldAnswer(answer);
  const events = streamAnswer(
    { ...options, messages: context.messages, key: answer.key, stream: answer.stream },
    attention,
  );
  for await (const event of events) yield* told.take(event);
  if (!told.hasEnded && options.signal?.reason !== LEFT) yield { type: 'stopped', answerId };
}

function isUnanswered(message: Message): boolean {
  return isLive(message) || (message.role === 'assistant' && message.status === 'waiting');
}

/** From the events of a stream to those of a conversation. */
class ToldAnswer {
  hasEnded = false;
  readonly #answerId: string;
  #sources: AssistantMessage['sources'];
  #end: Pick<Extract<ConversationEvent, { type: 'completed' }>, 'finishReason' | 'usage'> = {};

  constructor({ id, sources }: AssistantMessage) {
    this.#answerId = id;
    this.#sources = sources;
  }

  take(event: StreamedEvent): ConversationEvent[] {
    const answerId = this.#answerId;
    switch (event.type) {
      case 'opened':
        return [{ type: 'opened', answerId, streamId: event.streamId }];
      case 'reconnecting':
        return [{ type: 'reconnecting', answerId }];
      case 'delta':
        return [{ ...event, answerId, at: Date.now() }];
      case 'extra': {
        const annotations = annotationsOf(event.json, { sources: this.#sources });
        this.#sources = annotations?.sources ?? this.#sources;
        return annotations ? [{ type: 'annotated', answerId, annotations }] : [];
      }
      case 'finish':
        this.#end = { ...this.#end, finishReason: event.reason };
        return [];
      case 'usage':
        this.#end = { ...this.#end, usage: event.usage };
        return [];
      case 'done':
        this.hasEnded = true;
        return [{ type: 'completed', answerId, ...this.#end }];
      case 'failed':
        this.hasEnded = true;
        return event.failure.code === 'stopped'
          ? [{ type: 'stopped', answerId }]
          : [{ type: 'failed', answerId, failure: event.failure }];
      default:
        return event satisfies never;
    }
  }
}
