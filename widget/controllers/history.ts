/** All conversations that are kept: each can be come back to, given a name, and deleted. */

import { type KeptConversation, openingOf } from '../conversation/kept-conversation.ts';
import { settled } from '../conversation/settled.ts';
import type { KeptTurn } from './kept-turn.ts';

export class History {
  readonly #kept: KeptTurn;
  readonly #onOpening: (isOpening: boolean) => void;

  /** @param onOpening it takes a while to come back to one; it is also called when that came to nothing */
  constructor(kept: KeptTurn, onOpening: (isOpening: boolean) => void) {
    this.#kept = kept;
    this.#onOpening = onOpening;
  }

  /** The id of the one that is shown. */
  get shown(): string {
    return this.#kept.conversation.id;
  }

  /**
   * The one that was changed last comes first; each is read when it is asked for. The one that is shown is among them also in
   * its first moment, before it is kept.
   */
  async *list(): AsyncGenerator<KeptConversation, void> {
    const { conversation, store } = this.#kept;
    const { id, messages } = conversation;
    const isKept = messages.length === 0 || (await store.load(id)) !== undefined;
    const now = Date.now();
    if (!isKept) yield { conversation, createdAt: now, updatedAt: now };
    for await (const kept of store.list()) if (isKept || kept.conversation.id !== id) yield kept;
  }

  /** Shows it where its reader left it, or at a message. False where it is no longer there. */
  async open(id: string, message?: string): Promise<boolean> {
    if (id === this.shown) {
      if (message) this.#kept.turnTo(this.#kept.conversation, { message, offset: 0 });
      return true;
    }
    this.#onOpening(true);
    const { store, visit } = this.#kept;
    const [conversation, left] = await Promise.all([store.load(id), store.place(id)]);
    if (conversation && !visit.aborted)
      this.#kept.turnTo(conversation, message ? { message, offset: 0 } : left);
    else this.#onOpening(false);
    return conversation !== undefined;
  }

  /** Without a title it is called after its first question. Gives what it is called then. */
  async rename(id: string, title: string): Promise<string> {
    const { store, conversation: shown } = this.#kept;
    // What has just begun is kept a moment later, and there is no name of what is not kept.
    if (id === shown.id && !(await store.load(id))) await store.save(shown);
    await store.rename(id, title);
    const conversation = title ? undefined : await store.load(id);
    return conversation ? openingOf(conversation) : title;
  }

  /** The name that the visitor gave it. */
  async titleOf(id: string): Promise<string | undefined> {
    for await (const { conversation, title } of this.list()) if (conversation.id === id) return title;
    return undefined;
  }

  /** What is in the making of it is stopped. Gives what brings it back, with what had arrived. */
  async remove(id: string): Promise<() => Promise<void>> {
    const { store, conversation } = this.#kept;
    const shown = conversation.id === id ? conversation : undefined;
    const bringBack = await store.remove(id);
    // Whoever leads may have written it since.
    await this.#kept.asked({ type: 'forgotten', id });
    return async () => {
      await bringBack();
      const back = shown ?? (await store.load(id));
      const stopped = back && settled(back);
      if (stopped !== back && stopped) await store.save(stopped);
    };
  }
}
