/** What a model thinks before its answer: open while it does, one line when it has, and as the visitor wants it. */

import { html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import { isLive, newAnswer } from '../conversation/conversation.ts';
import type { AssistantMessage } from '../conversation/message.ts';
import { enThinking } from '../locales/en-thinking.ts';
import { wordsOf } from '../locales/words-of.ts';
import { adoptStyles } from '../markdown/later/styles.ts';
import { css } from '../styles/css.ts';
import { act } from './act.ts';
import { actionIcons } from './action-icons.ts';
import { define } from './define.ts';
import { drawing } from './icons.ts';

/**
 * It renders into the transcript's own tree, whose styles it shares.
 * @event {CustomEvent<Wish>} act
 */
export class RivuletThinking extends LitElement {
  static override properties: PropertyDeclarations = {
    message: { attribute: false },
  };

  declare message: AssistantMessage | undefined;
  /** What the visitor wants; undefined while they have not said so. */
  #wanted: boolean | undefined;
  #of: string | undefined;
  #tick: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.message = undefined;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    adoptStyles(this, thinkingStyles);
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#tick);
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override willUpdate(): void {
    // One that is asked for again is another one.
    if (this.#of !== this.message?.key) this.#wanted = undefined;
    this.#of = this.message?.key;
  }

  protected override render() {
    const { message } = this;
    const thoughts = message?.reasoning.trim();
    if (!message || !thoughts) return nothing;
    const open = this.#isOpen(message);
    const parts = open ? thoughts.split(/\n{2,}/) : [];
    const isAll = message.status === 'complete' && !hasSaid(message) && !message.rounds;
    return html`<details part="thinking" ?open=${open}>
        <summary part="summary" @click=${this.#toggle}>${said(message, this.#words)} ${drawing(actionIcons.next)}</summary>
        <div class="thoughts" tabindex="0" role="group" aria-label=${this.#words.thoughts}>
          <div>${parts.map(part => html`<p dir="auto">${part}</p>`)}</div>
        </div>
      </details>
      ${isAll ? this.#onlyThought(message) : nothing}`;
  }

  get #words() {
    return wordsOf(this, 'thinking', enThinking);
  }

  #onlyThought({ id }: AssistantMessage) {
    const again = () => act(this, { type: 'asked_instead', of: id, answer: newAnswer() });
    return html`<p class="only-thought">
      <bdi>${this.#words.onlyThought}</bdi> <button type="button" class="chip" part="button" @click=${again}>${this.#words.again}</button>
    </p>`;
  }

  protected override updated(): void {
    clearTimeout(this.#tick);
    if (this.message && thinks(this.message)) this.#tick = setTimeout(() => this.requestUpdate(), 1000);
  }

  #isOpen(message: AssistantMessage): boolean {
    return this.#wanted ?? !hasSaid(message);
  }

  /** Whether it is open is for this element to say, and not for the browser as well. */
  readonly #toggle = (event: Event): void => {
    event.preventDefault();
    if (this.message) this.#wanted = !this.#isOpen(this.message);
    this.requestUpdate();
  };
}

function hasSaid({ content }: AssistantMessage): boolean {
  return content.trim() !== '';
}

function thinks(message: AssistantMessage): boolean {
  return isLive(message) && !hasSaid(message);
}

function said(message: AssistantMessage, words: typeof enThinking): string {
  const { thoughtAt, saidAt, heardAt } = message;
  const end = thinks(message) ? Date.now() : (saidAt ?? heardAt);
  const ms = thoughtAt !== undefined && end !== undefined ? end - thoughtAt : -1;
  if (thinks(message)) return words.thinking(Math.max(0, Math.floor(ms / 1000)));
  // What was thought in less is not worth a number, and clocks are set.
  return ms < 0 ? words.untimed : words.thought(Math.max(1, Math.round(ms / 1000)));
}

const thinkingStyles = css`
  rivulet-thinking {
    display: block;
    color: var(--_ink-2);
    font-size: var(--_small);
  }
  rivulet-thinking:empty {
    display: none;
  }
  rivulet-thinking summary {
    display: flex;
    align-items: center;
    gap: 4px;
    inline-size: fit-content;
    min-block-size: 28px;
    margin-inline: -8px;
    border-radius: var(--_radius-s);
    padding-inline: 8px;
    list-style: none;
    font-variant-numeric: tabular-nums;
    cursor: pointer;
  }
  rivulet-thinking summary::-webkit-details-marker {
    display: none;
  }
  rivulet-thinking summary .icon {
    inline-size: 14px;
    block-size: 14px;
    transition: transform 120ms ease-out;
  }
  rivulet-thinking summary .icon:dir(rtl) {
    transform: scaleX(-1);
  }
  rivulet-thinking [open] summary .icon {
    transform: rotate(90deg);
  }
  /* Turned round, it shows its end while that grows, unless somebody has scrolled. */
  .thoughts {
    display: flex;
    flex-direction: column-reverse;
    max-block-size: 240px;
    overflow-y: auto;
    overscroll-behavior: contain;
    margin-block: 4px;
    border-inline-start: 2px solid var(--_line);
    padding-inline-start: 12px;
    line-height: 1.5;
    overflow-wrap: anywhere;
    white-space: pre-wrap;
  }
  .thoughts p {
    margin: 0;
  }
  .thoughts p + p {
    margin-block-start: 8px;
  }
  .only-thought {
    margin: 4px 0 0;
  }
  rivulet-thinking:has(details) {
    margin-block-end: 8px;
  }
  @media (hover: hover) {
    rivulet-thinking summary:hover {
      color: var(--_ink);
    }
  }
  @media (pointer: coarse) {
    rivulet-thinking summary {
      min-block-size: 44px;
    }
  }
`;

define('rivulet-thinking', RivuletThinking);

declare global {
  interface HTMLElementTagNameMap {
    'rivulet-thinking': RivuletThinking;
  }
}
