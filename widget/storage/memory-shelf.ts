/** Records in the memory of the page. */

import { byAge, type Key, type Shelf } from './shelf.ts';

export class MemoryShelf implements Shelf {
  readonly kept = 'memory';
  /** By their keys as JSON. What was removed has the value undefined, so that `fill` does not bring it back. */
  readonly #records = new Map<string, unknown>();
  #wasCleared = false;

  async get(key: Key): Promise<unknown> {
    return this.#records.get(JSON.stringify(key));
  }

  async below(key: Key): Promise<Array<[Key, unknown]>> {
    return [...this.#records]
      .filter(([, value]) => value !== undefined)
      .map(([json, value]): [Key, unknown] => [JSON.parse(json), value])
      .filter(([other]) => other.length > key.length && key.every((part, index) => other[index] === part));
  }

  async newest(key: Key): Promise<Key[]> {
    return byAge(await this.below(key));
  }

  async put(key: Key, value: unknown): Promise<void> {
    this.#records.set(JSON.stringify(key), value);
  }

  async replace(key: Key, value: unknown): Promise<unknown> {
    const json = JSON.stringify(key);
    const before = this.#records.get(json);
    this.#records.set(json, value);
    return before;
  }

  async update(key: Key, change: (before: unknown) => unknown): Promise<void> {
    const json = JSON.stringify(key);
    this.#records.set(json, change(this.#records.get(json)));
  }

  async remove(...keys: Key[]): Promise<void> {
    for (const key of keys) this.#records.set(JSON.stringify(key), undefined);
  }

  async removeBelow(key: Key): Promise<void> {
    await this.remove(...(await this.below(key)).map(([found]) => found));
  }

  async clear(): Promise<void> {
    this.#records.clear();
    this.#wasCleared = true;
  }

  /** Takes records that were elsewhere, unless it was told something newer of them. */
  fill(records: Array<[Key, unknown]>): void {
    if (this.#wasCleared) return;
    for (const [key, value] of records) {
      const json = JSON.stringify(key);
      if (!this.#records.has(json)) this.#records.set(json, value);
    }
  }

  /** Nothing in a page gets old. */
  async expire(): Promise<boolean> {
    return this.#records.size > 0;
  }

  close(): void {}
}
