/** The store: what conversations, titles and versions mean, on whatever shelf the records lie. */

import type { Conversation } from '../conversation/conversation.ts';
import type { ConversationStore, ConversationSummary, Kept } from './conversation-store.ts';
import { clearIndexed } from './indexed-shelf.ts';
import { mark, unmark } from './marker.ts';
import { text } from './read-fields.ts';
import { type ConversationRecord, conversationKey, migrated, readRecord, schemaVersion } from './record.ts';
import { SessionShelf } from './session-shelf.ts';
import type { Shelf } from './shelf.ts';
import { clearUnsaved, expireUnsaved } from './unsaved.ts';

const OPENING_CHARACTERS = 200;

export class KeptConversations implements ConversationStore {
  readonly #scope: string;
  readonly #shelf: Shelf;
  readonly #maxAgeMs: number;
  /** Of conversations that this page knows: to save one of these takes no look at what is there. */
  readonly #createdAt = new Map<string, number>();

  constructor(scope: string, shelf: Shelf, maxAgeMs: number) {
    this.#scope = scope;
    this.#shelf = shelf;
    this.#maxAgeMs = maxAgeMs;
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

  async list(): Promise<ConversationSummary[]> {
    const [records, titles] = await Promise.all([
      this.#shelf.below(['conversation', schemaVersion()]),
      this.#shelf.below(['title']),
    ]);
    const titleOf = new Map(titles.map(([[, id], title]) => [id, text(title)]));
    const summaries: ConversationSummary[] = [];
    for (const [[, , id], value] of records) {
      const record = readRecord(value, id);
      if (!record) continue;
      const { conversation, createdAt, updatedAt } = record;
      const title = titleOf.get(conversation.id);
      const opening = openingOf(conversation);
      summaries.push({ id: conversation.id, ...(title && { title }), opening, createdAt, updatedAt });
    }
    return summaries.sort((one, other) => other.updatedAt - one.updatedAt);
  }

  async load(id?: string): Promise<Conversation | undefined> {
    const wanted = id ?? text(await this.#shelf.get(['current']));
    if (wanted === undefined) return undefined;
    const record = readRecord(await this.#shelf.get(conversationKey(wanted)), wanted);
    if (record) this.#createdAt.set(wanted, record.createdAt);
    return record?.conversation;
  }

  async save(conversation: Conversation): Promise<void> {
    const { id } = conversation;
    const key = conversationKey(id);
    const now = Date.now();
    if (this.kept !== 'memory') mark(this.#scope, this.kept);
    let createdAt = this.#createdAt.get(id);
    if (createdAt !== undefined) return this.#shelf.put(key, this.#record(conversation, createdAt, now));
    await this.#shelf.update(key, before => {
      createdAt = readRecord(before, id)?.createdAt ?? now;
      return this.#record(conversation, createdAt, now);
    });
    this.#createdAt.set(id, createdAt ?? now);
  }

  setCurrent(id: string): Promise<void> {
    return this.#shelf.put(['current'], id);
  }

  /** A record of its own: another tab may be writing the conversation meanwhile. */
  async rename(id: string, title?: string): Promise<void> {
    if (!title) return this.#shelf.remove(['title', id]);
    if (await this.#shelf.get(conversationKey(id))) await this.#shelf.put(['title', id], title);
  }

  async remove(id: string): Promise<() => Promise<void>> {
    const keys = [conversationKey(id), ['title', id]];
    const reading = Promise.all(keys.map(key => this.#shelf.get(key)));
    // Begun before the reading has ended, so that a later save is not removed.
    const [values] = await Promise.all([reading, this.#shelf.remove(...keys)]);
    return async () => {
      const kept = keys.flatMap((key, index) =>
        values[index] === undefined ? [] : [[key, values[index]] as const],
      );
      await Promise.all(kept.map(([key, value]) => this.#shelf.put(key, value)));
    };
  }

  async clear(): Promise<void> {
    this.#createdAt.clear();
    unmark(this.#scope, 'local');
    unmark(this.#scope, 'session');
    clearUnsaved(this.#scope);
    // Another page of the site may keep elsewhere, and a shelf that fails may still have something.
    await Promise.all([this.#shelf.clear(), clearSession(this.#scope)]);
    if (this.kept !== 'local') await clearIndexed(this.#scope).catch(() => {});
  }

  close(): void {
    this.#shelf.close();
  }

  #record(conversation: Conversation, createdAt: number, updatedAt: number): ConversationRecord {
    return { conversation, createdAt, updatedAt, expiresAt: updatedAt + this.#maxAgeMs };
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

function openingOf({ messages }: Conversation): string {
  const question = messages.find(({ role }) => role === 'user')?.content ?? '';
  return question.slice(0, OPENING_CHARACTERS).replace(/\s+/g, ' ').trim();
}
