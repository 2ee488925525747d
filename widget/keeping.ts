/** The conversation outlives its page, and all tabs of the site have the same one: one chunk, loaded when it is needed. */

import { html, type LitElement, nothing, type ReactiveController } from 'lit';
import { newConversation } from './conversation/conversation.ts';
import { KeptTurn } from './controllers/kept-turn.ts';
import type { Turn } from './controllers/turn.ts';
import { enKeeping } from './locales/en-keeping.ts';
import { adoptStyles } from './markdown/later/styles.ts';
import { openStore, type StoreSettings } from './storage/open-store.ts';
import { css } from './styles/css.ts';

/** What there is to be kept, and where the visitor is told of it. */
export interface Keeping {
  readonly host: LitElement;
  readonly turn: Turn;
  readonly settings: () => StoreSettings;
  line: unknown;
}

/** Keeps the turn's conversation as the settings have it, whenever they change. */
export class Keep implements ReactiveController {
  readonly #keeping: Keeping;
  #settings: StoreSettings | undefined;
  #kept: Promise<KeptTurn> | undefined;
  /** What kept before has let go, and what was to be forgotten is. */
  #ended: Promise<unknown> = Promise.resolve();

  /** @param first the settings of when this was asked for: a visitor may have gone since, and is still to be forgotten */
  constructor(keeping: Keeping, first: StoreSettings) {
    this.#keeping = keeping;
    adoptStyles(keeping.host.renderRoot, lineStyles);
    this.#keep(first);
    keeping.host.addController(this);
  }

  hostUpdated(): void {
    this.#keep(this.#keeping.settings());
  }

  hostDisconnected(): void {
    this.#end();
    this.#settings = undefined;
  }

  /** Of the visitor of this moment, whoever the page names next. */
  async logout(): Promise<void> {
    const settings = this.#settings ?? this.#keeping.settings();
    const leaving = this.#kept ? this.#kept.then(kept => kept.logout()) : clear(settings);
    this.#ended = Promise.allSettled([this.#ended, leaving]);
    await leaving;
  }

  #keep(settings: StoreSettings): void {
    const before = this.#settings;
    if (JSON.stringify(settings) === JSON.stringify(before)) return;
    const isAnother = before !== undefined && settings.userId !== before.userId;
    this.#end();
    this.#settings = settings;
    const { turn } = this.#keeping;
    if (isAnother) {
      // What is here is not theirs.
      turn.leave();
      turn.adopt(newConversation());
      this.#discardDraft();
    }
    if (settings.persist === 'none') return this.#tell(true);
    const outcomes = { onMemory: () => this.#tell(false), onLogout: () => this.#discardDraft() };
    // With another server the conversation goes on.
    const begin = () => KeptTurn.begin(turn, settings, outcomes, !before || isAnother);
    const kept = (this.#kept = this.#ended.then(begin));
    void kept.then(({ isKept }) => this.#kept === kept && this.#tell(isKept));
  }

  #end(): void {
    this.#ended = Promise.all([this.#kept, this.#ended]).then(([kept]) => kept?.close());
    this.#kept = undefined;
  }

  #tell(isKept: boolean): void {
    const { host } = this.#keeping;
    this.#keeping.line = isKept ? nothing : html`<p class="unkept" dir="auto">${enKeeping.unkept}</p>`;
    host.requestUpdate();
  }

  #discardDraft(): void {
    const composer = this.#keeping.host.renderRoot.querySelector('rivulet-composer');
    if (composer) composer.draft = '';
  }
}

/** A page that keeps nothing: another one of the site may have. */
async function clear(settings: StoreSettings): Promise<void> {
  const store = await openStore(settings);
  await store.clear();
  store.close();
}

const lineStyles = css`
  .unkept {
    margin: 0 auto;
    padding: 0 16px 8px;
    color: var(--_ink-2);
    font-size: var(--_tiny);
    line-height: 1.5;
    text-align: center;
  }
`;
