/** Keeps the conversation that is shown as it changes, where it is for this tab to do, and as the current one. */

import type { ConversationEvent } from '../conversation/conversation.ts';
import type { ConversationStore } from '../storage/conversation-store.ts';
import { keepTurn } from './keep-turn.ts';
import { Saving } from './saving.ts';
import type { Turn } from './turn.ts';

export class KeptCopy {
  /** All that was said so far is kept, here or by the tab that leads. */
  isWhole = true;
  readonly #store: ConversationStore;
  readonly #shown: () => Turn;
  readonly #keeps: () => boolean;
  readonly #saving = new Saving(() => this.#save());
  /** What is kept as the current one. */
  #current: string | undefined;

  /** @param keeps whether it is for this tab to do */
  constructor(store: ConversationStore, shown: () => Turn, keeps: () => boolean) {
    this.#store = store;
    this.#shown = shown;
    this.#keeps = keeps;
  }

  changed(event: ConversationEvent): void {
    this.#saving.changed(event);
  }

  now(): void {
    this.#saving.now();
  }

  /** The page is left. What is kept stays as it is: other pages may have changed it since. */
  leave(): void {
    if (this.isWhole) this.flush();
    else this.now();
  }

  /** What was to be kept soon is kept now. */
  flush(): void {
    this.#saving.flush();
  }

  /** The next page shows it again. */
  setCurrent(id: string): void {
    this.#current = id;
    void this.#store.setCurrent(id);
  }

  remove(id: string): void {
    this.#saving.cancel();
    void this.#store.remove(id);
  }

  #save(): void {
    const turn = this.#shown();
    const { id, messages } = turn.conversation;
    if (!this.#keeps() || messages.length === 0) return;
    if (id !== this.#current) this.setCurrent(id);
    void keepTurn(this.#store, turn).then(() => (this.isWhole = true));
  }
}
