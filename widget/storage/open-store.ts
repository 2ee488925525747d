/** Opens the store of a scope where the page wants it, and in memory where it cannot be. */

import type { ConversationStore } from './conversation-store.ts';
import { openIndexedShelf } from './indexed-shelf.ts';
import { KeptConversations } from './kept-conversations.ts';
import { MemoryShelf } from './memory-shelf.ts';
import { SafeShelf } from './safe-shelf.ts';
import { type ScopeParts, scopeOf } from './scope.ts';
import { SessionShelf } from './session-shelf.ts';
import type { Shelf } from './shelf.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

export interface StoreSettings extends ScopeParts {
  /** In IndexedDB, until the tab is closed, or until the page is left. */
  persist: 'local' | 'session' | 'none';
  /** Conversations that were not changed for so long are gone when the store opens; 30 where it is absent or no such number. */
  keepDays?: number | null;
  /** Called when a store that was not opened in memory turns to it. */
  onMemory?: () => void;
}

export async function openStore(settings: StoreSettings): Promise<ConversationStore> {
  const scope = scopeOf(settings);
  const shelf = await openShelf(scope, settings).catch(() => new MemoryShelf());
  const store = new KeptConversations(scope, shelf, keptMs(settings));
  await store.tidy();
  return store;
}

/** How long a conversation is kept that nobody changes. */
function keptMs({ keepDays }: StoreSettings): number {
  return (typeof keepDays === 'number' && keepDays > 0 ? keepDays : 30) * DAY_MS;
}

async function openShelf(scope: string, { persist, onMemory = () => {} }: StoreSettings): Promise<Shelf> {
  switch (persist) {
    case 'local': {
      const storage = await openIndexedShelf(scope, () => {
        // Reading it to the end comes first, closing waits for that.
        shelf.turnToMemory();
        storage.close();
      });
      const shelf = new SafeShelf(storage, onMemory);
      return shelf;
    }
    case 'session':
      return new SafeShelf(new SessionShelf(scope), onMemory);
    case 'none':
      return new MemoryShelf();
    default:
      return persist satisfies never;
  }
}
