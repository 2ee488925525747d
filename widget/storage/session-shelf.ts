/** Records in sessionStorage: they survive reloads and other pages of the site in this tab, and end with it. */

import { toJson } from '../conversation/to-json.ts';
import { count, own } from './read-fields.ts';
import { besides, byAge, type Key, type Shelf } from './shelf.ts';

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

  async newest(key: Key): Promise<Key[]> {
    return byAge(await this.below(key));
  }

  async put(key: Key, value: unknown): Promise<void> {
    this.#storage.setItem(this.#name(key), toJson(value));
  }

  async replace(key: Key, value: unknown): Promise<unknown> {
    const name = this.#name(key);
    const before = this.#read(name);
    this.#storage.setItem(name, toJson(value));
    return before;
  }

  async update(key: Key, change: (before: unknown) => unknown): Promise<void> {
    const name = this.#name(key);
    this.#storage.setItem(name, toJson(change(this.#read(name))));
  }

  async remove(...keys: Key[]): Promise<void> {
    for (const key of keys) this.#storage.removeItem(this.#name(key));
  }

  async removeBelow(key: Key): Promise<void> {
    for (const name of this.#namesBelow(key)) this.#storage.removeItem(name);
  }

  async clear(): Promise<void> {
    await this.removeBelow([]);
  }

  async expire(version: number, before: number): Promise<boolean> {
    for (const name of this.#namesBelow(['conversation'])) {
      const updatedAt = count(own(this.#read(name), 'updatedAt'));
      const [, itsVersion, id] = this.#key(name);
      if (updatedAt === undefined || updatedAt >= before || Number(itsVersion) > version) continue;
      this.#storage.removeItem(name);
      for (const kind of besides) this.#storage.removeItem(this.#name([kind, String(id)]));
      void this.removeBelow(['attachment', String(id)]);
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
