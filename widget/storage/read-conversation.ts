/**
 * Reads a conversation that was kept, by whatever wrote it. A message that cannot be read is left out, and of a message
 * what can be read is.
 */

import type { Branch, Conversation, Session } from '../conversation/conversation.ts';
import { failureCodes } from '../conversation/failure-codes.ts';
import type { AssistantMessage, Failure, Message, UserMessage } from '../conversation/message.ts';
import { count, flag, oneOf, own, type Readers, readFields, text } from './read-fields.ts';

export function readConversation(value: unknown): Conversation | undefined {
  const conversation = readFields(value, conversationReaders);
  return conversation.id && conversation.messages ? (conversation as Conversation) : undefined;
}

const conversationReaders: Readers<Conversation> = {
  id: text,
  messages: readMessages,
  aside: readBranches,
  session: readSession,
};

function readSession(value: unknown): Session | undefined {
  const { endpoint, token } = readFields(value, sessionReaders);
  return endpoint && token ? { endpoint, token } : undefined;
}

const sessionReaders: Readers<Session> = { endpoint: text, token: text };

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

const failureReaders: Readers<Failure> = {
  code: oneOf(...(Object.keys(failureCodes) as Array<Failure['code']>)),
  retryAt: count,
};
