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
  /** What stands in the conversation's place, as while another one opens. */
  instead: unknown;
  readonly host: LitElement;
  /** The one whose conversation is shown. */
  turn: Turn;
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
    addEventListener('storage', this.#look);
  }

  hostUpdated(): void {
    // Asked at every update: storage is looked at only until there is a reason to.
    if (this.#loading || !this.#isShown() || this.settings().persist === 'none') return;
    if (this.turn.conversation.messages.at(-1)?.content || hasKept()) this.load().catch(() => {});
  }

  hostDisconnected(): void {
    removeEventListener('pagehide', this.#onHide);
    removeEventListener('storage', this.#look);
  }

  async logout(): Promise<void> {
    await (this.#keep ?? (await this.load())).logout();
  }

  /** The conversation stays in the list of all that are kept; where what keeps it cannot be loaded, it goes. */
  newChat(): void {
    if (this.turn.conversation.messages.length === 0) return;
    this.load().then(
      keep => keep.newChat(),
      () => this.turn.clear(),
    );
  }

  /** Rejects where the code cannot be loaded; the next call tries again. */
  load(): Promise<Keep> {
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

  /** Another tab may have begun to keep something: this one was opened a moment too early to know. */
  readonly #look = (): void => {
    if (!this.#loading) this.host.requestUpdate();
  };

  /** What keeps is not here yet, and what was asked must not be lost. */
  readonly #onHide = (): void => {
    const { companion, conversation } = this.turn;
    const settings = this.settings();
    const { persist } = settings;
    if (!companion && persist !== 'none' && conversation.messages.length > 0)
      leaveUnsaved(scopeOf(settings), persist, conversation);
  };
}
