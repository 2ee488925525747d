/** What every store of conversations does, wherever it keeps them. */

import { expect } from '@open-wc/testing';
import { apply, ask, type Conversation, newConversation } from '../../widget/conversation/conversation.ts';
import { newId } from '../../widget/conversation/new-id.ts';
import type { ConversationStore } from '../../widget/storage/conversation-store.ts';
import { listed } from './listed.ts';

/** A conversation with questions, each answered. */
export function conversation(...questions: string[]): Conversation {
  return questions.reduce((before, question) => {
    const asked = ask(question);
    const answerId = asked.answer.id;
    return [
      asked,
      { type: 'sent', answerId } as const,
      { type: 'delta', answerId, content: `Answer to ${question}`, reasoning: 'Hm.', model: 'm-1' } as const,
      { type: 'completed', answerId, finishReason: 'stop' } as const,
    ].reduce(apply, before);
  }, newConversation());
}

/** With an image of so many characters, and a text file. */
export function withAttachments(characters = 100): Conversation {
  const id = newId();
  const dataUrl = 'x'.repeat(characters);
  const attachments = [
    { id, type: 'image', name: 'a.jpg', alt: 'A house', width: 4, height: 3, dataUrl },
    { id: newId(), type: 'text', name: 'notes.txt', text: 'Notes' },
  ] as const;
  return apply(newConversation(), ask('', { attachments }));
}

/** @param open opens a store of a scope that nobody has used */
export function conversationStoreSuite(name: string, open: () => Promise<ConversationStore>): void {
  describe(`conversations kept in ${name}`, () => {
    let store: ConversationStore;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(async () => {
      await store.clear();
      store.close();
    });

    it('come back as they were', async () => {
      const kept = conversation('Why?', 'How?');
      await store.save(kept);
      expect(await store.load(kept.id)).to.deep.equal(kept);
    });

    it('are not there before they are saved', async () => {
      expect(await listed(store)).to.deep.equal([]);
      expect(await store.load()).to.equal(undefined);
      expect(await store.load('nobody')).to.equal(undefined);
    });

    it('keep an answer in the making as it is', async () => {
      const asked = ask('Why?');
      const answerId = asked.answer.id;
      const events = [
        asked,
        { type: 'sent', answerId },
        { type: 'opened', answerId, streamId: 's' },
      ] as const;
      const half = [...events, { type: 'delta', answerId, content: 'Beca', number: 3 } as const].reduce(
        apply,
        newConversation(),
      );
      await store.save(half);
      expect((await store.load(half.id))?.messages[1]).to.deep.include({
        status: 'streaming',
        content: 'Beca',
        key: asked.answer.key,
        stream: { id: 's', last: 3 },
      });
    });

    it('keep any text: other scripts, emoji, half a surrogate, quotes and nothing', async () => {
      const odd = conversation('你好 👩‍👩‍👧 \ud83d "\\" \u0000\u2028', '', '{"__proto__":1}');
      await store.save(odd);
      expect(await store.load(odd.id)).to.deep.equal(odd);
    });

    it('keep what was attached to their questions, in any of their versions', async () => {
      const asked = withAttachments();
      const kept = { ...asked, aside: [{ after: null, messages: withAttachments().messages }] };
      await store.save(kept);
      expect(await store.load(kept.id)).to.deep.equal(kept);
      expect((await listed(store))[0]?.opening).to.equal('a.jpg, notes.txt');
    });

    it('lose an image with its question, and have it again when that is brought back', async () => {
      const kept = withAttachments();
      await store.save(kept);
      await store.save({ ...kept, messages: [] });
      expect((await store.load(kept.id))?.messages).to.deep.equal([]);
      await store.save(kept);
      expect(await store.load(kept.id)).to.deep.equal(kept);
      const bringBack = await store.remove(kept.id);
      expect(await store.load(kept.id)).to.equal(undefined);
      await bringBack();
      expect(await store.load(kept.id)).to.deep.equal(kept);
    });

    it('may have any id', async () => {
      for (const id of ['__proto__', '"],[', 'constructor', 'a/b:c', '💬']) {
        await store.save({ ...conversation(id), id });
        expect((await store.load(id))?.messages[0]).to.include({ content: id });
      }
      expect(await listed(store)).to.have.length(5);
    });

    it('are listed, the one that was changed last first, with how they began', async () => {
      const first = conversation('  What is\n this? ');
      const second = conversation('x'.repeat(500));
      await store.save(first);
      await nextMillisecond();
      await store.save(second);
      await nextMillisecond();
      const [newer, older] = await listed(store);
      expect([newer?.id, older?.id]).to.deep.equal([second.id, first.id]);
      expect(older?.opening).to.equal('What is this?');
      expect(newer?.opening).to.equal('x'.repeat(200));
      await store.save(first);
      expect((await listed(store)).map(({ id }) => id)).to.deep.equal([first.id, second.id]);
    });

    it('remember when they began and when they changed', async () => {
      const kept = conversation('Why?');
      const start = Date.now();
      await store.save(kept);
      const [before] = await listed(store);
      expect(before?.createdAt).to.be.within(start, Date.now());
      expect(before?.updatedAt).to.equal(before?.createdAt);
      await nextMillisecond();
      await store.save(kept);
      const [after] = await listed(store);
      expect(after?.createdAt).to.equal(before?.createdAt);
      expect(after?.updatedAt).to.be.greaterThan(before!.updatedAt);
    });

    it('end as they were saved last, however many saves are on their way', async () => {
      const states = Array.from({ length: 40 }, (_, count) => ({
        ...conversation(`Question ${count}`),
        id: 'one',
      }));
      await Promise.all(states.map(state => store.save(state)));
      expect(await store.load('one')).to.deep.equal(states.at(-1));
      expect(await listed(store)).to.have.length(1);
    });

    it('have one that is current, also before it is saved, and none when that one is removed', async () => {
      const kept = conversation('Why?');
      await store.save(conversation('Another'));
      await store.setCurrent(kept.id);
      expect(await store.load()).to.equal(undefined);
      await store.save(kept);
      expect(await store.load()).to.deep.equal(kept);
      await store.remove(kept.id);
      expect(await store.load()).to.equal(undefined);
    });

    it('have the title that the visitor gives, which a save leaves alone', async () => {
      const kept = conversation('Why?');
      await store.save(kept);
      await store.rename(kept.id, 'My title');
      await store.save(kept);
      expect((await listed(store))[0]).to.include({ title: 'My title', opening: 'Why?' });
      await store.rename(kept.id);
      expect((await listed(store))[0]).to.not.have.property('title');
    });

    it('are not made by a title', async () => {
      await store.rename('nobody', 'Title');
      expect(await listed(store)).to.deep.equal([]);
      await store.save({ ...conversation('Why?'), id: 'nobody' });
      expect((await listed(store))[0]).to.not.have.property('title');
    });

    it('have a place where their reader left, which goes with them and comes back with them', async () => {
      const kept = conversation('Why?');
      const place = { message: kept.messages[0]!.id, offset: 12.5 };
      await store.setPlace(kept.id, place);
      expect(await store.place(kept.id), 'of nothing').to.equal(undefined);
      await store.save(kept);
      await store.setPlace(kept.id, place);
      await store.save(kept);
      expect(await store.place(kept.id)).to.deep.equal(place);
      const bringBack = await store.remove(kept.id);
      expect(await store.place(kept.id)).to.equal(undefined);
      await bringBack();
      expect(await store.place(kept.id)).to.deep.equal(place);
      await store.setPlace(kept.id);
      expect(await store.place(kept.id)).to.equal(undefined);
    });

    it('may have answers that go on unseen', async () => {
      expect(await store.unseen()).to.deep.equal([]);
      await store.setUnseen(['one', 'two']);
      expect(await store.unseen()).to.deep.equal(['one', 'two']);
      await store.setUnseen([]);
      expect(await store.unseen()).to.deep.equal([]);
    });

    it('are listed while others are removed', async () => {
      const all = ['a', 'b', 'c'].map(question => conversation(question));
      for (const one of all) {
        await store.save(one);
        await nextMillisecond();
      }
      const seen: string[] = [];
      for await (const one of store.list()) {
        seen.push(one.conversation.id);
        await store.remove(all[1]!.id);
      }
      expect(seen).to.deep.equal([all[2]!.id, all[0]!.id]);
    });

    it('are removed one by one, and brought back as they were', async () => {
      const kept = conversation('Why?');
      const other = conversation('How?');
      await store.save(kept);
      await store.rename(kept.id, 'My title');
      await nextMillisecond();
      await store.save(other);
      const before = await listed(store);
      const bringBack = await store.remove(kept.id);
      expect((await listed(store)).map(({ id }) => id)).to.deep.equal([other.id]);
      expect(await store.load(kept.id)).to.equal(undefined);
      await nextMillisecond();
      await bringBack();
      expect(await listed(store)).to.deep.equal(before);
      expect(await store.load(kept.id)).to.deep.equal(kept);
    });

    it('do not come from nothing when what was never there is brought back', async () => {
      const bringBack = await store.remove('nobody');
      await bringBack();
      expect(await listed(store)).to.deep.equal([]);
    });

    it('are kept when they are saved right after they were removed', async () => {
      const kept = conversation('Why?');
      await store.save(kept);
      await Promise.all([store.remove(kept.id), store.save(kept)]);
      expect(await store.load(kept.id)).to.deep.equal(kept);
    });

    it('are all gone when they are cleared, and what comes then is kept', async () => {
      const old = conversation('Why?');
      await store.save(old);
      await store.setCurrent(old.id);
      await store.rename(old.id, 'Title');
      const fresh = { ...conversation('How?'), id: old.id };
      await Promise.all([store.save(old), store.clear(), store.save(fresh)]);
      expect(await store.load()).to.equal(undefined);
      expect((await listed(store)).map(({ id, title, opening }) => ({ id, title, opening }))).to.deep.equal([
        { id: old.id, title: undefined, opening: 'How?' },
      ]);
    });
  });
}

/** Times are in milliseconds; what follows is later than what was before. */
export async function nextMillisecond(): Promise<void> {
  const now = Date.now();
  while (Date.now() === now) await new Promise(resolve => setTimeout(resolve, 1));
}
