/** A conversation in which nothing is in the making, as it is when somebody else has that in hand. Pure. */

import { apply, type Conversation, isLive } from './conversation.ts';
import type { Message } from './message.ts';

/** What was in the making, or waited to be asked, is stopped. */
export function settled(conversation: Conversation): Conversation {
  return conversation.messages
    .filter(isUnsettled)
    .reduce((before, { id }) => apply(before, { type: 'stopped', answerId: id }), conversation);
}

/** An answer is in the making, or waits to be asked for. */
export function isUnsettled(message: Message): boolean {
  return isLive(message) || (message.role === 'assistant' && message.status === 'waiting');
}
