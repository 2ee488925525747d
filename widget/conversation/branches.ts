/**
 * The ways through a conversation. A question that is asked anew, or an answer that is given again, begins another way
 * from where it stands; what was there lies aside, and can be walked to. Pure.
 */

import {
  apply,
  type Branch,
  type Conversation,
  type ConversationEvent,
  isLive,
  saidCount,
} from './conversation.ts';
import type { AssistantMessage, Message, UserMessage } from './message.ts';

/** Plain values: where another tab of the site has the answers in hand, it is done there. */
export type Rearrangement =
  /** In place of a message comes a new answer, or a new question with its answer. */
  | { type: 'asked_instead'; of: string; question?: UserMessage; answer: AssistantMessage }
  /** The way that begins with this message is shown, as far as it was walked before. */
  | { type: 'walked'; to: string }
  /** A question and its answers go; what came after them stays. */
  | { type: 'removed'; questionId: string }
  | { type: 'restored'; turn: RemovedTurn }
  /** A question that waits is the next one, and the answer in the making is stopped for it. */
  | { type: 'hurried'; questionId: string };

/** What is shown of a conversation, and what lies aside. */
export type Ways = Pick<Conversation, 'messages' | 'aside'>;

/** What brings a turn back as it was. */
export interface RemovedTurn {
  readonly after: string | null;
  /** The question, and the answer that was shown. */
  readonly messages: readonly Message[];
  /** The question's other answers, with all that follows them. */
  readonly aside: readonly Branch[];
  /** The messages that then followed the question's predecessor in its place. */
  readonly followers: readonly string[];
}

/** The ids of the messages that can stand where this one does, the oldest first, itself among them. */
export function alternatives(conversation: Ways, id: string): readonly string[] {
  const place = placeOf(conversation, id);
  if (!place) return [];
  const { after, message } = place;
  const others = aside(conversation).filter(branch => branch.after === after);
  return [message, ...others.map(first)].sort((a, b) => (a.at ?? 0) - (b.at ?? 0)).map(({ id }) => id);
}

/** What a rearrangement makes of a conversation; one that does not fit, as of a message that is gone, changes nothing. */
export function rearrange(
  conversation: Conversation,
  change: Rearrangement,
): Extract<ConversationEvent, { type: 'rearranged' }> | undefined {
  const changed = rearranged(conversation, change);
  return changed && { type: 'rearranged', messages: changed.messages, aside: aside(changed) };
}

function rearranged(conversation: Conversation, change: Rearrangement): Conversation | undefined {
  switch (change.type) {
    case 'asked_instead': {
      const place = placeOf(conversation, change.of);
      const isFit = place && (change.question ? 'user' : 'assistant') === place.message.role;
      if (!isFit) return undefined;
      const { question, answer } = change;
      const [said, waiting] = apart(conversation, place.index);
      const { messages, ...rest } = cut(said, place.index);
      return { ...rest, messages: [...messages, ...(question ? [question] : []), answer, ...waiting] };
    }
    case 'walked':
      return walked(conversation, change.to);
    case 'removed':
      return removed(conversation, change.questionId)?.conversation;
    case 'restored':
      return restored(conversation, change.turn);
    case 'hurried':
      return hurried(conversation, change.questionId);
    default:
      return change satisfies never;
  }
}

/** What is needed to take a removal back; undefined where there is no such question. */
export function turnToRemove(conversation: Ways, questionId: string): RemovedTurn | undefined {
  return removed(conversation, questionId)?.turn;
}

/** Whether an answer in the making is not shown any more. */
export function hides(conversation: Conversation, messages: readonly Message[]): boolean {
  return conversation.messages.some(message => isLive(message) && !messages.includes(message));
}

interface Place {
  index: number;
  message: Message;
  after: string | null;
}

/** Of a message that is shown. */
function placeOf({ messages }: Ways, id: string): Place | undefined {
  const index = messages.findIndex(message => message.id === id);
  const message = messages[index];
  return message && { index, message, after: messages[index - 1]?.id ?? null };
}

function aside(conversation: Ways): readonly Branch[] {
  return conversation.aside ?? [];
}

function first(branch: Branch): Message {
  return branch.messages[0]!;
}

/** What waits to be asked after `index` is for whatever way is shown, and not a part of the one that it was asked on. */
function apart(conversation: Conversation, index: number): [Conversation, readonly Message[]] {
  const { messages } = conversation;
  const isWaiting = (message: Message, at: number) =>
    at > index + 1 && message.role === 'assistant' && message.status === 'waiting';
  const from = messages.findIndex(isWaiting) - 1;
  if (from < 0) return [conversation, []];
  return [{ ...conversation, messages: messages.slice(0, from) }, messages.slice(from)];
}

/** Shown is what comes before `index`, the rest lies aside. */
function cut(conversation: Conversation, index: number): Conversation {
  const { messages } = conversation;
  const rest = messages.slice(index);
  if (rest.length === 0) return conversation;
  const branch = { after: messages[index - 1]?.id ?? null, messages: rest };
  return { ...conversation, messages: messages.slice(0, index), aside: [...aside(conversation), branch] };
}

function walked(conversation: Conversation, to: string): Conversation | undefined {
  const branch = aside(conversation).find(branch => first(branch).id === to);
  if (!branch) return undefined;
  const { messages } = conversation;
  const index = messages.findIndex(message => message.id === branch.after) + 1;
  // It leaves from a way that is not shown itself.
  if (index === 0 && branch.after !== null) return undefined;
  const [said, waiting] = apart(conversation, index);
  const shown = cut(said, index);
  return {
    ...shown,
    messages: [...shown.messages, ...branch.messages, ...waiting],
    aside: aside(shown).filter(other => other !== branch),
  };
}

function removed<W extends Ways>(
  conversation: W,
  questionId: string,
): { conversation: W; turn: RemovedTurn } | undefined {
  const place = placeOf(conversation, questionId);
  if (place?.message.role !== 'user') return undefined;
  const { index, after } = place;
  const { messages } = conversation;
  const answer = messages[index + 1];
  const turn = messages.slice(index, answer?.role === 'assistant' ? index + 2 : index + 1);
  const [gone, stay] = split(aside(conversation), questionId);
  const last = turn.at(-1)!.id;
  // What followed the answer follows what came before the question.
  const moved = (branch: Branch) => (branch.after === last ? { ...branch, after } : branch);
  const next = messages[index + turn.length];
  const followers = [...(next ? [next] : []), ...stay.filter(({ after }) => after === last).map(first)];
  return {
    conversation: {
      ...conversation,
      messages: messages.toSpliced(index, turn.length),
      aside: stay.map(moved),
    },
    turn: { after, messages: turn, aside: gone, followers: followers.map(({ id }) => id) },
  };
}

/** The branches that leave from a message or from a branch that does, and the others. */
function split(branches: readonly Branch[], from: string): [Branch[], Branch[]] {
  const ids = new Set<string | null>([from]);
  const gone: Branch[] = [];
  let stay = [...branches];
  for (let found = true; found; ) {
    const more = stay.filter(({ after }) => ids.has(after));
    for (const { messages } of more) for (const { id } of messages) ids.add(id);
    gone.push(...more);
    stay = stay.filter(branch => !more.includes(branch));
    found = more.length > 0;
  }
  return [gone, stay];
}

function restored(conversation: Conversation, turn: RemovedTurn): Conversation | undefined {
  const { messages } = conversation;
  const index = messages.findIndex(({ id }) => id === turn.after) + 1;
  const isThere = messages.some(({ id }) => id === turn.messages[0]?.id);
  if (isThere || (index === 0 && turn.after !== null)) return undefined;
  // What was in the making was stopped.
  const back = turn.messages
    .filter(isLive)
    .reduce((turn, { id }) => apply(turn, { type: 'stopped', answerId: id }), {
      ...conversation,
      messages: turn.messages,
    });
  const isFollower = (message: Message) => turn.followers.includes(message.id);
  // Meanwhile somebody walked to what stood in the question's place: it lies aside again.
  const shown = messages[index] && !isFollower(messages[index]) ? cut(conversation, index) : conversation;
  const last = turn.messages.at(-1)!.id;
  const followed = (branch: Branch) =>
    branch.after === turn.after && isFollower(first(branch)) ? { ...branch, after: last } : branch;
  return {
    ...shown,
    messages: shown.messages.toSpliced(index, 0, ...back.messages),
    aside: [...aside(shown).map(followed), ...turn.aside],
  };
}

function hurried(conversation: Conversation, questionId: string): Conversation | undefined {
  const { messages } = conversation;
  const from = messages.findIndex(({ id, role }) => id === questionId && role === 'user');
  const to = saidCount(messages);
  if (from < to) return undefined;
  const turn = messages.slice(from, from + 2);
  return { ...conversation, messages: messages.toSpliced(from, turn.length).toSpliced(to, 0, ...turn) };
}
