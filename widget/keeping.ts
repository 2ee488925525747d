/** The conversation outlives its page, and all tabs of the site have the same one: one chunk, loaded when it is needed. */

import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { newConversation } from './conversation/conversation.ts';
import { KeptTurn } from './controllers/kept-turn.ts';
import type { Turn } from './controllers/turn.ts';
import type { StoreSettings } from './storage/open-store.ts';

/** Keeps the turn's conversation as the settings have it, whenever they change. */
export class Keep implements ReactiveController {
  readonly #turn: Turn;
  readonly #settings: () => StoreSettings | undefined;
  #now = '';
  #userId: string | null | undefined;
  #kept: Promise<KeptTurn> | undefined;

  constructor(host: ReactiveControllerHost, turn: Turn, settings: () => StoreSettings | undefined) {
    this.#turn = turn;
    this.#settings = settings;
    host.addController(this);
    this.hostUpdated();
  }

  hostUpdated(): void {
    const settings = this.#settings();
    const now = JSON.stringify(settings);
    if (now === this.#now || !settings) return;
    const isFirst = this.#now === '';
    const isAnother = !isFirst && settings.userId !== this.#userId;
    this.#end();
    if (isAnother) {
      // What is here is not theirs.
      this.#turn.leave();
      this.#turn.adopt(newConversation());
    }
    this.#now = now;
    this.#userId = settings.userId;
    // With another server the conversation goes on.
    if (settings.persist !== 'none') this.#kept = KeptTurn.begin(this.#turn, settings, isFirst || isAnother);
  }

  hostDisconnected(): void {
    this.#end();
    this.#now = '';
  }

  async logout(): Promise<void> {
    await (await this.#kept)?.logout();
  }

  #end(): void {
    void this.#kept?.then(kept => kept.close());
    this.#kept = undefined;
  }
}
