/** What the tabs of a site have in common, ask of each other and tell each other, where they share a conversation. */

import type { Command } from '../conversation/command.ts';
import type { Conversation, ConversationEvent } from '../conversation/conversation.ts';
import type { ReadingPlace } from '../conversation/kept-conversation.ts';

export interface Shared {
  conversation: Conversation;
  /** By the last leaving of a visitor that is known; empty where none is. */
  visit: string;
}

/** What is asked for of a visitor who has left since is not done any more. Absent: in a tab that did not know of others. */
export interface Wanted {
  asked: Asked;
  visit?: string;
}

/** Another conversation is shown in this one's place, which stays as it is and goes on. */
export type TurnedTo = { type: 'turned_to'; conversation: Conversation; place?: ReadingPlace };

/** Of a conversation nothing is left. Asked for, it may be the one that is shown; told, it is another one. */
export type Forgotten = { type: 'forgotten'; id: string };

/** What a page could not save before it was left. `watched`: a visitor looks on in another tab, and waits. */
export type Asked =
  | Command
  | TurnedTo
  | Forgotten
  | { type: 'left'; conversation: Conversation }
  | { type: 'watched' };

/** `went_on`: a conversation that is not shown is as it is now, for tabs that have copies of their own. */
export type Told = ConversationEvent | TurnedTo | Forgotten | { type: 'went_on'; conversation: Conversation };

/** Whether it is for the turn whose conversation is shown. */
export function isOfTurn(command: Asked): command is Command {
  return !['watched', 'turned_to', 'forgotten', 'left'].includes(command.type);
}
