/** Loads what keeps a conversation: at once for those who come back to one, else when there is something to keep. */

import { type LitElement, nothing, type ReactiveController } from 'lit';
import type { Keep, Keeping } from '../keeping.ts';
import { hasKept, leaveUnsaved } from '../storage/marker.ts';
import type { StoreSettings } from '../storage/open-store.ts';
import { scopeOf } from '../storage/scope.ts';
import type { Turn } from './turn.ts';

export class KeepController implements ReactiveController, Keeping {
  /** What the visitor is to know of where the conversation is kept. */
  line: unknown = nothing;
  readonly host: LitElement;
  readonly turn: Turn;
  readonly settings: () => StoreSettings;
  readonly #isShown: () => boolean;
  #loading: Promise<Keep> | undefined;
  #keep: Keep | undefined;

  /** @param isShown what nobody has opened yet looks for nothing */
  constructor(host: LitElement, turn: Turn, settings: () => StoreSettings, isShown: () => boolean) {
    this.host = host;
    this.turn = turn;
    this.settings = settings;
    this.#isShown = isShown;
    host.addController(this);
  }

  hostConnected(): void {
    addEventListener('pagehide', this.#onHide);
  }

  hostUpdated(): void {
    // Asked at every update: storage is looked at only until there is a reason to.
    if (this.#loading || !this.#isShown() || this.settings().persist === 'none') return;
    if (this.turn.conversation.messages.at(-1)?.content || hasKept()) this.#load().catch(() => {});
  }

  hostDisconnected(): void {
    removeEventListener('pagehide', this.#onHide);
  }

  async logout(): Promise<void> {
    await (this.#keep ?? (await this.#load())).logout();
  }

  #load(): Promise<Keep> {
    const settings = this.settings();
    this.#loading ??= import('../keeping.ts').then(
      ({ Keep }) => (this.#keep = new Keep(this, settings)),
      error => {
        this.#loading = undefined;
        throw error;
      },
    );
    return this.#loading;
  }

  /** What keeps is not here yet, and what was asked must not be lost. */
  readonly #onHide = (): void => {
    const { companion, conversation } = this.turn;
    const settings = this.settings();
    const { persist } = settings;
    if (!companion && persist !== 'none' && conversation.messages.length > 0)
      leaveUnsaved(scopeOf(settings), persist, conversation);
  };
}
