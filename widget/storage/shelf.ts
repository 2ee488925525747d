/** Where the records of one scope lie: a map whose keys have parts, begun with the kind of a record. */

import type { Kept } from './conversation-store.ts';
import { count, own } from './read-fields.ts';

/**
 * `['conversation', version, id]`, `['current']`, `['unseen']`, or a kind of `besides` with an id; or `['attachment',
 * conversation, id]`, which is large.
 */
export type Key = ReadonlyArray<string | number>;

/** What is kept of a conversation besides itself: another tab may be writing that meanwhile. */
export const besides = ['title', 'place'] as const;

/** What is large goes first where there is no room, and what does not find any is just not kept. */
export function isLarge([kind]: Key): boolean {
  return kind === 'attachment';
}

/** Every call starts at once, and writes take effect in the order of the calls. */
export interface Shelf {
  readonly kept: Kept;
  get(key: Key): Promise<unknown>;
  /** All whose keys begin with this one and are longer. */
  below(key: Key): Promise<Array<[Key, unknown]>>;
  /** The same keys without what is there, that of the latest `updatedAt` first. */
  newest(key: Key): Promise<Key[]>;
  put(key: Key, value: unknown): Promise<void>;
  /** Puts it, and gives what was there, with no other write between the two. */
  replace(key: Key, value: unknown): Promise<unknown>;
  /** Puts what is made of the record before, with no other write between the two. */
  update(key: Key, change: (before: unknown) => unknown): Promise<void>;
  remove(...keys: Key[]): Promise<void>;
  /** Removes all whose keys begin with this one and are longer. */
  removeBelow(key: Key): Promise<void>;
  clear(): Promise<void>;
  /**
   * Removes conversations of this version or an older one that are as they were `before` that time, and what is besides, with attachments.
   * Says whether any of any version are left.
   */
  expire(version: number, before: number): Promise<boolean>;
  close(): void;
}

/** As `newest` has them. */
export function byAge(records: ReadonlyArray<readonly [Key, unknown]>): Key[] {
  const ages = records.map(([key, value]) => ({ key, updatedAt: count(own(value, 'updatedAt')) ?? 0 }));
  return ages.sort((one, other) => other.updatedAt - one.updatedAt).map(({ key }) => key);
}
