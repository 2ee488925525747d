/** Loads what keeps a conversation: at once for those who come back to one, else when there is something to keep. */

import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Keeping } from '../keeping.ts';
import { hasKept } from '../storage/marker.ts';
import type { StoreSettings } from '../storage/open-store.ts';
import type { Turn } from './turn.ts';

export class KeepController implements ReactiveController {
  readonly #turn: Turn;
  readonly #settings: () => StoreSettings | undefined;
  #scope = '';
  #keeping: Promise<Keeping | undefined> | undefined;

  /** `settings` are undefined while nothing needs them. */
  constructor(host: ReactiveControllerHost, turn: Turn, settings: () => StoreSettings | undefined) {
    this.#turn = turn;
    this.#settings = settings;
    host.addController(this);
  }

  hostUpdated(): void {
    const settings = this.#settings();
    if (!settings) return;
    const scope = JSON.stringify(settings);
    if (scope !== this.#scope) this.#end();
    this.#scope = scope;
    const isBegun = this.#turn.conversation.messages.some(
      message => message.role === 'assistant' && message.content !== '',
    );
    if (isBegun || hasKept()) this.#begin(settings);
  }

  hostDisconnected(): void {
    this.#end();
  }

  async logout(): Promise<void> {
    const settings = this.#settings();
    if (settings) this.#begin(settings);
    await (await this.#keeping)?.logout();
  }

  #begin(settings: StoreSettings): void {
    if (settings.persist === 'none') return;
    this.#keeping ??= import('../keeping.ts').then(
      ({ Keeping }) => Keeping.begin(this.#turn, settings),
      () => (this.#keeping = undefined),
    );
  }

  #end(): void {
    void this.#keeping?.then(keeping => keeping?.close());
    this.#keeping = undefined;
    this.#scope = '';
  }
}
