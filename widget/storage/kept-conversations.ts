/** The store: what conversations, titles and versions mean, on whatever shelf the records lie. */

import type { Conversation } from '../conversation/conversation.ts';
import { type Known, knownOf, reconciled } from '../conversation/joining.ts';
import { newId } from '../conversation/new-id.ts';
import { removeChoices } from './choices.ts';
import type { KeptConversation, ReadingPlace } from '../conversation/kept-conversation.ts';
import type { ConversationStore, Kept } from './conversation-store.ts';
import { clearIndexed } from './indexed-shelf.ts';
import { KeptImages, withoutImages } from './kept-images.ts';
import { mark, unmark } from './mark.ts';
import { count, own, type Readers, readFields, text } from './read-fields.ts';
import { type ConversationRecord, conversationKey, migrated, readRecord, schemaVersion } from './record.ts';
import { SessionShelf } from './session-shelf.ts';
import { besides, type Key, type Shelf } from './shelf.ts';
import { clearUnsaved, expireUnsaved } from './unsaved.ts';

export class KeptConversations implements ConversationStore {
  readonly #scope: string;
  readonly #shelf: Shelf;
  readonly #maxAgeMs: number;
  readonly #images: KeptImages;
  /** By which what it has written is told from what others have. */
  readonly #writer = newId();
  /** Of conversations that this page knows: when each began, and its messages as they were first loaded, or saved last. */
  readonly #known = new Map<string, { createdAt: number; messages: Known }>();

  constructor(scope: string, shelf: Shelf, maxAgeMs: number) {
    this.#scope = scope;
    this.#shelf = shelf;
    this.#maxAgeMs = maxAgeMs;
    this.#images = new KeptImages(shelf);
  }

  get kept(): Kept {
    return this.#shelf.kept;
  }

  /** Lets go of what is too old, and makes older versions the present one. To be awaited before all else. */
  async tidy(): Promise<void> {
    const before = Date.now() - this.#maxAgeMs;
    expireUnsaved(before);
    const isAnyLeft = await this.#shelf.expire(schemaVersion(), before);
    if (!isAnyLeft && this.kept !== 'memory') unmark(this.#scope, this.kept);
    for (let version = 1; version < schemaVersion(); version++)
      for (const [key, record] of await this.#shelf.below(['conversation', version]))
        await this.#migrate(String(key[2]), version, record);
  }

  async *list(): AsyncGenerator<KeptConversation, void> {
    const [keys, titles] = await Promise.all([
      this.#shelf.newest(['conversation', schemaVersion()]),
      this.#shelf.below(['title']),
    ]);
    const titleOf = new Map(titles.map(([[, id], title]) => [id, text(title)]));
    for (const key of keys) {
      const record = readRecord(await this.#shelf.get(key), key[2]);
      const title = titleOf.get(String(key[2]));
      if (record) yield { ...record, ...(title && { title }) };
    }
  }

  async load(id?: string): Promise<Conversation | undefined> {
    const wanted = id ?? text(await this.#shelf.get(['current']));
    if (wanted === undefined) return undefined;
    const record = readRecord(await this.#shelf.get(conversationKey(wanted)), wanted);
    if (!record) return undefined;
    const conversation = await this.#images.restore(record.conversation);
    // Whoever looks at it once more has not made what is new in it their own yet.
    if (!this.#known.has(wanted))
      this.#known.set(wanted, { createdAt: record.createdAt, messages: knownOf(conversation) });
    return conversation;
  }

  async save(conversation: Conversation): Promise<Conversation> {
    // The text first: of a page that is left, this may be all that there is time and room for.
    const [whole] = await Promise.all([this.#saveText(conversation), this.#images.save(conversation)]);
    return whole === conversation ? conversation : this.#images.restore(whole);
  }

  /** What is known is written without a look at what is there: that comes back with it. */
  async #saveText(conversation: Conversation): Promise<Conversation> {
    const { id } = conversation;
    const key = conversationKey(id);
    const now = Date.now();
    const written = withoutImages(conversation);
    const messages = knownOf(conversation);
    if (this.kept !== 'memory') mark(this.#scope, this.kept);
    const known = this.#known.get(id);
    if (known) {
      const { createdAt } = known;
      this.#known.set(id, { createdAt, messages });
      const there = await this.#shelf.replace(key, this.#record(written, createdAt, now));
      const others = own(there, 'writer') === this.#writer ? undefined : readRecord(there, id);
      return others ? reconciled(conversation, known.messages, others.conversation) : conversation;
    }
    let createdAt = now;
    await this.#shelf.update(key, before => {
      createdAt = readRecord(before, id)?.createdAt ?? now;
      return this.#record(written, createdAt, now);
    });
    this.#known.set(id, { createdAt, messages });
    return conversation;
  }

  setCurrent(id: string): Promise<void> {
    return this.#shelf.put(['current'], id);
  }

  rename(id: string, title?: string): Promise<void> {
    return this.#putBeside(id, 'title', title);
  }

  async place(id: string): Promise<ReadingPlace | undefined> {
    const { message, offset } = readFields(await this.#shelf.get(['place', id]), placeReaders);
    return message !== undefined && offset !== undefined ? { message, offset } : undefined;
  }

  setPlace(id: string, place?: ReadingPlace): Promise<void> {
    return this.#putBeside(id, 'place', place);
  }

  async unseen(): Promise<string[]> {
    const ids = await this.#shelf.get(['unseen']);
    return Array.isArray(ids) ? ids.flatMap(id => text(id) ?? []) : [];
  }

  setUnseen(ids: readonly string[]): Promise<void> {
    return ids.length > 0 ? this.#shelf.put(['unseen'], [...ids]) : this.#shelf.remove(['unseen']);
  }

  async remove(id: string): Promise<() => Promise<void>> {
    const keys = [conversationKey(id), ...besides.map(kind => [kind, id])];
    const reading = Promise.all(keys.map(key => this.#shelf.get(key)));
    // Begun before the reading has ended, so that a later save is not removed.
    const [values, , restoreImages] = await Promise.all([
      reading,
      this.#shelf.remove(...keys),
      this.#images.remove(id),
    ]);
    return async () => {
      const kept = keys.flatMap((key, index) =>
        values[index] === undefined ? [] : [[key, values[index]] as const],
      );
      await Promise.all([...kept.map(([key, value]) => this.#shelf.put(key, value)), restoreImages()]);
    };
  }

  async clear(): Promise<void> {
    this.#known.clear();
    this.#images.forget();
    unmark(this.#scope, 'local');
    unmark(this.#scope, 'session');
    clearUnsaved(this.#scope);
    removeChoices(this.#scope);
    // Another page of the site may keep elsewhere, and a shelf that fails may still have something.
    await Promise.all([this.#shelf.clear(), clearSession(this.#scope)]);
    if (this.kept !== 'local') await clearIndexed(this.#scope).catch(() => {});
  }

  close(): void {
    this.#shelf.close();
  }

  async #putBeside(id: string, kind: (typeof besides)[number], value: unknown): Promise<void> {
    const key: Key = [kind, id];
    if (!value) return this.#shelf.remove(key);
    if (await this.#shelf.get(conversationKey(id))) await this.#shelf.put(key, value);
  }

  #record(conversation: Conversation, createdAt: number, updatedAt: number): ConversationRecord {
    const expiresAt = updatedAt + this.#maxAgeMs;
    return { conversation, createdAt, updatedAt, expiresAt, writer: this.#writer };
  }

  /** What cannot be read stays where it is: set aside, as no widget asks for that version any more. */
  async #migrate(id: string, version: number, older: unknown): Promise<void> {
    const record = readRecord(migrated(older, version), id);
    if (!record) return;
    const { conversation, createdAt, updatedAt } = record;
    // A page with the older widget may have gone on with a conversation that a newer one had taken over.
    await this.#shelf.update(conversationKey(id), before => {
      const isOlder = (readRecord(before, id)?.updatedAt ?? -1) < updatedAt;
      return isOlder ? this.#record(conversation, createdAt, updatedAt) : before;
    });
    await this.#shelf.remove(conversationKey(id, version));
  }
}

async function clearSession(scope: string): Promise<void> {
  try {
    await new SessionShelf(scope).clear();
  } catch {
    // Refused, and so it never kept anything.
  }
}

const placeReaders: Readers<ReadingPlace> = { message: text, offset: count };
