/** What visitors can have done with their conversation. */

import type { Rearrangement } from './branches.ts';
import type { ConversationEvent } from './conversation.ts';

/** Plain values: where another tab of the site has the answers in hand, it is done there. */
export type Command =
  | Extract<ConversationEvent, { type: 'asked' | 'asked_again' | 'continued' | 'authorized' | 'cleared' }>
  | Rearrangement
  | { type: 'stop' };

/** What an element asks the chat for: a command, or what becomes one there. */
export type Wish = Command | { type: 'ask'; text: string } | { type: 'retry' | 'continue' | 'new_chat' };
