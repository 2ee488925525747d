/** One answer: its text as it arrives, the wave while it is waited for, and the line when it did not end well. */

import { html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import { isLive } from '../conversation/conversation.ts';
import type { AssistantMessage } from '../conversation/message.ts';
import { type AnswerWords, enAnswer } from '../locales/en-answer.ts';
import { MarkdownAnswer } from '../markdown/patcher-answer.ts';
import { css } from '../styles/css.ts';
import { AnswerText } from './answer-text.ts';
import { define } from './define.ts';
import { wave } from './icons.ts';

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
    words: { attribute: false },
    imageOrigins: { attribute: false },
  };

  declare message: AssistantMessage;
  /** Only what is said last can be retried or continued. */
  declare last: boolean;
  declare words: AnswerWords;
  /** Origins from which images are loaded without a click. */
  declare imageOrigins: string | readonly string[];
  #text: AnswerText | undefined;

  constructor() {
    super();
    this.message = { id: '', role: 'assistant', content: '', reasoning: '', status: 'pending' };
    this.last = false;
    this.words = enAnswer;
    this.imageOrigins = '';
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render() {
    const { content, status, omitted } = this.message;
    const grows = status === 'streaming' && content !== '';
    return html`<article aria-label=${this.words.answer} aria-busy=${isLive(this.message) ? 'true' : 'false'}>
      ${omitted ? html`<p class="omitted">${this.words.omitted}</p>` : nothing}
      <div class=${grows ? 'text grows' : 'text'}></div>
      ${this.#waiting(grows)} ${this.#note()}</article
    >${content ? html`<rivulet-answer-actions .message=${this.message}></rivulet-answer-actions>` : nothing}`;
  }

  protected override updated(): void {
    const { id, content } = this.message;
    this.#text ??= new AnswerText(
      this.querySelector<HTMLElement>('.text')!,
      container =>
        new MarkdownAnswer(container, { words: this.words.content, imageOrigins: this.imageOrigins }),
    );
    this.#text.show(id, content, !isLive(this.message));
    if (isLive(this.message)) this.dispatchEvent(new Event('grown', { bubbles: true }));
    // With the first words, as the network may be away when it is needed; it is asked for until it is here.
    const isNeeded = content || !isLive(this.message);
    if (isNeeded && !customElements.get('rivulet-note'))
      import('./below-answer.ts').catch(() => setTimeout(() => this.requestUpdate(), ASK_AGAIN_MS));
  }

  #waiting(grows: boolean) {
    const { status, reasoning, reconnecting } = this.message;
    if (status === 'waiting') return html`<div class="waiting">${this.words.waiting}</div>`;
    if (!isLive(this.message) || (grows && !reconnecting)) return nothing;
    const thinks = status === 'streaming' && reasoning !== '' && this.words.thinking;
    const said = reconnecting ? this.words.reconnecting : thinks;
    return html`<div class="waiting">${wave()}${said ? html`<span>${said}</span>` : nothing}</div>`;
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
    margin-block-start: 12px;
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
  .omitted {
    margin: 0 0 12px;
    color: var(--_ink-2);
    font-size: var(--_small);
    line-height: 1.5;
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
