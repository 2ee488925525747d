/** Where the records of one scope lie: a map whose keys have parts, begun with the kind of a record. */

import type { Kept } from './conversation-store.ts';

/** `['conversation', version, id]`, `['title', id]` or `['current']`. */
export type Key = ReadonlyArray<string | number>;

/** Every call starts at once, and writes take effect in the order of the calls. */
export interface Shelf {
  readonly kept: Kept;
  get(key: Key): Promise<unknown>;
  /** All whose keys begin with this one and are longer. */
  below(key: Key): Promise<Array<[Key, unknown]>>;
  put(key: Key, value: unknown): Promise<void>;
  /** Puts what is made of the record before, with no other write between the two. */
  update(key: Key, change: (before: unknown) => unknown): Promise<void>;
  remove(...keys: Key[]): Promise<void>;
  clear(): Promise<void>;
  /**
   * Removes conversations of this version or an older one that are as they were `before` that time, with their titles.
   * Says whether any of any version are left.
   */
  expire(version: number, before: number): Promise<boolean>;
  close(): void;
}
