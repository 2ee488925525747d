/** One answer: its text as it arrives, the wave while it is waited for, and the line when it did not end well. */

import { html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import { isLive } from '../conversation/conversation.ts';
import type { AssistantMessage } from '../conversation/message.ts';
import { enAnswer } from '../locales/en-answer.ts';
import { MarkdownAnswer } from '../markdown/patcher-answer.ts';
import { css } from '../styles/css.ts';
import { AnswerText } from './answer-text.ts';
import { define } from './define.ts';
import { wave } from './icons.ts';
import { wordsOf } from '../locales/words-of.ts';

/** What stands below an answer is asked for again after so long, where it could not be loaded. */
const ASK_AGAIN_MS = 2000;

/**
 * It renders into the transcript's own tree, so that a selection can reach over several messages.
 * @event {CustomEvent<Wish>} act
 * @event grown what there is of the text so far has just been shown
 */
export class RivuletAnswer extends LitElement {
  static override properties: PropertyDeclarations = {
    message: { attribute: false },
    last: { type: Boolean },
    imageOrigins: { attribute: false },
  };

  declare message: AssistantMessage;
  /** Only what is said last can be retried or continued. */
  declare last: boolean;
  /** Origins from which images are loaded without a click. */
  declare imageOrigins: string | readonly string[];
  #text: AnswerText | undefined;

  constructor() {
    super();
    this.message = { id: '', role: 'assistant', content: '', reasoning: '', status: 'pending' };
    this.last = false;
    this.imageOrigins = '';
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render() {
    const { content, reasoning, status, omitted } = this.message;
    const grows = status === 'streaming' && this.#said !== '';
    return html`<article part="answer" aria-label=${this.#words.answer} aria-busy=${isLive(this.message) ? 'true' : 'false'}>
      ${omitted ? html`<rivulet-omitted></rivulet-omitted>` : nothing}
      ${reasoning ? html`<rivulet-thinking .message=${this.message}></rivulet-thinking>` : nothing}
      <rivulet-calls .message=${this.message}></rivulet-calls>
      <div class=${grows ? 'text grows' : 'text'}></div>
      ${this.#waiting(grows)} ${this.#note()}</article
    >${content ? html`<rivulet-answer-actions .message=${this.message}></rivulet-answer-actions>` : nothing}`;
  }

  protected override updated(): void {
    const { id, content, reasoning, rounds } = this.message;
    this.#text ??= this.textIn(this.querySelector<HTMLElement>('.text')!);
    this.#text.show(id, this.#said, !isLive(this.message), this.#words);
    if (isLive(this.message)) this.dispatchEvent(new Event('grown', { bubbles: true }));
    // With the first words, as the network may be away when it is needed; it is asked for until it is here.
    const isNeeded = content || reasoning || rounds || !isLive(this.message);
    if (isNeeded && !customElements.get('rivulet-note'))
      import('./below-answer.ts').catch(() => setTimeout(() => this.requestUpdate(), ASK_AGAIN_MS));
  }

  /** After the last call of a tool. What comes before is shown with that. */
  get #said(): string {
    const { content, rounds } = this.message;
    return content.slice(rounds?.at(-1)?.at);
  }

  /** Shows Markdown as this answer does. */
  textIn(container: HTMLElement): AnswerText {
    const { imageOrigins } = this;
    return new AnswerText(
      container,
      container => new MarkdownAnswer(container, { words: this.#words.content, imageOrigins }),
    );
  }

  get #words() {
    return wordsOf(this, 'answer', enAnswer);
  }

  #waiting(grows: boolean) {
    const { status, reconnecting } = this.message;
    if (status === 'waiting') return html`<div class="waiting">${this.#words.waiting}</div>`;
    if (!isLive(this.message) || (grows && !reconnecting)) return nothing;
    return html`<div class="waiting">${wave()}${reconnecting ? html`<span>${this.#words.reconnecting}</span>` : nothing}</div>`;
  }

  #note() {
    const { status, finishReason } = this.message;
    if (isLive(this.message) || status === 'waiting' || (status === 'complete' && finishReason === 'stop'))
      return nothing;
    return html`<rivulet-note .answer=${this.message} ?last=${this.last}></rivulet-note>`;
  }
}

export const answerStyles = css`
  rivulet-answer,
  rivulet-answer-actions {
    display: block;
  }
  rivulet-note:empty {
    display: none;
  }
  /* They have their place before they are loaded: nothing moves when they come. */
  rivulet-answer-actions {
    min-block-size: var(--_hit);
  }
  .text:not(:empty) ~ * {
    margin-block-start: calc(var(--_space) * 3);
  }
  /* The end of a text that still grows. */
  .grows > :last-child:not(.part)::after,
  .grows > .part:last-child > :last-child::after {
    content: '';
    display: inline-block;
    inline-size: 8px;
    block-size: 8px;
    /* It takes no room, so that it never goes to a line of its own. */
    margin-inline: 5px -13px;
    border-radius: 50%;
    background: var(--_accent);
    vertical-align: 1px;
  }
  .waiting {
    display: flex;
    align-items: center;
    gap: 10px;
    min-block-size: 24px;
    color: var(--_ink-2);
    font-size: var(--_small);
  }
  @media (forced-colors: active) {
    .grows :last-child::after {
      background: CanvasText;
    }
  }
`;

define('rivulet-answer', RivuletAnswer);

declare global {
  interface HTMLElementTagNameMap {
    'rivulet-answer': RivuletAnswer;
  }
}
