/** What a page of the storage tests can call, as `storage` in its window. */

import type { ConversationStore } from '../../widget/storage/conversation-store.ts';
import { hasKept } from '../../widget/storage/marker.ts';
import { openStore, type StoreSettings } from '../../widget/storage/open-store.ts';
import { scopeOf } from '../../widget/storage/scope.ts';

export { listed } from './listed.ts';

declare global {
  interface Window {
    storage: typeof import('./storage-page.ts');
    store: ConversationStore;
    /** How often the store has turned to memory. */
    turned: number;
  }
}

export async function open(settings: StoreSettings): Promise<void> {
  window.turned = 0;
  window.store = await openStore({ ...settings, onMemory: () => void window.turned++ });
}

export function isMarked(scope: { endpoint: string; userId?: string }): boolean {
  return hasKept(scopeOf(scope));
}
