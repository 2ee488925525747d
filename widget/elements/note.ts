/** The line under an answer that failed, was stopped or cut: what happened, and one button that helps. */

import { html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import { type AnswerWords, enAnswer } from '../locales/en-answer.ts';
import { css } from '../styles/css.ts';
import type { Note, Remedy } from './answer-note.ts';
import { define } from './define.ts';

/**
 * It renders into the transcript's own tree, whose styles it shares.
 * @event retry
 * @event continue
 * @event new-chat
 */
export class RivuletNote extends LitElement {
  static override properties: PropertyDeclarations = {
    note: { attribute: false },
    words: { attribute: false },
  };

  declare note: Note;
  declare words: AnswerWords;
  #tick: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.note = { text: '', alarm: false };
    this.words = enAnswer;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#tick);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render() {
    const { text, alarm, remedy } = this.note;
    return html`<div class=${alarm ? 'note alarm' : 'note'}>
      <span>${text}</span>${remedy ? this.#button(remedy) : nothing}
    </div>`;
  }

  /** While it has to wait it counts the seconds, and is not `disabled`: it may have the focus. */
  #button(remedy: Remedy) {
    const wait = this.#secondsLeft();
    clearTimeout(this.#tick);
    if (wait > 0)
      this.#tick = setTimeout(() => this.requestUpdate(), 1000 - ((wait * 1000 - this.#left()) % 1000));
    return html`<button
      type="button"
      class="chip remedy"
      aria-disabled=${wait > 0 ? 'true' : 'false'}
      @click=${() => this.#ask(remedy)}
    >
      ${wait > 0 ? this.words.retryIn(wait) : label(remedy, this.words)}
    </button>`;
  }

  #ask(remedy: Remedy): void {
    if (this.#secondsLeft() === 0) this.dispatchEvent(new Event(remedy, { bubbles: true }));
  }

  #secondsLeft(): number {
    return Math.ceil(this.#left() / 1000);
  }

  #left(): number {
    return Math.max(0, (this.note.from ?? 0) - Date.now());
  }
}

function label(remedy: Remedy, words: AnswerWords): string {
  switch (remedy) {
    case 'retry':
      return words.retry;
    case 'continue':
      return words.continue;
    case 'new-chat':
      return words.newChat;
    default:
      return remedy satisfies never;
  }
}

export const noteStyles = css`
  rivulet-note {
    display: block;
  }
  .note {
    display: flex;
    align-items: center;
    gap: 4px 12px;
    border-radius: var(--_radius-m);
    color: var(--_ink-2);
    font-size: var(--_small);
    line-height: 1.5;
  }
  .note > span {
    flex: 1;
    min-inline-size: 0;
    padding-block: 5px;
  }
  .note.alarm {
    padding: 8px;
    padding-inline-start: 14px;
    background: var(--_danger-tint);
    color: var(--_ink);
  }
  .remedy {
    flex: none;
    max-inline-size: 60%;
    border-radius: 99px;
    padding: 4px 13px;
    font-size: var(--_small);
    font-variant-numeric: tabular-nums;
  }
  .remedy[aria-disabled='true'] {
    color: var(--_ink-2);
  }
  @media (forced-colors: active) {
    .note.alarm {
      border: 1px solid CanvasText;
    }
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
