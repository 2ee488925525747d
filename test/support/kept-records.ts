/** What really lies in the browser's storage, beneath the store. */

import { openDB } from 'idb';
import { type ScopeParts, scopeOf } from '../../widget/storage/scope.ts';
import type { Key } from '../../widget/storage/shelf.ts';

export const DATABASE = 'rivulet-chat';

export interface KeptRecords {
  put(scope: ScopeParts, key: Key, value: unknown): Promise<void>;
  get(scope: ScopeParts, key: Key): Promise<unknown>;
  /** How many records a scope has. */
  count(scope: ScopeParts): Promise<number>;
  /** What was attached to its conversations. */
  attachments(scope: ScopeParts): Promise<unknown[]>;
}

export const indexedRecords: KeptRecords = {
  put: (scope, key, value) =>
    inDatabase(async db => void (await db.put('records', value, [scopeOf(scope), ...key]))),
  get: (scope, key) => inDatabase(db => db.get('records', [scopeOf(scope), ...key])),
  count: scope =>
    inDatabase(db => db.count('records', IDBKeyRange.bound([scopeOf(scope)], [scopeOf(scope), []]))),
  attachments: scope =>
    inDatabase(db => db.getAll('attachments', IDBKeyRange.bound([scopeOf(scope)], [scopeOf(scope), []]))),
};

export const sessionRecords: KeptRecords = {
  put: async (scope, key, value) => sessionStorage.setItem(name(scope, key), JSON.stringify(value)),
  get: async (scope, key) => JSON.parse(sessionStorage.getItem(name(scope, key)) ?? 'null') ?? undefined,
  count: async scope => {
    const start = name(scope, []).slice(0, -1);
    return Object.keys(sessionStorage).filter(other => other.startsWith(start)).length;
  },
  attachments: async scope => {
    const start = `${name(scope, ['attachment']).slice(0, -1)},`;
    const names = Object.keys(sessionStorage).filter(other => other.startsWith(start));
    return names.map(name => JSON.parse(sessionStorage.getItem(name) ?? ''));
  },
};

function name(scope: ScopeParts, key: Key): string {
  return `rivulet:${JSON.stringify([scopeOf(scope), ...key])}`;
}

type Database = Awaited<ReturnType<typeof openDB>>;

async function inDatabase<T>(act: (db: Database) => Promise<T>): Promise<T> {
  const db = await openDB(DATABASE);
  try {
    return await act(db);
  } finally {
    db.close();
  }
}
