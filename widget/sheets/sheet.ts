/** A view that stands before the chat: what it is called, and what it shows of the chat as that is now. */

import type { Wish } from '../conversation/command.ts';
import type { KeepController } from '../controllers/keep.ts';
import type { OwnerSettingsController } from '../controllers/owner-settings.ts';
import type { Turn } from '../controllers/turn.ts';
import type { RivuletChat } from '../rivulet-chat.ts';

/** The parts of a chat that its sheets show and change. */
export interface ChatParts {
  /** It updates whenever one of them has changed. */
  readonly host: RivuletChat;
  readonly turn: Turn;
  readonly keep: KeepController;
  readonly owner: OwnerSettingsController;
  endpoint(): string;
}

export interface SheetChat extends ChatParts {
  /** The message that the view was opened for. */
  readonly of: string | undefined;
  /** Gives the place back to the chat. */
  close(): void;
  /** Has something done, as the elements of the chat have. */
  act(wish: Wish): void;
}

export interface Sheet {
  title(chat: ChatParts): string;
  /** Called whenever the chat changes. What it keeps between two calls is an element's own. */
  render(chat: SheetChat): unknown;
}
