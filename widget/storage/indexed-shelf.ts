/** Records in IndexedDB. All scopes of an origin are in one database, and every key of every object store begins with its scope. */

import { type DBSchema, type IDBPDatabase, type IDBPObjectStore, openDB } from 'idb';
import { besides, isLarge, type Key, type Shelf } from './shelf.ts';

const NAME = 'rivulet-chat';
/** Raised only when object stores or indexes change: what is in the records has a version of its own. */
const LAYOUT = 1;
/** A database that another tab does not let go of, or a browser that never answers, is given up after this. */
const LIMIT_MS = 5000;

interface Layout extends DBSchema {
  /** `[scope, ...key]`. Conversations have both times, and so are in both indexes. */
  records: { key: Key & IDBValidKey; value: unknown; indexes: { updatedAt: number; expiresAt: number } };
  /**
   * `[scope, 'attachment', conversation, attachment]`: a place for what is big, written in transactions of its own. When a
   * text finds the storage full, attachments are what has to go first.
   */
  attachments: { key: Key & IDBValidKey; value: unknown };
}

type Place = 'records' | 'attachments';
type Write = (store: IDBPObjectStore<Layout, [Place], Place, 'readwrite'>) => Array<Promise<unknown>>;

/**
 * Rejects where IndexedDB is refused, blocked, broken, or laid out by a newer widget.
 * @param lost the shelf has to be closed: a newer widget wants the database, or the browser has taken it away
 */
export async function openIndexedShelf(scope: string, lost: () => void): Promise<IndexedShelf> {
  const opening = openDB<Layout>(NAME, LAYOUT, {
    upgrade(db, _old, _new, { done }) {
      // Its failure is that of the opening.
      done.catch(() => {});
      const records = db.createObjectStore('records');
      records.createIndex('updatedAt', 'updatedAt');
      records.createIndex('expiresAt', 'expiresAt');
      db.createObjectStore('attachments');
    },
    blocking: lost,
    terminated: lost,
  });
  const db = await Promise.race([opening, limit()]);
  if (db) return new IndexedShelf(scope, db);
  // One that comes too late must not stand in the way of other tabs.
  opening.then(late => late.close()).catch(() => {});
  throw new DOMException('The database did not open in time.', 'TimeoutError');
}

/** Removes all of a scope, also from a layout that only a newer widget knows. */
export async function clearIndexed(scope: string): Promise<void> {
  const clearing = async (): Promise<void> => {
    // To open one that there is not and to stop that leaves an empty one in Safari; older browsers do not say what there is.
    // In a frame without an origin all is refused, in Chromium with a rejection besides that nobody can catch.
    const known = origin === 'null' ? undefined : await indexedDB.databases?.();
    if (known?.every(({ name }) => name !== NAME)) return;
    const db = await openDB(NAME, undefined, {
      // There is none, and none shall be made.
      upgrade(_db, _old, _new, transaction) {
        transaction.done.catch(() => {});
        transaction.abort();
      },
    });
    const stores = [...db.objectStoreNames];
    await Promise.all(stores.map(store => db.delete(store, rangeBelow([scope])))).finally(() => db.close());
  };
  // What comes late is still cleared.
  await Promise.race([clearing(), limit()]);
}

export class IndexedShelf implements Shelf {
  readonly kept = 'local';
  readonly #scope: string;
  readonly #db: IDBPDatabase<Layout>;

  constructor(scope: string, db: IDBPDatabase<Layout>) {
    this.#scope = scope;
    this.#db = db;
  }

  async get(key: Key): Promise<unknown> {
    const { store, done } = this.#db.transaction(placeOf(key));
    const [value] = await Promise.all([store.get(this.#key(key)), done]);
    return value;
  }

  async below(key: Key): Promise<Array<[Key, unknown]>> {
    const { store, done } = this.#db.transaction(placeOf(key));
    const range = rangeBelow(this.#key(key));
    const [keys, values] = await Promise.all([store.getAllKeys(range), store.getAll(range), done]);
    return keys.map((found, index) => [found.slice(1), values[index]]);
  }

  /** No record is read for it. */
  async newest(key: Key): Promise<Key[]> {
    const { store, done } = this.#db.transaction('records');
    const range = rangeBelow(this.#key(key));
    const [all, aged] = await Promise.all([
      store.getAllKeys(range),
      store.index('updatedAt').getAllKeys(),
      done,
    ]);
    // What has no age that can be read is in no index, and comes last.
    const inRange = aged.filter(found => range.includes(found)).toReversed();
    const known = new Set(inRange.map(found => JSON.stringify(found)));
    const others = all.filter(found => !known.has(JSON.stringify(found)));
    return [...inRange, ...others].map(found => found.slice(1));
  }

  async put(key: Key, value: unknown): Promise<void> {
    await this.#write(placeOf(key), store => [store.put(value, this.#key(key))]);
  }

  async replace(key: Key, value: unknown): Promise<unknown> {
    const its = this.#key(key);
    const [before] = await this.#write(placeOf(key), store => [store.get(its), store.put(value, its)]);
    return before;
  }

  async update(key: Key, change: (before: unknown) => unknown): Promise<void> {
    const { store, done } = this.#db.transaction(placeOf(key), 'readwrite');
    const its = this.#key(key);
    await Promise.all([store.get(its).then(before => store.put(change(before), its)), done]);
  }

  async remove(...keys: Key[]): Promise<void> {
    await this.#write(placeOf(keys[0] ?? []), store => keys.map(key => store.delete(this.#key(key))));
  }

  async removeBelow(key: Key): Promise<void> {
    await this.#write(placeOf(key), store => [store.delete(rangeBelow(this.#key(key)))]);
  }

  async clear(): Promise<void> {
    const stores = [...this.#db.objectStoreNames];
    await Promise.all(stores.map(store => this.#db.delete(store, rangeBelow([this.#scope]))));
  }

  /** Of other scopes it removes what has come to its end: their visitor may never come back. */
  async expire(version: number, before: number): Promise<boolean> {
    const transaction = this.#db.transaction(['records', 'attachments'], 'readwrite');
    const store = transaction.objectStore('records');
    const attachments = transaction.objectStore('attachments');
    const expired = async (): Promise<boolean> => {
      const [untouched, ended] = await Promise.all([
        store.index('updatedAt').getAllKeys(IDBKeyRange.upperBound(before, true)),
        store.index('expiresAt').getAllKeys(IDBKeyRange.upperBound(Date.now())),
      ]);
      const keys = [...untouched.filter(([scope]) => scope === this.#scope), ...ended];
      const known = keys.filter(([, , itsVersion]) => Number(itsVersion) <= version);
      const others = besides.flatMap(kind =>
        known.map(([scope, , , id]) => validKey([String(scope), kind, String(id)])),
      );
      const images = known.map(([scope, , , id]) => rangeBelow([String(scope), 'attachment', String(id)]));
      await Promise.all([
        ...[...known, ...others].map(key => store.delete(key)),
        ...images.map(range => attachments.delete(range)),
      ]);
      return (await store.getKey(rangeBelow(this.#key(['conversation'])))) !== undefined;
    };
    const [isAnyLeft] = await Promise.all([expired(), transaction.done]);
    return isAnyLeft;
  }

  close(): void {
    this.#db.close();
  }

  /** Gives what each of the requests gives. */
  async #write(place: Place, act: Write): Promise<unknown[]> {
    const transaction = this.#db.transaction(place, 'readwrite');
    const requests = act(transaction.store);
    // Said now, it is carried out even if the page is gone in a moment.
    transaction.commit();
    return Promise.all([...requests, transaction.done]);
  }

  #key(key: Key): Key & IDBValidKey {
    return validKey([this.#scope, ...key]);
  }
}

function placeOf(key: Key): Place {
  return isLarge(key) ? 'attachments' : 'records';
}

function validKey(key: Array<string | number>): Key & IDBValidKey {
  return key;
}

/** An array is greater than any text or number. */
function rangeBelow(key: Key): IDBKeyRange {
  return IDBKeyRange.bound(key, [...key, []], true);
}

function limit(): Promise<undefined> {
  return new Promise(resolve => setTimeout(resolve, LIMIT_MS));
}
