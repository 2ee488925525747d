/**
 * Reads a conversation that was kept, by whatever wrote it. A message that cannot be read is left out, and of a message
 * what can be read is.
 */

import type { Branch, Conversation } from '../conversation/conversation.ts';
import type { AssistantMessage, Failure, Message, UserMessage } from '../conversation/message.ts';
import { count, flag, oneOf, own, type Readers, readFields, text } from './read-fields.ts';

export function readConversation(value: unknown): Conversation | undefined {
  const conversation = readFields(value, conversationReaders);
  return conversation.id && conversation.messages ? (conversation as Conversation) : undefined;
}

const conversationReaders: Readers<Conversation> = { id: text, messages: readMessages, aside: readBranches };

function readBranches(value: unknown): Branch[] | undefined {
  return Array.isArray(value) ? value.flatMap(branch => readBranch(branch) ?? []) : undefined;
}

function readBranch(value: unknown): Branch | undefined {
  const after = own(value, 'after');
  const messages = readMessages(own(value, 'messages'));
  const isWhole = messages && messages.length > 0 && (after === null || typeof after === 'string');
  return isWhole ? { after, messages } : undefined;
}

function readMessages(value: unknown): Message[] | undefined {
  if (!Array.isArray(value)) return undefined;
  // Of two messages with one id the first is taken: whoever shows them goes by their ids.
  const messages = new Map<string, Message>();
  for (const message of value.map(readMessage))
    if (message && !messages.has(message.id)) messages.set(message.id, message);
  return [...messages.values()];
}

function readMessage(value: unknown): Message | undefined {
  const message =
    own(value, 'role') === 'user' ? readFields(value, userReaders) : readFields(value, assistantReaders);
  return message.id && message.role && message.content !== undefined ? (message as Message) : undefined;
}

const userReaders: Readers<UserMessage> = { id: text, role: oneOf('user'), content: text, at: count };

const assistantReaders: Readers<AssistantMessage> = {
  id: text,
  role: oneOf('assistant'),
  content: text,
  reasoning: value => text(value) ?? '',
  // An answer of which nobody knows how it ended never passes for complete.
  status: value =>
    oneOf('waiting', 'pending', 'streaming', 'complete', 'stopped', 'failed')(value) ?? 'stopped',
  at: count,
  finishReason: text,
  asks: text,
  model: text,
  usage(value) {
    const usage = readFields(value, usageReaders);
    return Object.keys(usage).length === 3 ? (usage as Usage) : undefined;
  },
  failure(value) {
    const { code, ...rest } = readFields(value, failureReaders);
    return code && { code, ...rest };
  },
  omitted: count,
  key: text,
  stream(value) {
    const { id, last } = readFields(value, streamReaders);
    return id !== undefined && last !== undefined ? { id, last } : undefined;
  },
  continues: flag,
  // Whoever has it now makes a connection of its own.
  reconnecting: () => undefined,
};

type Stream = NonNullable<AssistantMessage['stream']>;

const streamReaders: Readers<Stream> = { id: text, last: count };

type Usage = NonNullable<AssistantMessage['usage']>;

const usageReaders: Readers<Usage> = { prompt_tokens: count, completion_tokens: count, total_tokens: count };

/** All of them, or it would not compile: there are no words for any other. */
const codes: Record<Failure['code'], 1> = {
  invalid_request: 1,
  model_not_allowed: 1,
  length_exceeded: 1,
  unauthorized: 1,
  origin_not_allowed: 1,
  not_found: 1,
  payload_too_large: 1,
  too_many_streams: 1,
  rate_limited: 1,
  budget_exhausted: 1,
  upstream_rate_limited: 1,
  internal_error: 1,
  upstream_unauthorized: 1,
  upstream_error: 1,
  overloaded: 1,
  upstream_timeout: 1,
  interrupted: 1,
  stopped: 1,
  abandoned: 1,
  offline: 1,
  disconnected: 1,
  forgotten: 1,
  bad_answer: 1,
  empty_answer: 1,
};

const failureReaders: Readers<Failure> = {
  code: oneOf(...(Object.keys(codes) as Array<Failure['code']>)),
  retryAt: count,
};
