/** The line under an answer that failed, was stopped or cut: what happened, and buttons that help. */

import { html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import type { AssistantMessage } from '../conversation/message.ts';
import { enNote, type NoteWords } from '../locales/en-note.ts';
import { wordsOf } from '../locales/words-of.ts';
import { adoptStyles } from '../markdown/later/styles.ts';
import { alarmStyles } from '../styles/alarm.ts';
import { css } from '../styles/css.ts';
import { act } from './act.ts';
import { noteOf, type Remedy } from './answer-note.ts';
import { define } from './define.ts';

/**
 * It renders into the transcript's own tree, whose styles it shares.
 * @event {CustomEvent<Wish>} act
 */
export class RivuletNote extends LitElement {
  static override properties: PropertyDeclarations = {
    answer: { attribute: false },
    last: { type: Boolean },
  };

  declare answer: AssistantMessage | undefined;
  /** Only what is said last can be retried or continued. */
  declare last: boolean;
  #tick: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.last = false;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#tick);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    adoptStyles(this, noteStyles);
    adoptStyles(this, alarmStyles);
    this.requestUpdate();
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render() {
    const note = this.answer && noteOf(this.answer, this.#words);
    if (!note) return nothing;
    const { text, alarm, remedies, from } = note;
    return html`<div class=${alarm ? 'note alarm' : 'note'} part="note">
      <span><bdi>${text}</bdi></span>${this.last ? remedies.map(remedy => this.#button(remedy, from)) : nothing}
    </div>`;
  }

  get #words() {
    return wordsOf(this, 'note', enNote);
  }

  /** While it has to wait it counts the seconds, and is not `disabled`: it may have the focus. */
  #button(remedy: Remedy, from = 0) {
    const left = Math.max(0, from - Date.now());
    const wait = Math.ceil(left / 1000);
    clearTimeout(this.#tick);
    if (wait > 0) this.#tick = setTimeout(() => this.requestUpdate(), 1000 - ((wait * 1000 - left) % 1000));
    return html`<button
      type="button"
      class="chip remedy" part="button"
      aria-disabled=${wait > 0 ? 'true' : 'false'}
      @click=${() => this.#ask(remedy, from)}
    >
      ${wait > 0 ? this.#words.retryIn(wait) : label(remedy, this.#words)}
    </button>`;
  }

  #ask(remedy: Remedy, from: number): void {
    if (from <= Date.now()) act(this, { type: remedy });
  }
}

function label(remedy: Remedy, words: NoteWords): string {
  switch (remedy) {
    case 'retry':
      return words.retry;
    case 'continue':
      return words.continue;
    case 'new_chat':
      return words.newChat;
    default:
      return remedy satisfies never;
  }
}

const noteStyles = css`
  rivulet-note {
    display: block;
  }
  .note {
    display: flex;
    align-items: center;
    gap: 4px 12px;
  }
  .note:not(.alarm) {
    color: var(--_ink-2);
    font-size: var(--_small);
    line-height: 1.5;
  }
  .note > span {
    flex: 1;
    min-inline-size: 0;
    padding-block: 5px;
  }
  /* A choice has a line of its own. */
  .note:has(.remedy + .remedy) {
    flex-wrap: wrap;
  }
  .note:has(.remedy + .remedy) > span {
    flex-basis: 100%;
  }
  .remedy {
    flex: none;
    max-inline-size: 60%;
    border-radius: var(--_round);
    padding: 4px 13px;
    font-size: var(--_small);
    font-variant-numeric: tabular-nums;
  }
  .remedy[aria-disabled='true'] {
    color: var(--_ink-2);
  }
  @media (forced-colors: active) {
    .remedy[aria-disabled='true'] {
      color: GrayText;
    }
  }
`;

define('rivulet-note', RivuletNote);

declare global {
  interface HTMLElementTagNameMap {
    'rivulet-note': RivuletNote;
  }
}
