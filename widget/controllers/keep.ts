/** Loads what keeps a conversation: at once for those who come back to one, else when there is something to keep. */

import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Keep } from '../keeping.ts';
import { hasKept } from '../storage/marker.ts';
import type { StoreSettings } from '../storage/open-store.ts';
import type { Turn } from './turn.ts';

export class KeepController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #turn: Turn;
  readonly #settings: () => StoreSettings | undefined;
  #keep: Promise<Keep | undefined> | undefined;

  /** `settings` are undefined while nothing needs them. */
  constructor(host: ReactiveControllerHost, turn: Turn, settings: () => StoreSettings | undefined) {
    this.#host = host;
    this.#turn = turn;
    this.#settings = settings;
    host.addController(this);
  }

  hostUpdated(): void {
    // Asked at every update: storage is looked at only until there is a reason to.
    if (this.#keep || (this.#settings()?.persist ?? 'none') === 'none') return;
    if (this.#turn.conversation.messages.at(-1)?.content || hasKept()) void this.#load();
  }

  async logout(): Promise<void> {
    await (await this.#load())?.logout();
  }

  #load(): Promise<Keep | undefined> {
    return (this.#keep ??= import('../keeping.ts').then(
      ({ Keep }) => new Keep(this.#host, this.#turn, this.#settings),
      () => (this.#keep = undefined),
    ));
  }
}
