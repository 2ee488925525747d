/** A conversation as it is kept: what it is called, and where somebody left off reading. Pure. */

import { namesOf } from './attachment.ts';
import type { Conversation } from './conversation.ts';

export interface KeptConversation {
  conversation: Conversation;
  /** The name that the visitor gave it. */
  title?: string;
  /** Times of `Date.now()`. */
  createdAt: number;
  updatedAt: number;
}

/** Where a reader left a conversation; at its end where there is none. */
export interface ReadingPlace {
  /** The id of the first message that was in sight. */
  message: string;
  /** How many pixels of it were above. */
  offset: number;
}

const OPENING_CHARACTERS = 200;

/** Its name; else how its first question begins, on one line. Empty where there is none yet. */
export function titleOf({ title, conversation }: Pick<KeptConversation, 'title' | 'conversation'>): string {
  return title || openingOf(conversation);
}

export function openingOf({ messages }: Conversation): string {
  const question = messages.find(message => message.role === 'user');
  const text = question ? question.content || namesOf(question) : '';
  return text.slice(0, OPENING_CHARACTERS).replace(/\s+/g, ' ').trim();
}
