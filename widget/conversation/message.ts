/** A message of a conversation, as the widget holds it. */

import type { ErrorCode, Usage } from '../../server/protocol.ts';

export type MessageStatus = 'pending' | 'streaming' | 'complete' | 'stopped' | 'failed';

/** What went wrong with an answer. The words for it are chosen where it is shown. */
export interface Failure {
  /** A code of the wire; or what only the client can see: no network, a cut connection, rubbish, nothing at all. */
  code: ErrorCode | 'offline' | 'disconnected' | 'bad_answer' | 'empty_answer';
  /** When a retry makes sense, as a time of `Date.now()`; absent where the server named none. */
  retryAt?: number;
}

export interface UserMessage {
  id: string;
  role: 'user';
  content: string;
}

export interface AssistantMessage {
  id: string;
  role: 'assistant';
  content: string;
  /** The model's thinking, apart from its answer. */
  reasoning: string;
  status: MessageStatus;
  /** Why the model ended, in the upstream's word: `stop`, `length`, `content_filter` … */
  finishReason?: string;
  /** The model that answered, as the upstream names it. */
  model?: string;
  usage?: Usage;
  failure?: Failure;
  /** How many of the oldest messages were left out of what was sent, so that it fits. */
  omitted?: number;
}

export type Message = UserMessage | AssistantMessage;
