/** Conversations where the browser's storage is refused, broken, full, or wanted by a newer widget. */

import { aTimeout, expect, waitUntil } from '@open-wc/testing';
import { type IDBPDatabase, deleteDB, openDB } from 'idb';
import type { UserMessage } from '../../widget/conversation/message.ts';
import type { ConversationStore } from '../../widget/storage/conversation-store.ts';
import { mark, unmark } from '../../widget/storage/mark.ts';
import { hasKept } from '../../widget/storage/marker.ts';
import { openStore, type StoreSettings } from '../../widget/storage/open-store.ts';
import { scopeOf } from '../../widget/storage/scope.ts';
import { conversation, withAttachments } from '../support/conversation-store-suite.ts';
import { DATABASE, indexedRecords, sessionRecords } from '../support/kept-records.ts';
import { listed } from '../support/listed.ts';

/** How often a store has said that it turned to memory. */
let turned = 0;
const onMemory = (): void => void turned++;
/** What nobody caught would be on the console of somebody's page. */
const uncaught: unknown[] = [];
const onUncaught = (event: PromiseRejectionEvent): void => void uncaught.push(event.reason);
const opened: ConversationStore[] = [];
const undo: Array<() => void> = [];

before(() => addEventListener('unhandledrejection', onUncaught));
beforeEach(() => {
  turned = 0;
});
afterEach(async () => {
  for (const back of undo.splice(0)) back();
  for (const store of opened.splice(0)) store.close();
  sessionStorage.clear();
  localStorage.clear();
  await deleteDB(DATABASE);
  expect(uncaught).to.deep.equal([]);
});
after(() => removeEventListener('unhandledrejection', onUncaught));

async function open(settings: Partial<StoreSettings> = {}): Promise<ConversationStore> {
  const store = await openStore({ persist: 'local', endpoint: '/chat', onMemory, ...settings });
  opened.push(store);
  return store;
}

/** The platform is another one until the test ends. */
function replace<T extends object>(owner: T, name: keyof T, property: PropertyDescriptor): void {
  const before = Object.getOwnPropertyDescriptor(owner, name)!;
  Object.defineProperty(owner, name, { ...property, configurable: true });
  undo.push(() => Object.defineProperty(owner, name, before));
}

function refuse(): never {
  throw new DOMException('Refused.', 'SecurityError');
}

async function works(store: ConversationStore): Promise<void> {
  const kept = conversation('Why?');
  await store.save(kept);
  await store.setCurrent(kept.id);
  await store.rename(kept.id, 'Title');
  expect(await store.load()).to.deep.equal(kept);
  expect((await listed(store))[0]?.title).to.equal('Title');
  const bringBack = await store.remove(kept.id);
  expect(await listed(store)).to.deep.equal([]);
  await bringBack();
  expect(await listed(store)).to.have.length(1);
}

describe('a store is in memory, and works', () => {
  const refusals: Record<string, () => void> = {
    'where IndexedDB must not be touched': () => replace(window, 'indexedDB', { get: refuse }),
    'where there is no IndexedDB': () => replace(window, 'indexedDB', { value: undefined }),
    'where opening throws': () => replace(IDBFactory.prototype, 'open', { value: refuse }),
    'where opening fails': () => {
      const { open } = IDBFactory.prototype;
      // A version that is too old: the browser's own failure.
      replace(IDBFactory.prototype, 'open', {
        value: (name: string) => {
          open.call(indexedDB, `${name} broken`, 2);
          return open.call(indexedDB, `${name} broken`, 1);
        },
      });
      undo.push(() => indexedDB.deleteDatabase(`${DATABASE} broken`));
    },
    'where the browser never answers': () =>
      replace(IDBFactory.prototype, 'open', { value: () => new EventTarget() }),
    'where no transaction begins': () => replace(IDBDatabase.prototype, 'transaction', { value: refuse }),
  };
  for (const [where, refuseStorage] of Object.entries(refusals)) {
    it(where, async () => {
      refuseStorage();
      const store = await open();
      expect(store.kept).to.equal('memory');
      await works(store);
      await store.clear();
      expect(await listed(store)).to.deep.equal([]);
    });
  }

  it('where the database is of somebody else', async () => {
    const db = await openDB(DATABASE, 1, { upgrade: db => void db.createObjectStore('theirs') });
    await db.put('theirs', 'words', 'key');
    const store = await open();
    expect(store.kept).to.equal('memory');
    await works(store);
    await store.clear();
    expect(await db.get('theirs', 'key')).to.equal('words');
    db.close();
  });

  it('where sessionStorage must not be touched', async () => {
    replace(window, 'sessionStorage', { get: refuse });
    const store = await open({ persist: 'session' });
    expect(store.kept).to.equal('memory');
    await works(store);
    await store.clear();
  });

  it('where sessionStorage takes nothing', async () => {
    replace(Storage.prototype, 'setItem', { value: refuse });
    const store = await open({ persist: 'session' });
    await works(store);
    expect([store.kept, turned]).to.deep.equal(['memory', 1]);
  });
});

it('the sign that something is kept is simply not there where storage is refused', () => {
  replace(window, 'localStorage', { get: refuse });
  replace(window, 'sessionStorage', { get: refuse });
  for (const place of ['local', 'session'] as const) {
    mark('scope', place);
    unmark('scope', place);
  }
  expect(hasKept('scope')).to.equal(false);
});

describe('a store whose storage is full', () => {
  it('goes on in memory with all that it had and was given', async () => {
    const earlier = await open({ persist: 'session' });
    const [kept, later] = [conversation('Before'), conversation('After')];
    await earlier.save(kept);
    await earlier.rename(kept.id, 'Title');
    const store = await open({ persist: 'session' });
    fillSession();
    await store.save(later);
    expect([store.kept, turned]).to.deep.equal(['memory', 1]);
    expect((await listed(store)).map(({ opening }) => opening).sort()).to.deep.equal(['After', 'Before']);
    expect((await listed(store)).map(({ title }) => title)).to.include('Title');
    expect(await store.load(later.id)).to.deep.equal(later);
    await works(await open({ persist: 'session', endpoint: '/other' }));
  });

  it('still removes, so that nothing that was removed comes back', async () => {
    const store = await open({ persist: 'session' });
    const kept = conversation('Before');
    await store.save(kept);
    fillSession();
    await store.save(conversation('After'));
    await store.remove(kept.id);
    expect(await sessionRecords.get({ endpoint: '/chat' }, ['conversation', 1, kept.id])).to.equal(undefined);
    expect(await listed(store)).to.have.length(1);
  });

  it('keeps a conversation whose image finds no room, and the image while the page is there', async () => {
    const scope = { endpoint: '/chat' };
    const store = await open({ persist: 'session' });
    sessionStorage.setItem('room', 'x'.repeat(5_000));
    fillSession();
    sessionStorage.removeItem('room');
    const kept = withAttachments(60_000);
    await store.save(kept);
    expect([store.kept, turned]).to.deep.equal(['session', 0]);
    expect(await sessionRecords.attachments(scope)).to.deep.equal([]);
    const again = await (await open({ persist: 'session' })).load(kept.id);
    const [image, file] = (again!.messages[0] as UserMessage).attachments!;
    expect(image).to.include({ name: 'a.jpg', alt: 'A house' }).and.not.to.have.property('dataUrl');
    expect(file).to.include({ text: 'Notes' });
  });

  it('lets go of images first, and keeps what was said', async () => {
    const scope = { endpoint: '/chat' };
    const store = await open({ persist: 'session' });
    await store.save(withAttachments(60_000));
    fillSession();
    const later = conversation('After');
    await store.save(later);
    expect([store.kept, turned]).to.deep.equal(['session', 0]);
    expect(await sessionRecords.attachments(scope)).to.deep.equal([]);
    expect(await listed(await open({ persist: 'session' }))).to.have.length(2);
  });

  /** To the last character. */
  function fillSession(): void {
    for (let size = 4_000_000; size >= 1; size = Math.floor(size / 2)) {
      try {
        for (;;) sessionStorage.setItem(`junk ${crypto.randomUUID()}`, 'x'.repeat(size));
      } catch (error) {
        expect((error as DOMException).name).to.equal('QuotaExceededError');
      }
    }
  }
});

describe('a store whose storage fails under several writes', () => {
  for (const failing of [1, 2, 3]) {
    it(`has the newest state, when it is write ${failing} that fails`, async () => {
      const store = await open();
      const { put } = IDBObjectStore.prototype;
      const states = Array.from({ length: 4 }, (_, count) => ({
        ...conversation(`State ${count}`),
        id: 'a',
      }));
      await store.save(states[0]!);
      let writes = 0;
      replace(IDBObjectStore.prototype, 'put', {
        value(this: IDBObjectStore, ...put_: Parameters<IDBObjectStore['put']>) {
          if (++writes === failing) throw new DOMException('Full.', 'QuotaExceededError');
          return put.apply(this, put_);
        },
      });
      await Promise.all(states.slice(1).map(state => store.save(state)));
      expect([store.kept, turned]).to.deep.equal(['memory', 1]);
      expect(await store.load('a')).to.deep.equal(states[3]);
      expect(await listed(store)).to.have.length(1);
    });
  }
});

describe('a store whose database a newer widget wants', () => {
  /** Changes the layout as a newer widget would. */
  function upgrade(): Promise<IDBPDatabase> {
    return openDB(DATABASE, 2, { upgrade: db => void db.createObjectStore('newer') });
  }

  it('lets it have it, and goes on in memory with all that it had', async () => {
    const earlier = await open();
    await earlier.save(conversation('Before'));
    earlier.close();
    const [store, other] = [await open(), await open({ userId: 'ann' })];
    const last = conversation('In the last moment');
    const [db] = await Promise.all([upgrade(), store.save(last)]);
    expect([store.kept, other.kept, turned]).to.deep.equal(['memory', 'memory', 2]);
    const later = conversation('After');
    await store.save(later);
    expect((await listed(store)).map(({ opening }) => opening).sort()).to.deep.equal([
      'After',
      'Before',
      'In the last moment',
    ]);
    expect(await db.count('records')).to.equal(2);
    db.close();
  });

  it('is opened in memory from then on, and touches nothing', async () => {
    const first = await open();
    await first.save(conversation('Before'));
    (await upgrade()).close();
    const store = await open();
    expect(store.kept).to.equal('memory');
    await works(store);
    expect(await indexedRecords.count({ endpoint: '/chat' })).to.equal(1);
  });

  it('leaves nothing there when it is cleared, but what is of others', async () => {
    const [store, other] = [await open({ userId: 'ann' }), await open({ userId: 'bob' })];
    await store.save(conversation('Of Ann'));
    await other.save(conversation('Of Bob'));
    const [ann, bob] = ['ann', 'bob'].map(userId => scopeOf({ endpoint: '/chat', userId })) as [
      string,
      string,
    ];
    const db = await upgrade();
    for (const scope of [ann, bob]) await db.put('newer', 'words', [scope, 'any', 'key']);
    await store.clear();
    expect(await listed(store)).to.deep.equal([]);
    expect(await db.getAllKeys('newer')).to.deep.equal([[bob, 'any', 'key']]);
    expect((await db.getAllKeys('records')).map(key => (key as string[])[0])).to.deep.equal([bob]);
    expect([hasKept(ann), hasKept(bob)]).to.deep.equal([false, true]);
    db.close();
  });

  it('is in memory while another tab does not let go, and is in nobody’s way after that', async () => {
    (await open()).close();
    const stubborn = await openDB(DATABASE);
    const upgraded = upgrade();
    const store = await open();
    expect(store.kept).to.equal('memory');
    await works(store);
    stubborn.close();
    (await upgraded).close();
    await deleteDB(DATABASE, { blocked: () => expect.fail('Somebody holds the database.') });
    expect((await open()).kept).to.equal('local');
  });

  it('gives a database back that it gets too late', async () => {
    (await open()).close();
    const stubborn = await openDB(DATABASE);
    const deleted = deleteDB(DATABASE);
    const store = await open();
    expect(store.kept).to.equal('memory');
    stubborn.close();
    await deleted;
    await waitUntil(async () => (await indexedDB.databases()).some(({ name }) => name === DATABASE));
    await aTimeout(50);
    await deleteDB(DATABASE, { blocked: () => expect.fail('Somebody holds the database.') });
    await works(store);
  });
});

it('a store whose database is deleted goes on in memory', async () => {
  const store = await open();
  const kept = conversation('Why?');
  await store.save(kept);
  await deleteDB(DATABASE);
  expect([store.kept, turned]).to.deep.equal(['memory', 1]);
  expect(await store.load(kept.id)).to.deep.equal(kept);
});

it('a store from which the browser takes its database goes on in memory', async () => {
  const { open: openDatabase } = IDBFactory.prototype;
  let request: IDBOpenDBRequest | undefined;
  replace(IDBFactory.prototype, 'open', {
    value: (name: string, version?: number) => (request = openDatabase.call(indexedDB, name, version)),
  });
  const store = await open();
  const kept = conversation('Why?');
  await store.save(kept);
  // As the browser does it when the disk is gone: the connection is closed, and told so.
  request!.result.close();
  request!.result.dispatchEvent(new Event('close'));
  expect([store.kept, turned]).to.deep.equal(['memory', 1]);
  expect(await store.load(kept.id)).to.deep.equal(kept);
});

it('a store that fails while it is cleared leaves nothing all the same', async () => {
  const store = await open();
  await store.save(conversation('Why?'));
  const { delete: remove } = IDBObjectStore.prototype;
  let calls = 0;
  replace(IDBObjectStore.prototype, 'delete', {
    value(this: IDBObjectStore, range: IDBKeyRange) {
      return ++calls <= 2 ? refuse() : remove.call(this, range);
    },
  });
  await store.clear();
  expect([store.kept, turned]).to.deep.equal(['memory', 1]);
  expect(await listed(store)).to.deep.equal([]);
  expect(await indexedRecords.count({ endpoint: '/chat' })).to.equal(0);
});

it('clearing makes no database where there is none', async () => {
  const store = await open({ persist: 'none' });
  await store.clear();
  expect((await indexedDB.databases()).map(({ name }) => name)).not.to.include(DATABASE);
});

it('a closed store keeps nothing more, and says nothing', async () => {
  const store = await open();
  await store.save(conversation('Before'));
  store.close();
  await store.save(conversation('After'));
  expect(await indexedRecords.count({ endpoint: '/chat' })).to.equal(1);
  expect(turned).to.equal(0);
  await store.clear();
  expect(await indexedRecords.count({ endpoint: '/chat' })).to.equal(0);
});
