/** Puts together what several pages have of a conversation: nothing of it is lost. Pure. */

import type { Branch, Conversation, ConversationEvent } from './conversation.ts';
import type { AssistantMessage, Message } from './message.ts';
import { isUnsettled, settled } from './settled.ts';

/** Messages by their ids. */
export type Known = ReadonlyMap<string, Message>;

/** The first, and after it what the second has besides. */
export function joined(first: Conversation, second: Conversation): Conversation {
  if (first.messages.length === 0) return second;
  // A session that began before the first was known is not lost either.
  return { ...second, ...withMore(first, second, knownOf(first), ({ messages }) => messages.length) };
}

/**
 * What this page has, with what another one has made meanwhile of what both knew. What this page has changed or removed since is
 * as this page has it.
 * @returns the same object where the other has nothing besides
 */
export function reconciled(ours: Conversation, before: Known, theirs: Conversation): Conversation {
  // What is in the making there is not for this page to make.
  const others = settled(theirs);
  const known = new Map([...before, ...knownOf(ours)]);
  return withMore(withFresher(ours, before, knownOf(others)), others, known, whenAsked);
}

/** All that is in it, shown or aside. */
export function knownOf(conversation: Conversation): Known {
  return new Map(
    waysOf(conversation).flatMap(({ messages }) => messages.map(message => [message.id, message])),
  );
}

/** The questions that a conversation does not have, each with its answer. */
export function asksBeyond(
  conversation: Conversation,
  messages: readonly Message[],
): Array<Extract<ConversationEvent, { type: 'asked' }>> {
  const known = knownOf(conversation);
  return messages.flatMap((question, index) => {
    const answer = messages[index + 1];
    if (question.role !== 'user' || answer?.role !== 'assistant' || known.has(question.id)) return [];
    return [{ type: 'asked', question, answer }];
  });
}

/** Of answers that have ended and not changed here, what has become of them there. */
function withFresher(ours: Conversation, before: Known, theirs: Known): Conversation {
  const fresher = (message: Message): Message => {
    const other = theirs.get(message.id);
    if (message !== before.get(message.id) || message.role !== 'assistant') return message;
    return other?.role === 'assistant' && isFresher(other, message) ? other : message;
  };
  const messages = ours.messages.map(fresher);
  return messages.every((message, index) => message === ours.messages[index]) ? ours : { ...ours, messages };
}

/**
 * The turns that are new come into the line, at that place. What else is new, as another answer to a question, stands where
 * it was given, and can be walked to.
 */
function withMore(
  ours: Conversation,
  theirs: Conversation,
  known: Known,
  placeOf: typeof whenAsked,
): Conversation {
  const [line = [], ...others] = waysOf(theirs).map(way => newOf(way, known));
  const isTurn = ({ messages }: Branch) => messages[0]?.role === 'user';
  const turns = line.filter(isTurn).flatMap(({ messages }) => messages);
  const branches = [...line.filter(branch => !isTurn(branch)), ...others.flat()];
  if (turns.length + branches.length === 0) return ours;
  return {
    ...ours,
    messages: ours.messages.toSpliced(placeOf(ours, turns), 0, ...turns),
    ...((ours.aside || branches.length > 0) && { aside: [...(ours.aside ?? []), ...branches] }),
  };
}

/** Before the first question that was asked later. */
function whenAsked({ messages }: Conversation, [first]: readonly Message[]): number {
  const isLater = ({ role, at = 0 }: Message) => role === 'user' && at > (first?.at ?? 0);
  const index = messages.findIndex(isLater);
  return index < 0 ? messages.length : index;
}

/** The parts of a way that are not known, each with what it follows. */
function newOf({ after, messages }: Branch, known: Known): Branch[] {
  const parts: Array<{ after: string | null; messages: Message[] }> = [];
  messages.forEach((message, index) => {
    if (known.has(message.id)) return;
    const before = messages[index - 1];
    if (before && !known.has(before.id)) parts.at(-1)!.messages.push(message);
    else parts.push({ after: before?.id ?? after, messages: [message] });
  });
  return parts;
}

/** What is shown comes first. */
function waysOf({ messages, aside = [] }: Conversation): Branch[] {
  return [{ after: null, messages }, ...aside];
}

function isFresher(other: AssistantMessage, message: AssistantMessage): boolean {
  const isNoOlder = (other.heardAt ?? 0) >= (message.heardAt ?? 0);
  return isNoOlder && !isUnsettled(message) && JSON.stringify(other) !== JSON.stringify(message);
}
