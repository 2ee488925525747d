/** What keeps the conversations of one scope. */

import type { Conversation } from '../conversation/conversation.ts';
import type { KeptConversation, ReadingPlace } from '../conversation/kept-conversation.ts';

/** Where conversations are kept: over visits, until the tab is closed, or until the page is left. */
export type Kept = 'local' | 'session' | 'memory';

/**
 * Never throws: where the storage fails, all that this page has loaded or saved is kept in memory from then on.
 * Calls take effect in their order, also where nobody waits for the one before.
 */
export interface ConversationStore {
  /** Becomes `memory` when the storage is full, broken or taken by a newer widget. */
  readonly kept: Kept;
  /** The one that was changed last comes first. Each is read when it is asked for: there may be thousands. */
  list(): AsyncIterable<KeptConversation>;
  /** Without an id, the current one. Undefined where there is none that can be read. */
  load(id?: string): Promise<Conversation | undefined>;
  /**
   * Keeps the conversation as it is now. What is saved while the page is being left still arrives, if this page has
   * loaded or saved the same conversation before.
   * @returns what is to be kept in its place: the same conversation, unless other pages have made more of it since this one
   * has loaded or saved it. Not in every browser do they hear of each other
   */
  save(conversation: Conversation): Promise<Conversation>;
  /** Says which conversation is the current one. It may be saved later. */
  setCurrent(id: string): Promise<void>;
  /** Gives a conversation that is kept a name of its own; without a title it has none any more. */
  rename(id: string, title?: string): Promise<void>;
  /** Where its reader left it. */
  place(id: string): Promise<ReadingPlace | undefined>;
  /** Of a conversation that is kept; without a place, at its end. */
  setPlace(id: string, place?: ReadingPlace): Promise<void>;
  /** The ids of those whose answers go on though another one is shown. */
  unseen(): Promise<string[]>;
  setUnseen(ids: readonly string[]): Promise<void>;
  /** Gives what brings it back, as it was. */
  remove(id: string): Promise<() => Promise<void>>;
  /** Leaves nothing of the scope, wherever and by whatever version of the widget it was kept. */
  clear(): Promise<void>;
  /** Lets go of the storage. What is saved afterwards is not kept. */
  close(): void;
}
