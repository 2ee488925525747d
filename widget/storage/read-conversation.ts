/**
 * Reads a conversation that was kept, by whatever wrote it. A message that cannot be read is left out, and of a message
 * what can be read is.
 */

import type { Branch, Conversation, Session } from '../conversation/conversation.ts';
import { failureCodes } from '../conversation/failure-codes.ts';
import type {
  AssistantMessage,
  Attachment,
  Cost,
  Failure,
  Figures,
  ImageAttachment,
  Message,
  Opinion,
  OneRequest,
  Source,
  TextAttachment,
  UserMessage,
} from '../conversation/message.ts';
import { readRounds } from './read-rounds.ts';
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

const userReaders: Readers<UserMessage> = {
  id: text,
  role: oneOf('user'),
  content: text,
  quote: text,
  attachments(value) {
    const attachments = Array.isArray(value) ? value.flatMap(one => readAttachment(one) ?? []) : [];
    return attachments.length > 0 ? attachments : undefined;
  },
  at: count,
};

function readAttachment(value: unknown): Attachment | undefined {
  const file = readFields(value, textReaders);
  if (Object.keys(file).length === 4) return file as TextAttachment;
  const image = readFields(value, imageReaders);
  // For the image itself there may have been no room.
  return Object.keys({ ...image, dataUrl: '' }).length === 7 ? (image as ImageAttachment) : undefined;
}

const textReaders: Readers<TextAttachment> = {
  id: text,
  type: oneOf('text', 'context'),
  name: text,
  text,
};

const imageReaders: Readers<ImageAttachment> = {
  id: text,
  type: oneOf('image'),
  name: text,
  alt: text,
  width: count,
  height: count,
  dataUrl: text,
};

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
  usage: readUsage,
  failure(value) {
    const { code, ...rest } = readFields(value, failureReaders);
    return code && { code, ...rest };
  },
  omitted: count,
  rounds: readRounds,
  sources: readSources,
  figures: readFigures,
  earlier(value) {
    const known = (request: unknown) => filled(readFields(request, requestReaders)) ?? [];
    const requests = Array.isArray(value) ? value.flatMap(known) : [];
    return requests.length > 0 ? requests : undefined;
  },
  sentAt: count,
  thoughtAt: count,
  saidAt: count,
  heardAt: count,
  resumed: count,
  feedback(value) {
    const { rating, ...rest } = readFields(value, opinionReaders);
    return rating && { rating, ...rest };
  },
  followUps: value =>
    Array.isArray(value) ? value.filter(question => typeof question === 'string') : undefined,
  gone: text,
  key: text,
  stream(value) {
    const { id, last, ...rest } = readFields(value, streamReaders);
    return id !== undefined && last !== undefined ? { id, last, ...rest } : undefined;
  },
  continues: flag,
  // Whoever has it now makes a connection of its own, and is another tab.
  reconnecting: () => undefined,
  tab: () => undefined,
};

type Stream = NonNullable<AssistantMessage['stream']>;

const streamReaders: Readers<Stream> = { id: text, last: count, tag: text };

type Usage = NonNullable<AssistantMessage['usage']>;

function readUsage(value: unknown): Usage | undefined {
  const usage = readFields(value, usageReaders);
  return Object.keys(usage).length === 3 ? (usage as Usage) : undefined;
}

const usageReaders: Readers<Usage> = { prompt_tokens: count, completion_tokens: count, total_tokens: count };

function readFigures(value: unknown): Figures | undefined {
  return filled(readFields(value, figuresReaders));
}

/** Where nothing could be read there is nothing. */
function filled<Fields extends object>(fields: Fields): Fields | undefined {
  return Object.keys(fields).length > 0 ? fields : undefined;
}

const figuresReaders: Readers<Figures> = {
  ttftMs: count,
  durationMs: count,
  cost(value) {
    const { amount, currency } = readFields(value, costReaders);
    return amount !== undefined && currency ? { amount, currency } : undefined;
  },
};

const costReaders: Readers<Cost> = { amount: count, currency: text };

const requestReaders: Readers<OneRequest> = {
  usage: readUsage,
  figures: readFigures,
  seen: value => filled(readFields(value, seenReaders)),
  thrownAway: flag,
};

const seenReaders: Readers<NonNullable<OneRequest['seen']>> = { ttftMs: count, durationMs: count };

function readSources(value: unknown): Source[] | undefined {
  if (!Array.isArray(value)) return undefined;
  // One that cannot be read has a number all the same.
  const sources = value.map(source => readFields(source, sourceReaders));
  return sources.some(({ url, title }) => url ?? title) ? sources : undefined;
}

const sourceReaders: Readers<Source> = { url: text, title: text };

const opinionReaders: Readers<Opinion> = { rating: oneOf('up', 'down'), reason: text };

const failureReaders: Readers<Failure> = {
  code: oneOf(...(Object.keys(failureCodes) as Array<Failure['code']>)),
  retryAt: count,
  asked: text,
  said: text,
};
