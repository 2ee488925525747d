/**
 * What pages could not save before they were left, as a question that was asked in the last moment. It lies beside the
 * sign of its scope until a page of the site takes it.
 */

import type { Conversation } from '../conversation/conversation.ts';
import { prefix } from './marker.ts';
import { readConversation } from './read-conversation.ts';
import { count, own } from './read-fields.ts';

/** Whoever takes it keeps it: it is there no more. */
export function takeUnsaved(scope: string): Conversation[] {
  return remove(scope, () => true).flatMap(left => readConversation(own(left, 'conversation')) ?? []);
}

/** Removes what is older than that, of every scope: its visitor may never come back. */
export function expireUnsaved(before: number): void {
  remove('', left => (count(own(left, 'updatedAt')) ?? 0) < before);
}

export function clearUnsaved(scope: string): void {
  remove(scope, () => true);
}

function remove(scope: string, passes: (left: unknown) => boolean): unknown[] {
  try {
    return [localStorage, sessionStorage].flatMap(storage =>
      Object.keys(storage)
        .filter(name => name.startsWith(prefix + scope))
        .flatMap(name => {
          const left = parsed(storage.getItem(name));
          // A sign is the number 1.
          if (typeof left !== 'object' || !passes(left)) return [];
          storage.removeItem(name);
          return [left];
        }),
    );
  } catch {
    // Where storage is refused, already its name throws.
    return [];
  }
}

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return null;
  }
}
