/**
 * A sign that something is kept for a scope. It is looked for at once and without the store's code, which is loaded early
 * only for visitors who have something to come back to. What a page cannot save in its last moment is a sign as well.
 */

import type { Conversation } from '../conversation/conversation.ts';
import { toJson } from '../conversation/to-json.ts';

const places = { local: 'localStorage', session: 'sessionStorage' } as const;
export const prefix = 'rivulet-kept:';

export type Place = keyof typeof places;

/** Whether something is kept for a scope; without one, for any of this site. */
export function hasKept(scope = ''): boolean {
  try {
    return [localStorage, sessionStorage].some(storage =>
      Object.keys(storage).some(key => key.startsWith(prefix + scope)),
    );
  } catch {
    // Where storage is refused, already the name throws.
    return false;
  }
}

/**
 * At once and without the store: for a conversation of which something is not saved when its page is left. See `unsaved.ts`.
 * For its images there is no room here.
 */
export function leaveUnsaved(scope: string, place: Place, conversation: Conversation): void {
  const left = toJson({ conversation, updatedAt: Date.now() }, ['dataUrl']);
  inPlace(place, storage => storage.setItem(prefix + scope + conversation.id, left));
}

/** Does nothing where the browser has no such place, or no room there. */
export function inPlace(place: Place, act: (storage: Storage) => void): void {
  try {
    act(globalThis[places[place]]);
  } catch {
    // Refused or full. Without the sign, what is kept shows after the first answer.
  }
}
