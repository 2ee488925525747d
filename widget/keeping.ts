/** The conversation outlives its page, and all tabs of the site have the same one: one chunk, loaded when it is needed. */

import { html, type LitElement, nothing, type ReactiveController } from 'lit';
import { newConversation } from './conversation/conversation.ts';
import { choiceOf } from './controllers/choice.ts';
import { History } from './controllers/history.ts';
import { KeptTurn } from './controllers/kept-turn.ts';
import { ReadingPlaceController } from './controllers/reading-place.ts';
import type { Turn } from './controllers/turn.ts';
import type { ReadingPlace } from './conversation/kept-conversation.ts';
import { skeleton, skeletonStyles } from './elements/skeleton.ts';
import type { RivuletTranscript } from './elements/transcript.ts';
import { enKeeping } from './locales/en-keeping.ts';
import { wordsOf } from './locales/words-of.ts';
import { adoptStyles } from './markdown/later/styles.ts';
import { openStore, type StoreSettings } from './storage/open-store.ts';
import { css } from './styles/css.ts';

/** What there is to be kept, and where the visitor is told of it. */
export interface Keeping {
  readonly host: LitElement;
  turn: Turn;
  readonly settings: () => StoreSettings;
  line: unknown;
  instead: unknown;
}

/** Keeps the turn's conversation as the settings have it, whenever they change. */
export class Keep implements ReactiveController {
  readonly #keeping: Keeping;
  #settings: StoreSettings | undefined;
  #kept: Promise<KeptTurn> | undefined;
  /** What kept before has let go, and what was to be forgotten is. */
  #ended: Promise<unknown> = Promise.resolve();
  #isKept = true;
  #transcript: RivuletTranscript | undefined;
  #place: ReadingPlaceController | undefined;

  /** @param first the settings of when this was asked for: a visitor may have gone since, and is still to be forgotten */
  constructor(keeping: Keeping, first: StoreSettings) {
    this.#keeping = keeping;
    for (const sheet of [lineStyles, skeletonStyles]) adoptStyles(keeping.host.renderRoot, sheet);
    if (keeping.host.isConnected) this.#keep(first);
    choiceOf(keeping);
    keeping.host.addController(this);
  }

  hostUpdate(): void {
    this.#keeping.line = this.#isKept
      ? nothing
      : html`<p class="unkept" dir="auto">${this.#words.unkept}</p>`;
  }

  hostUpdated(): void {
    // What has left its page may still update once, and would begin what nobody ends.
    if (!this.#keeping.host.isConnected) return;
    this.#keep(this.#keeping.settings());
    this.#followReader();
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

  /** Of the visitor of this moment. */
  async history(): Promise<History> {
    this.#keep(this.#keeping.settings());
    const kept = await this.#kept!;
    return new History(kept, isOpening => this.#stand(isOpening));
  }

  /** The one that is shown stays in the list. */
  async newChat(): Promise<void> {
    (await this.#kept)?.turnTo(newConversation());
  }

  get #words() {
    return wordsOf(this.#keeping.host, 'keeping', enKeeping);
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
      this.#discard();
    }
    // A page that wants nothing kept is not told that nothing is.
    const tell = (isKept: boolean) => this.#tell(isKept || settings.persist === 'none');
    const outcomes = {
      onMemory: () => tell(false),
      onLogout: () => this.#discard(),
      onTurned: (place: ReadingPlace | undefined, isAnother: boolean) => void this.#turned(place, isAnother),
    };
    // With another server the conversation goes on.
    const begin = () => KeptTurn.begin(this.#keeping, settings, outcomes, !before || isAnother);
    const kept = (this.#kept = this.#ended.then(begin));
    void kept.then(({ isKept }) => this.#kept === kept && tell(isKept));
  }

  #end(): void {
    this.#ended = Promise.all([this.#kept, this.#ended]).then(([kept]) => kept?.close());
    this.#kept = undefined;
  }

  #tell(isKept: boolean): void {
    const { host } = this.#keeping;
    this.#isKept = isKept;
    host.requestUpdate();
  }

  /** Another conversation has a transcript of its own. */
  async #turned(place: ReadingPlace | undefined, isAnother: boolean): Promise<void> {
    const { host } = this.#keeping;
    if (isAnother) this.#stand(true);
    await host.updateComplete;
    this.#stand(false);
    await host.updateComplete;
    await customElements.whenDefined('rivulet-transcript');
    this.#followReader();
    if (place) await this.#place?.goTo(place);
  }

  /** Something stands in the conversation's place. */
  #stand(isOpening: boolean): void {
    const { host } = this.#keeping;
    this.#keeping.instead = isOpening ? skeleton(this.#words.opening) : undefined;
    host.requestUpdate();
  }

  #followReader(): void {
    const transcript = this.#keeping.host.renderRoot.querySelector('rivulet-transcript') ?? undefined;
    if (transcript === this.#transcript || !customElements.get('rivulet-transcript')) return;
    this.#transcript = transcript;
    const left = async (place: ReadingPlace | undefined) => {
      const { id } = this.#keeping.turn.conversation;
      await (await this.#kept)?.store.setPlace(id, place);
    };
    this.#place = transcript && new ReadingPlaceController(transcript, place => void left(place));
  }

  /** What is written, and what is shown of the visitor's conversations. */
  #discard(): void {
    const { renderRoot } = this.#keeping.host;
    const composer = renderRoot.querySelector('rivulet-composer');
    if (composer) composer.draft = '';
    const quote = renderRoot.querySelector('rivulet-quote');
    if (quote) quote.text = '';
    renderRoot.querySelector('rivulet-sheet')?.close?.();
    composer?.querySelector('rivulet-attachments')?.clear?.();
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
