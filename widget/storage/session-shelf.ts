/** Records in sessionStorage: they survive reloads and other pages of the site in this tab, and end with it. */

import { count, own } from './read-fields.ts';
import type { Key, Shelf } from './shelf.ts';

const PREFIX = 'rivulet:';

export class SessionShelf implements Shelf {
  readonly kept = 'session';
  readonly #scope: string;
  readonly #storage: Storage;

  /** Throws where storage is refused. */
  constructor(scope: string) {
    this.#scope = scope;
    this.#storage = sessionStorage;
  }

  async get(key: Key): Promise<unknown> {
    return this.#read(this.#name(key));
  }

  async below(key: Key): Promise<Array<[Key, unknown]>> {
    return this.#namesBelow(key).map(name => [this.#key(name), this.#read(name)]);
  }

  async put(key: Key, value: unknown): Promise<void> {
    this.#storage.setItem(this.#name(key), JSON.stringify(value));
  }

  async update(key: Key, change: (before: unknown) => unknown): Promise<void> {
    const name = this.#name(key);
    this.#storage.setItem(name, JSON.stringify(change(this.#read(name))));
  }

  async remove(...keys: Key[]): Promise<void> {
    for (const key of keys) this.#storage.removeItem(this.#name(key));
  }

  async clear(): Promise<void> {
    for (const name of this.#namesBelow([])) this.#storage.removeItem(name);
  }

  async expire(version: number, before: number): Promise<boolean> {
    for (const name of this.#namesBelow(['conversation'])) {
      const updatedAt = count(own(this.#read(name), 'updatedAt'));
      const [, itsVersion, id] = this.#key(name);
      if (updatedAt === undefined || updatedAt >= before || Number(itsVersion) > version) continue;
      this.#storage.removeItem(name);
      this.#storage.removeItem(this.#name(['title', String(id)]));
    }
    return this.#namesBelow(['conversation']).length > 0;
  }

  close(): void {}

  #name(key: Key): string {
    return PREFIX + JSON.stringify([this.#scope, ...key]);
  }

  #key(name: string): Key {
    return JSON.parse(name.slice(PREFIX.length)).slice(1);
  }

  #namesBelow(key: Key): string[] {
    const start = `${this.#name(key).slice(0, -1)},`;
    return Object.keys(this.#storage).filter(name => name.startsWith(start));
  }

  /** Undefined for what is no JSON. */
  #read(name: string): unknown {
    try {
      return JSON.parse(this.#storage.getItem(name) ?? '');
    } catch {
      return undefined;
    }
  }
}
