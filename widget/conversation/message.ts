/** A message of a conversation, as the widget holds it. */

import type { ErrorCode, Usage } from '../../server/protocol.ts';

/** `waiting`: asked, and not sent yet, as there is no network or another answer is in the making. */
export type MessageStatus = 'waiting' | 'pending' | 'streaming' | 'complete' | 'stopped' | 'failed';

/** What went wrong with an answer. The words for it are chosen where it is shown. */
export interface Failure {
  /**
   * A code of the wire; or what only the client can see: no network, a cut connection, an answer that is no longer kept,
   * rubbish, nothing at all.
   */
  code: ErrorCode | 'offline' | 'disconnected' | 'forgotten' | 'bad_answer' | 'empty_answer';
  /** When a retry makes sense, as a time of `Date.now()`; absent where the server named none. */
  retryAt?: number;
}

export interface UserMessage {
  id: string;
  role: 'user';
  content: string;
  /** When it was made, as a time of `Date.now()`. Absent in what older widgets have kept. */
  at?: number;
}

export interface AssistantMessage {
  id: string;
  role: 'assistant';
  content: string;
  /** The model's thinking, apart from its answer. */
  reasoning: string;
  status: MessageStatus;
  /** When it was first asked for, as a time of `Date.now()`. Absent in what older widgets have kept. */
  at?: number;
  /** Its request's name: asked under it again, the server gives the same answer. Absent in what older widgets have kept. */
  key?: string;
  /** Where the server has the rest of it, and the number of the last event that is in it. */
  stream?: { id: string; last: number };
  /** It goes on after what another request has brought of it. */
  continues?: boolean;
  /** Its connection broke, and is being made again. */
  reconnecting?: boolean;
  /** Why the model ended, in the upstream's word: `stop`, `length`, `content_filter` … */
  finishReason?: string;
  /** The model that is asked, where the visitor chose one for this answer. */
  asks?: string;
  /** The model that answered, as the upstream names it. */
  model?: string;
  usage?: Usage;
  failure?: Failure;
  /** How many of the oldest messages were left out of what was sent, so that it fits. */
  omitted?: number;
}

export type Message = UserMessage | AssistantMessage;
