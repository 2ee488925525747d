/**
 * `rivulet-chat/client`: answers for an interface of your own, in a browser and in Node. They stream, go on where they were when
 * their connection breaks, and end when they are stopped.
 */

import type { Attention } from './client/attention.ts';
import { steadyAttention } from './client/steady-attention.ts';
import { type AnswerOptions, streamAnswer as stream, type StreamedEvent } from './client/stream-answer.ts';
import { streamTurn as turn, type TurnOptions } from './client/stream-turn.ts';
import { attention as pageAttention } from './controllers/attention.ts';
import type { Conversation, ConversationEvent } from './conversation/conversation.ts';

/** A page waits while nobody looks at it. */
const attention: Attention = typeof document === 'undefined' ? steadyAttention : pageAttention;

/**
 * Asks for an answer. Never throws: every failure is an event. Exactly one `done` or `failed` is the last, unless it was
 * aborted. Whoever leaves the loop over it stops the answer.
 */
export function streamAnswer(options: AnswerOptions): AsyncGenerator<StreamedEvent, void> {
  return stream(options, attention);
}

/**
 * Answers what waits in a conversation of `rivulet-chat/conversation`: each event is to be applied to it. Never throws. The last
 * event is `completed`, `failed` or `stopped`, unless it was aborted with `LEFT`.
 */
export function streamTurn(
  conversation: Conversation,
  options: TurnOptions,
): AsyncGenerator<ConversationEvent, void> {
  return turn(conversation, options, attention);
}

export type { ChatMessage, ContentPart, ErrorCode, Usage } from '../server/protocol.ts';
export type { StreamPlace } from './client/answer-events.ts';
export { LEFT } from './client/left.ts';
export type { Send } from './client/send.ts';
export type { AnswerOptions, StreamedEvent, StreamOptions } from './client/stream-answer.ts';
export type { TurnOptions } from './client/stream-turn.ts';
