/**
 * A shelf that never fails: what is written is in the memory of the page too, and once the storage fails, memory is
 * all there is.
 */

import type { Kept } from './conversation-store.ts';
import { MemoryShelf } from './memory-shelf.ts';
import { isLarge, type Key, type Shelf } from './shelf.ts';

export class SafeShelf implements Shelf {
  readonly #memory = new MemoryShelf();
  readonly #storage: Shelf;
  readonly #onMemory: () => void;
  #works = true;
  #filled = Promise.resolve();

  /** `onMemory` is called when the storage fails, once. */
  constructor(storage: Shelf, onMemory: () => void) {
    this.#storage = storage;
    this.#onMemory = onMemory;
  }

  get kept(): Kept {
    return this.#works ? this.#storage.kept : 'memory';
  }

  get(key: Key): Promise<unknown> {
    return this.#read(shelf => shelf.get(key));
  }

  below(key: Key): Promise<Array<[Key, unknown]>> {
    return this.#read(shelf => shelf.below(key));
  }

  newest(key: Key): Promise<Key[]> {
    return this.#read(shelf => shelf.newest(key));
  }

  put(key: Key, value: unknown): Promise<void> {
    return this.#write(shelf => shelf.put(key, value), key);
  }

  /** Where the storage fails it is not known what was there. */
  replace(key: Key, value: unknown): Promise<unknown> {
    return this.#write(shelf => shelf.replace(key, value), key);
  }

  update(key: Key, change: (before: unknown) => unknown): Promise<void> {
    return this.#write(shelf => shelf.update(key, change), key);
  }

  async remove(...keys: Key[]): Promise<void> {
    // A full storage still removes, and what is removed must not be back after a reload.
    if (!this.#works) this.#storage.remove(...keys).catch(() => {});
    await this.#write(shelf => shelf.remove(...keys));
  }

  async removeBelow(key: Key): Promise<void> {
    if (!this.#works) this.#storage.removeBelow(key).catch(() => {});
    await this.#write(shelf => shelf.removeBelow(key));
  }

  async clear(): Promise<void> {
    if (!this.#works) this.#storage.clear().catch(() => {});
    await this.#write(shelf => shelf.clear());
  }

  expire(version: number, before: number): Promise<boolean> {
    return this.#read(shelf => shelf.expire(version, before));
  }

  close(): void {
    this.#works = false;
    this.#storage.close();
  }

  turnToMemory(): void {
    if (!this.#works) return;
    this.#works = false;
    // Often it can still be read. What this page has written is newer.
    const reading = Promise.all([this.#storage.below([]), this.#storage.below(['attachment'])]);
    this.#filled = reading.then(
      records => this.#memory.fill(records.flat()),
      () => {},
    );
    this.#onMemory();
  }

  async #read<T>(act: (shelf: Shelf) => Promise<T>): Promise<T> {
    if (this.#works) {
      try {
        return await act(this.#storage);
      } catch {
        this.turnToMemory();
      }
    }
    return this.#inMemory(act);
  }

  /** @param key what is put, if anything is: there may be no room for it */
  async #write<T>(act: (shelf: Shelf) => Promise<T>, key?: Key): Promise<T | undefined> {
    if (!this.#works) return this.#inMemory(act);
    void act(this.#memory);
    try {
      return await act(this.#storage);
    } catch {
      const isDone = key && (await this.#makeRoom(key).catch(() => false));
      if (!isDone) this.turnToMemory();
      return undefined;
    }
  }

  /** Whether the others can be kept without what is large; then there is what is to be by now: another call may have come. */
  async #makeRoom(key: Key): Promise<boolean> {
    if (isLarge(key)) return true;
    const large = await this.#storage.below(['attachment']);
    if (large.length === 0) return false;
    await this.#storage.removeBelow(['attachment']);
    await this.#storage.put(key, await this.#memory.get(key));
    return true;
  }

  /** In the order of the calls, as all wait for the same. */
  #inMemory<T>(act: (shelf: Shelf) => Promise<T>): Promise<T> {
    return this.#filled.then(() => act(this.#memory));
  }
}
