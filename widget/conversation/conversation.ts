/** A conversation, and the one place where it changes: `apply(conversation, event)`. Pure. */

import type { Usage } from '../../server/protocol.ts';
import type { Along, Annotations, AssistantMessage, Failure, Message, UserMessage } from './message.ts';
import { newId } from './new-id.ts';

export interface Conversation {
  readonly id: string;
  /** What is shown and sent: one way through all that was said. */
  readonly messages: readonly Message[];
  /** The other ways, each from where it leaves: see branches.ts. */
  readonly aside?: readonly Branch[];
  /** Whose it is, where the server has sessions. */
  readonly session?: Session;
}

export interface Session {
  /** The server that knows it; no other one is told. */
  readonly endpoint: string;
  readonly token: string;
}

/** Messages that follow one another, and lie aside. */
export interface Branch {
  /** The message that they follow, in what is shown or in another branch; null at the beginning. */
  readonly after: string | null;
  /** At least one. */
  readonly messages: readonly Message[];
}

export type ConversationEvent =
  /** A turn begins: a question, and its answer, which waits to be asked for. */
  | { type: 'asked'; question: UserMessage; answer: AssistantMessage }
  /** A settled answer is asked for once more, see reopened.ts. */
  | { type: 'reopened'; answer: AssistantMessage }
  /** It cannot be sent now; and is sent at last. */
  | { type: 'waiting'; answerId: string }
  | { type: 'sent'; answerId: string; at?: number }
  /** The server has begun to answer; null where its stream cannot be resumed. */
  | { type: 'opened'; answerId: string; streamId: string | null }
  | { type: 'reconnecting'; answerId: string }
  /** What is sent leaves out that many of the oldest messages. */
  | { type: 'omitted'; answerId: string; count: number }
  | {
      type: 'delta';
      answerId: string;
      number?: number | null;
      content?: string;
      reasoning?: string;
      model?: string;
      /** See `stream` of a message. */
      tag?: string;
      at?: number;
    }
  /** Something is known of it, in place of what was known before. */
  | { type: 'annotated'; answerId: string; annotations: Annotations }
  | { type: 'completed'; answerId: string; finishReason?: string; usage?: Usage }
  | { type: 'failed'; answerId: string; failure: Failure }
  | { type: 'stopped'; answerId: string }
  /** Another way through what was said is shown, or something of it was removed. */
  | { type: 'rearranged'; messages: readonly Message[]; aside: readonly Branch[] }
  /** A token in place of another: what two tabs ask for at the same time, one of them has. */
  | { type: 'authorized'; session: Session; instead: Session | undefined }
  /** All of it is forgotten; another conversation begins. `leaves`: the visitor does, and every one of theirs is forgotten. */
  | { type: 'cleared'; id: string; leaves?: true };

export function newConversation(): Conversation {
  return { id: newId(), messages: [] };
}

/** A turn's first event for a question. */
export function ask(content: string, along?: Along): Extract<ConversationEvent, { type: 'asked' }> {
  return { type: 'asked', question: newQuestion(content, along), answer: newAnswer() };
}

export function newQuestion(content: string, { attachments, quote }: Along = {}): UserMessage {
  return {
    id: newId(),
    role: 'user',
    content,
    ...(attachments && { attachments }),
    ...(quote && { quote }),
    at: Date.now(),
  };
}

/** It waits to be asked for. */
export function newAnswer(): AssistantMessage {
  return {
    id: newId(),
    role: 'assistant',
    content: '',
    reasoning: '',
    status: 'waiting',
    key: newId(),
    at: Date.now(),
  };
}

/** Whether an answer is still in the making. */
export function isLive(message: Message | undefined): boolean {
  return message?.role === 'assistant' && (message.status === 'pending' || message.status === 'streaming');
}

/** How many of the messages are shown as said: up to the answer in the making; what was asked meanwhile waits behind it. */
export function saidCount(messages: readonly Message[]): number {
  return messages.findIndex(isLive) + 1 || messages.length;
}

/** An event that does not fit, as a late delta of an answer that was stopped, changes nothing. */
export function apply(conversation: Conversation, event: ConversationEvent): Conversation {
  switch (event.type) {
    case 'asked':
      return { ...conversation, messages: [...conversation.messages, event.question, event.answer] };
    case 'reopened':
      return replace(conversation, event.answer.id, answer => (isLive(answer) ? answer : event.answer));
    case 'waiting':
      return replaceLive(conversation, event.answerId, answer => ({ ...answer, status: 'waiting' }));
    case 'sent':
      return replace(conversation, event.answerId, answer =>
        answer.status === 'waiting'
          ? { ...answer, status: 'pending', ...(event.at && { sentAt: event.at }) }
          : answer,
      );
    case 'opened':
      return replaceLive(conversation, event.answerId, answer => opened(answer, event.streamId));
    case 'reconnecting':
      return replaceLive(conversation, event.answerId, answer => ({ ...answer, reconnecting: true }));
    case 'omitted':
      return replaceLive(conversation, event.answerId, answer => ({ ...answer, omitted: event.count }));
    case 'delta':
      return replaceLive(conversation, event.answerId, answer => extended(answer, event));
    case 'annotated':
      return replace(conversation, event.answerId, answer => ({ ...answer, ...event.annotations }));
    case 'completed':
      return replaceLive(conversation, event.answerId, answer => ({
        ...ended(answer),
        status: 'complete',
        ...(event.finishReason !== undefined && { finishReason: event.finishReason }),
        ...(event.usage !== undefined && { usage: event.usage }),
      }));
    case 'failed':
      return replaceLive(conversation, event.answerId, answer => ({
        ...ended(answer),
        status: 'failed',
        failure: event.failure,
      }));
    case 'stopped':
      return replace(conversation, event.answerId, answer =>
        isLive(answer) || answer.status === 'waiting' ? { ...ended(answer), status: 'stopped' } : answer,
      );
    case 'rearranged':
      return { ...conversation, messages: event.messages, aside: event.aside };
    case 'authorized':
      return conversation.session?.token === event.instead?.token
        ? { ...conversation, session: event.session }
        : conversation;
    case 'cleared':
      return { id: event.id, messages: [] };
    default:
      return event satisfies never;
  }
}

type Change = (answer: AssistantMessage) => AssistantMessage;

function replaceLive(conversation: Conversation, id: string, change: Change): Conversation {
  return replace(conversation, id, answer => (isLive(answer) ? change(answer) : answer));
}

/** The same object where nothing changed, so that nothing is rendered for it. */
function replace(conversation: Conversation, id: string, change: Change): Conversation {
  const index = conversation.messages.findIndex(message => message.id === id);
  const answer = conversation.messages[index];
  if (answer?.role !== 'assistant') return conversation;
  const changed = change(answer);
  return changed === answer
    ? conversation
    : { ...conversation, messages: conversation.messages.with(index, changed) };
}

function opened({ reconnecting: _, ...answer }: AssistantMessage, id: string | null): AssistantMessage {
  if (id === null) return answer;
  return id === answer.stream?.id
    ? { ...answer, resumed: (answer.resumed ?? 0) + 1 }
    : { ...answer, stream: { id, last: 0 } };
}

/** Without what is of no use to an answer that has ended. */
function ended({
  stream: _,
  reconnecting: __,
  continues: ___,
  ...answer
}: AssistantMessage): AssistantMessage {
  return answer;
}

function extended(
  answer: AssistantMessage,
  { number, content = '', reasoning = '', model, tag, at }: Extract<ConversationEvent, { type: 'delta' }>,
): AssistantMessage {
  return {
    ...answer,
    content: answer.content + content,
    reasoning: answer.reasoning + reasoning,
    // A delta that only names the model is not yet something to read.
    status: content || reasoning ? 'streaming' : answer.status,
    ...(model !== undefined && { model }),
    ...(answer.stream &&
      number && { stream: { ...answer.stream, last: number, ...(tag !== undefined && { tag }) } }),
    ...(at && {
      heardAt: at,
      ...(reasoning && { thoughtAt: answer.thoughtAt ?? at }),
      ...(content && { saidAt: answer.saidAt ?? at }),
    }),
  };
}
