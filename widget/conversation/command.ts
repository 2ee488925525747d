/** What visitors can have done with their conversation. */

import type { Rearrangement } from './branches.ts';
import type { ConversationEvent } from './conversation.ts';
import type { Attachments } from './message.ts';

/** What a visitor says of a call that asks them first. */
export interface Decision {
  type: 'decided';
  answerId: string;
  callId: string;
  allows: boolean;
}

/** An answer that has ended is asked for once more: from its beginning, or to go on after its last word. */
export interface Reopening {
  type: 'asked_again' | 'continued';
  answerId: string;
  key: string;
}

/** Plain values: where another tab of the site has the answers in hand, it is done there. */
export type Command =
  | Extract<ConversationEvent, { type: 'asked' | 'annotated' | 'authorized' | 'cleared' }>
  | Reopening
  | Rearrangement
  | Decision
  | { type: 'stop' };

/** What an element asks the chat for: a command, or what becomes one there; or to see one of its sheets. */
export type Wish =
  | Command
  | { type: 'ask'; text: string; attachments?: Attachments; quote?: string }
  | { type: 'retry' | 'continue' | 'new_chat' }
  /** `of`: the message that it is about. */
  | { type: 'show'; sheet: SheetName | AsideName; of?: string };

/** What can be shown in place of the chat, see sheets/sheet.ts. */
export type SheetName = 'menu' | 'models' | 'help' | 'person';

/** What can be shown without taking the chat's place. */
export type AsideName = 'commands';
