/** Conversations in the browser's real storage. */

import { expect } from '@open-wc/testing';
import type { Conversation } from '../../widget/conversation/conversation.ts';
import type { ConversationStore } from '../../widget/storage/conversation-store.ts';
import { mark, unmark } from '../../widget/storage/mark.ts';
import { hasKept, leaveUnsaved } from '../../widget/storage/marker.ts';
import { openStore, type StoreSettings } from '../../widget/storage/open-store.ts';
import { migrations } from '../../widget/storage/record.ts';
import { scopeOf } from '../../widget/storage/scope.ts';
import { takeUnsaved } from '../../widget/storage/unsaved.ts';
import {
  conversation,
  conversationStoreSuite,
  nextMillisecond,
  withAttachments,
} from '../support/conversation-store-suite.ts';
import { indexedRecords, type KeptRecords, sessionRecords } from '../support/kept-records.ts';
import { listed } from '../support/listed.ts';

const DAY_MS = 86_400_000;
const opened: ConversationStore[] = [];

/** Closed and cleared when the test ends. */
async function open(settings: StoreSettings): Promise<ConversationStore> {
  const store = await openStore(settings);
  opened.push(store);
  return store;
}

afterEach(async () => {
  for (const store of opened.splice(0)) {
    await store.clear();
    store.close();
  }
});

function freshScope(userId?: string): { endpoint: string; userId?: string } {
  return { endpoint: `https://${crypto.randomUUID()}.example/v1`, ...(userId && { userId }) };
}

for (const [persist, name] of [
  ['local', 'IndexedDB'],
  ['session', 'sessionStorage'],
  ['none', 'memory'],
] as const) {
  conversationStoreSuite(name, () => openStore({ persist, ...freshScope() }));
}

describe('a store', () => {
  it('says where it keeps', async () => {
    expect((await open({ persist: 'local', ...freshScope() })).kept).to.equal('local');
    expect((await open({ persist: 'session', ...freshScope() })).kept).to.equal('session');
    expect((await open({ persist: 'none', ...freshScope() })).kept).to.equal('memory');
  });

  it('that keeps in memory leaves nothing behind', async () => {
    const scope = freshScope();
    const store = await open({ persist: 'none', ...scope });
    await store.save(conversation('Why?'));
    expect(hasKept(scopeOf(scope))).to.equal(false);
    expect(await listed(await open({ persist: 'local', ...scope }))).to.deep.equal([]);
    expect(await listed(await open({ persist: 'none', ...scope }))).to.deep.equal([]);
  });

  it('of one endpoint is the same with and without a slash, and from any page', () => {
    expect(scopeOf({ endpoint: '/chat/' })).to.equal(scopeOf({ endpoint: `${location.origin}/chat` }));
    expect(scopeOf({ endpoint: '/chat', userId: '' })).to.equal(scopeOf({ endpoint: '/chat' }));
    expect(scopeOf({ endpoint: '/chat', userId: 'null' })).not.to.equal(scopeOf({ endpoint: '/chat' }));
    expect(scopeOf({ endpoint: 'https://' })).to.be.a('string');
  });
});

const keepers: Array<['local' | 'session', KeptRecords]> = [
  ['local', indexedRecords],
  ['session', sessionRecords],
];

for (const [persist, records] of keepers) {
  describe(`a store that is opened again (${persist})`, () => {
    it('has what was kept', async () => {
      const scope = freshScope('ann');
      const kept = conversation('Why?');
      const store = await open({ persist, ...scope });
      await store.save(kept);
      await store.setCurrent(kept.id);
      await store.rename(kept.id, 'Title');
      store.close();
      const again = await open({ persist, ...scope });
      expect(await again.load()).to.deep.equal(kept);
      expect((await listed(again))[0]?.title).to.equal('Title');
    });

    it('keeps the beginning of a conversation that it saves without having loaded it', async () => {
      const scope = freshScope();
      const kept = conversation('Why?');
      const record = { conversation: kept, createdAt: Date.now() - 5000, updatedAt: Date.now() - 4000 };
      const store = await open({ persist, ...scope });
      await records.put(scope, ['conversation', 1, kept.id], record);
      await store.save(kept);
      expect((await listed(store))[0]?.createdAt).to.equal(record.createdAt);
    });

    it('never has what is of another visitor or another endpoint', async () => {
      const ann = freshScope('ann');
      const scopes = [ann, { ...ann, userId: 'bob' }, { endpoint: ann.endpoint }, freshScope('ann')];
      const stores = await Promise.all(scopes.map(scope => open({ persist, ...scope })));
      await Promise.all(
        stores.map((store, index) => store.save({ ...conversation(`Of ${index}`), id: 'same' })),
      );
      for (const [index, store] of stores.entries()) {
        expect((await listed(store)).map(({ opening }) => opening)).to.deep.equal([`Of ${index}`]);
      }
      await stores[0]!.clear();
      expect(await records.count(ann)).to.equal(0);
      expect(hasKept(scopeOf(ann))).to.equal(false);
      for (const [index, store] of stores.entries()) {
        expect(await listed(store)).to.have.length(index === 0 ? 0 : 1);
        expect(hasKept(scopeOf(scopes[index]!))).to.equal(index !== 0);
      }
    });

    it('has let go of what is too old, with its title, and of nothing else', async () => {
      const scope = freshScope();
      const store = await open({ persist, ...scope });
      const ages = { fresh: 0, recent: 29, old: 31, older: 400 };
      for (const [id, days] of Object.entries(ages)) {
        const updatedAt = Date.now() - days * DAY_MS;
        const record = { conversation: { ...conversation(id), id }, createdAt: 0, updatedAt };
        await records.put(scope, ['conversation', 1, id], record);
        await store.rename(id, `Title of ${id}`);
      }
      store.close();

      const month = await open({ persist, ...scope });
      expect((await listed(month)).map(({ id }) => id)).to.deep.equal(['fresh', 'recent']);
      expect(await records.count(scope)).to.equal(4);
      const week = await open({ persist, ...scope, keepDays: 7 });
      expect((await listed(week)).map(({ id }) => id)).to.deep.equal(['fresh']);
      expect(await records.count(scope)).to.equal(2);
      for (const keepDays of [NaN, -1, 0, Infinity])
        expect(await listed(await open({ persist, ...scope, keepDays }))).to.have.length(1);
    });

    it('writes an image once, apart from what is said, and has let go of it with its conversation', async () => {
      const scope = freshScope();
      const store = await open({ persist, ...scope });
      const kept = withAttachments();
      await store.save(kept);
      const [image] = (await records.attachments(scope)) as string[];
      expect(image).to.match(/^x{100}$/);
      const record = await records.get(scope, ['conversation', 1, kept.id]);
      expect(JSON.stringify(record)).not.to.contain('xxx');
      await records.put(scope, ['conversation', 1, kept.id], { ...(record as object), updatedAt: 1 });
      store.close();
      await open({ persist, ...scope });
      expect(await records.attachments(scope)).to.deep.equal([]);
    });

    it('unmarks a scope of which nothing is left', async () => {
      const scope = freshScope();
      const old = { conversation: conversation('Old'), createdAt: 0, updatedAt: 1 };
      await open({ persist, ...freshScope() });
      await records.put(scope, ['conversation', 1, old.conversation.id], old);
      mark(scopeOf(scope), persist);
      await open({ persist, ...scope });
      expect(hasKept(scopeOf(scope))).to.equal(false);
    });

    it('reads what can be read of broken records, and lets the rest be', async () => {
      const scope = freshScope();
      const kept = conversation('Why?');
      const [question, answer] = kept.messages;
      const times = { createdAt: 5, updatedAt: Date.now() };
      const broken: Record<string, unknown> = {
        number: 7,
        text: 'rubbish',
        nothing: null,
        list: [kept],
        empty: {},
        'of another id': { ...times, conversation: { ...kept, id: 'x' } },
        'no messages': { ...times, conversation: { id: 'no messages' } },
        'messages of text': { ...times, conversation: { id: 'messages of text', messages: 'text' } },
        'rubbish times': { createdAt: {}, updatedAt: 'now', conversation: { ...kept, id: 'rubbish times' } },
        'no times': { conversation: { ...kept, id: 'no times' } },
        'rubbish messages': {
          ...times,
          conversation: {
            id: 'rubbish messages',
            messages: [
              null,
              1,
              {},
              question,
              { ...answer, status: 'burning' },
              { role: 'user', content: 'x' },
            ],
          },
        },
      };
      const store = await open({ persist, ...scope });
      for (const [id, value] of Object.entries(broken))
        await records.put(scope, ['conversation', 1, id], value);
      await records.put(scope, ['title', 'no times'], { not: 'a text' });
      await records.put(scope, ['current'], ['no text']);
      store.close();

      const again = await open({ persist, ...scope });
      expect(again.kept).to.equal(persist);
      const readable = ['no times', 'rubbish messages', 'rubbish times'];
      expect((await listed(again)).map(({ id }) => id).sort()).to.deep.equal(readable);
      expect(await again.load()).to.equal(undefined);
      expect((await again.load('rubbish messages'))?.messages).to.deep.equal([
        question,
        { ...answer, status: 'stopped' },
      ]);
      for (const id of Object.keys(broken))
        expect((await again.load(id)) !== undefined, id).to.equal(readable.includes(id));
      expect(await records.count(scope)).to.equal(Object.keys(broken).length + 2);
    });

    it('neither shows nor touches what a newer widget keeps, until all is cleared', async () => {
      const scope = freshScope();
      const kept = conversation('Why?');
      const future = { conversation: { ...kept, words: 'of the future' }, updatedAt: 1, expiresAt: 2 };
      const store = await open({ persist, ...scope });
      await records.put(scope, ['conversation', 99, kept.id], future);
      store.close();

      const again = await open({ persist, ...scope });
      expect(await listed(again)).to.deep.equal([]);
      await again.save(kept);
      await again.remove(kept.id);
      expect(await records.get(scope, ['conversation', 99, kept.id])).to.deep.equal(future);
      await again.clear();
      expect(await records.count(scope)).to.equal(0);
    });

    describe('by a newer widget', () => {
      /** Version 2 has its texts in `said`; version 1 is all that was kept until now. */
      beforeEach(() => {
        migrations.push(record => {
          const { conversation, ...times } = record as { conversation: { id: string; texts: string[] } };
          const messages = conversation.texts.map((content, index) => ({
            id: `${index}`,
            role: 'user',
            content,
          }));
          return { ...times, conversation: { id: conversation.id, messages } };
        });
      });
      afterEach(() => {
        migrations.length = 0;
      });

      const old = (id: string, text: string, updatedAt: number): Record<string, unknown> => ({
        conversation: { id, texts: [text] },
        createdAt: 5,
        updatedAt,
      });

      it('has the older records, with their times and titles, once', async () => {
        const scope = freshScope();
        await open({ persist, ...freshScope() });
        const updatedAt = Date.now() - 1000;
        await records.put(scope, ['conversation', 1, 'a'], old('a', 'Old words', updatedAt));
        await records.put(scope, ['title', 'a'], 'Old title');
        for (let times = 0; times < 2; times++) {
          const store = await open({ persist, ...scope });
          expect(await listed(store)).to.deep.equal([
            { id: 'a', title: 'Old title', opening: 'Old words', createdAt: 5, updatedAt },
          ]);
          store.close();
        }
        expect(await records.get(scope, ['conversation', 1, 'a'])).to.equal(undefined);
      });

      it('sets aside what it cannot make newer', async () => {
        const scope = freshScope();
        await open({ persist, ...freshScope() });
        await records.put(scope, ['conversation', 1, 'a'], { updatedAt: Date.now() });
        await records.put(scope, ['conversation', 1, 'b'], old('b', 'Fine', Date.now()));
        const store = await open({ persist, ...scope });
        expect((await listed(store)).map(({ id }) => id)).to.deep.equal(['b']);
        expect(await records.get(scope, ['conversation', 1, 'a'])).to.be.an('object');
      });

      it('takes over what a page with the older widget has written since, and no older words', async () => {
        const scope = freshScope();
        const store = await open({ persist, ...scope });
        await store.save({ ...conversation('Newer'), id: 'a' });
        await store.save({ ...conversation('Newer'), id: 'b' });
        await records.put(scope, ['conversation', 1, 'a'], old('a', 'Newest', Date.now() + 1000));
        await records.put(scope, ['conversation', 1, 'b'], old('b', 'Oldest', Date.now() - 1000));
        store.close();
        const again = await open({ persist, ...scope });
        expect((await listed(again)).map(({ opening }) => opening)).to.deep.equal(['Newest', 'Newer']);
        expect(await records.get(scope, ['conversation', 1, 'b'])).to.equal(undefined);
      });
    });
  });
}

describe('what is kept in IndexedDB', () => {
  it('is seen by two tabs at once, each with what the other has written', async () => {
    const scope = freshScope();
    const [one, other] = [
      await open({ persist: 'local', ...scope }),
      await open({ persist: 'local', ...scope }),
    ];
    const kept = conversation('Why?');
    await one.save(kept);
    expect(await other.load(kept.id)).to.deep.equal(kept);
    const [first] = await listed(one);
    await other.rename(kept.id, 'Title');
    await other.setCurrent(kept.id);
    await one.save(kept);
    expect((await listed(one))[0]).to.include({ title: 'Title', createdAt: first!.createdAt });
    expect(await one.load()).to.deep.equal(kept);
    await Promise.all(
      Array.from({ length: 20 }, (_, count) => (count % 2 ? one : other).save(conversation(`${count}`))),
    );
    expect(await listed(one)).to.have.length(21);
    await one.clear();
    expect(await listed(other)).to.deep.equal([]);
  });

  it('has all that two pages make of one conversation which do not hear of each other', async () => {
    const scope = freshScope();
    const pages = [await open({ persist: 'local', ...scope }), await open({ persist: 'local', ...scope })];
    const [one, other] = pages as [ConversationStore, ConversationStore];
    const begun = conversation('Why?');
    await one.save(begun);
    const known = (await other.load(begun.id))!;
    const more = (before: Conversation, question: string) => ({
      ...before,
      messages: [...before.messages, ...conversation(question).messages],
    });
    const questions = ({ messages }: Conversation) =>
      messages.flatMap(({ role, content }) => (role === 'user' ? content : []));
    const longer = await one.save(more(begun, 'How?'));
    expect(questions(longer)).to.deep.equal(['Why?', 'How?']);
    await nextMillisecond();
    const whole = await other.save(more(known, 'When?'));
    expect(questions(whole)).to.deep.equal(['Why?', 'How?', 'When?']);
    expect(await other.save(whole)).to.equal(whole);
    // The first page has not looked since.
    const { messages } = longer;
    expect(questions(await one.save({ ...longer, messages: messages.slice(2) }))).to.deep.equal([
      'How?',
      'When?',
    ]);
  });

  it('goes at its end even if only another visitor comes', async () => {
    const ann = freshScope('ann');
    await open({ persist: 'local', ...freshScope() });
    const put = (id: string, expiresAt: number): Promise<void> => {
      const record = { conversation: { ...conversation(id), id }, createdAt: 1, updatedAt: 1, expiresAt };
      return indexedRecords.put(ann, ['conversation', 1, id], record);
    };
    await put('over', Date.now() - 1);
    await put('not over', Date.now() + 60_000);
    await indexedRecords.put(ann, ['title', 'over'], 'Title');
    await open({ persist: 'local', ...freshScope('bob') });
    expect(await indexedRecords.count(ann)).to.equal(1);
    expect(await indexedRecords.get(ann, ['conversation', 1, 'not over'])).to.be.an('object');
    await (await open({ persist: 'local', ...ann })).clear();
  });

  it('is cleared by a page that keeps elsewhere, too', async () => {
    for (const persist of ['session', 'none'] as const) {
      const scope = freshScope();
      await (await open({ persist: 'local', ...scope })).save(conversation('Why?'));
      await (await open({ persist: 'session', ...scope })).save(conversation('Why?'));
      await (await open({ persist, ...scope })).clear();
      expect(await indexedRecords.count(scope)).to.equal(0);
      expect(await sessionRecords.count(scope)).to.equal(0);
      expect(hasKept(scopeOf(scope))).to.equal(false);
    }
  });
});

describe('the sign that something is kept', () => {
  it('is there from the first save on, for this scope alone', async () => {
    for (const persist of ['local', 'session'] as const) {
      const scope = freshScope();
      const store = await open({ persist, ...scope });
      expect(hasKept(scopeOf(scope))).to.equal(false);
      const saving = store.save(conversation('Why?'));
      expect(hasKept(scopeOf(scope))).to.equal(true);
      await saving;
      expect(hasKept(scopeOf(freshScope()))).to.equal(false);
    }
  });

  it('is set and taken away', () => {
    for (const place of ['local', 'session'] as const) {
      mark('a scope', place);
      expect(hasKept('a scope')).to.equal(true);
      expect(hasKept('another scope')).to.equal(false);
      unmark('a scope', place);
      expect(hasKept('a scope')).to.equal(false);
    }
  });
});

describe('what a page could not save before it was left', () => {
  const left = conversation('Why?');

  for (const place of ['local', 'session'] as const) {
    it(`is a sign for its scope, and is taken once (${place})`, () => {
      const [scope, other] = [scopeOf(freshScope()), scopeOf(freshScope())];
      leaveUnsaved(scope, place, left);
      expect(hasKept(scope)).to.equal(true);
      expect(takeUnsaved(other)).to.deep.equal([]);
      expect(takeUnsaved(scope)).to.deep.equal([left]);
      expect(takeUnsaved(scope)).to.deep.equal([]);
      expect(hasKept(scope)).to.equal(false);
    });

    it(`goes with its age, whoever comes then, and when its scope is cleared (${place})`, async () => {
      const [old, fresh] = [freshScope('ann'), freshScope('bob')];
      for (const scope of [old, fresh]) leaveUnsaved(scopeOf(scope), place, left);
      const storage = place === 'local' ? localStorage : sessionStorage;
      const name = Object.keys(storage).find(key => key.includes(scopeOf(old)))!;
      storage.setItem(name, JSON.stringify({ conversation: left, updatedAt: Date.now() - 31 * DAY_MS }));
      await open({ persist: 'local', ...freshScope() });
      expect(takeUnsaved(scopeOf(old))).to.deep.equal([]);
      expect(hasKept(scopeOf(fresh))).to.equal(true);
      await (await open({ persist: 'none', ...fresh })).clear();
      expect(hasKept(scopeOf(fresh))).to.equal(false);
    });
  }

  it('leaves signs alone, and takes no rubbish for a conversation', () => {
    const scope = scopeOf(freshScope());
    mark(scope, 'local');
    for (const [name, text] of Object.entries({ a: 'rubbish', b: '{"conversation":7}', c: 'null' }))
      localStorage.setItem(`rivulet-kept:${scope}${name}`, text);
    expect(takeUnsaved(scope)).to.deep.equal([]);
    expect(hasKept(scope)).to.equal(true);
    for (const name of ['', 'a', 'b', 'c']) localStorage.removeItem(`rivulet-kept:${scope}${name}`);
  });
});
