/** One answer: its text as it arrives, the wave while it is waited for, and the line when it did not end well. */

import { html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import { isLive } from '../conversation/conversation.ts';
import type { AssistantMessage } from '../conversation/message.ts';
import { type AnswerWords, enAnswer } from '../locales/en-answer.ts';
import { MarkdownAnswer } from '../markdown/patcher-answer.ts';
import { css } from '../styles/css.ts';
import { noteOf, type Note } from './answer-note.ts';
import { AnswerText } from './answer-text.ts';
import { define } from './define.ts';
import { wave } from './icons.ts';
import './note.ts';

/**
 * It renders into the transcript's own tree, so that a selection can reach over several messages.
 * @event retry
 * @event continue
 * @event new-chat
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
  declare imageOrigins: readonly string[];
  #text: AnswerText | undefined;

  constructor() {
    super();
    this.message = { id: '', role: 'assistant', content: '', reasoning: '', status: 'pending' };
    this.last = false;
    this.words = enAnswer;
    this.imageOrigins = [];
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
      ${isLive(this.message) && !grows ? this.#waiting() : nothing} ${this.#note()}</article
    >${content ? html`<rivulet-answer-actions .message=${this.message}></rivulet-answer-actions>` : nothing}`;
  }

  protected override updated(): void {
    const { id, content } = this.message;
    this.#text ??= new AnswerText(
      this.querySelector<HTMLElement>('.text')!,
      container =>
        new MarkdownAnswer(container, { words: this.words.content, imageOrigins: this.imageOrigins }),
    );
    const isComplete = !isLive(this.message);
    this.#text.show(id, content, isComplete);
    // Nobody needs its actions while an answer streams. Without them it can be read.
    if (isComplete) import('./answer-actions.ts').catch(() => null);
  }

  #waiting() {
    const thinks = this.message.status === 'streaming' && this.message.reasoning !== '';
    return html`<div class="waiting">${wave()}${thinks ? html`<span>${this.words.thinking}</span>` : nothing}</div>`;
  }

  #note() {
    const note = noteOf(this.message, this.words);
    if (!note) return nothing;
    const { remedy, ...only } = note;
    const shown: Note = this.last ? note : only;
    return html`<rivulet-note .note=${shown} .words=${this.words}></rivulet-note>`;
  }
}

export const answerStyles = css`
  rivulet-answer,
  rivulet-answer-actions {
    display: block;
  }
  /* They have their place before they are loaded: nothing moves when they come. */
  rivulet-answer-actions {
    block-size: var(--_hit);
  }
  .text:not(:empty) ~ * {
    margin-block-start: 12px;
  }
  /* The end of a text that still grows. */
  .grows > :last-child::after {
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
    .grows > :last-child::after {
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
