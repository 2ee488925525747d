/** The conversation: its messages, and the way back to the newest one. Comes with what only an answer needs. */

import { html, LitElement, nothing, type PropertyDeclarations, type PropertyValues } from 'lit';
import type { StickToBottom } from '../controllers/stick-to-bottom.ts';
import { type Branch, isLive } from '../conversation/conversation.ts';
import type { Message } from '../conversation/message.ts';
import { enAnswer } from '../locales/en-answer.ts';
import { markdownStyles } from '../markdown/styles.ts';
import { base } from '../styles/base.ts';
import { waveStyles } from '../styles/wave.ts';
import { answerStyles } from './answer.ts';
import { define } from './define.ts';
import { transcriptStyles } from './transcript-styles.ts';
import { wordsOf } from '../locales/words-of.ts';

/** Messages of a conversation that opens again: those of its end, and how many others come whenever there is time. */
const AT_ONCE = 12;
const A_TIME = 2;

/**
 * @event {CustomEvent<Wish>} act what the visitor wants done
 * @event {CustomEvent<string>} announce screen readers are to say it at once; heard here
 */
export class RivuletTranscript extends LitElement {
  static override properties: PropertyDeclarations = {
    messages: { attribute: false },
    aside: { attribute: false },
    imageOrigins: { attribute: false },
  };
  static override styles = [base, waveStyles, answerStyles, markdownStyles, transcriptStyles];

  declare messages: readonly Message[];
  /** The other ways through the conversation. */
  declare aside: readonly Branch[] | undefined;
  /** Origins from which images are loaded without a click. */
  declare imageOrigins: string | readonly string[];
  /** The messages before this one wait until there is time. */
  from = 0;
  /** Follows the newest line. It comes with an answer's first words; until then the end is what is shown. */
  bottom: StickToBottom | undefined;

  constructor() {
    super();
    this.messages = [];
    this.imageOrigins = '';
    // Nothing that is seen waits for what is heard.
    import('../controllers/announcer.ts').then(
      ({ announce }) => announce(this),
      () => {},
    );
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // It was taken out of the page before all had come.
    if (this.from > 0) this.#showOlder();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('messages');
    // A conversation that opens again shows its end first, and so does a shorter one in its place.
    const end = this.messages.length - AT_ONCE;
    if (!this.hasUpdated && end > 0) this.#showOlder();
    if (!this.hasUpdated || this.from > end) this.from = end;
    const isAsked = before && lastQuestion(this.messages) !== lastQuestion(before);
    // Who walks to another version wants to see that.
    if (isAsked && isLive(this.messages.at(-1))) this.bottom?.follow();
  }

  protected override render() {
    return html`
      <div class="scroller" role="group" aria-label=${this.#words.transcript} tabindex="0">
        <div class="content" @grown=${this.bottom?.grown}>
          ${this.messages.map((message, index) => (index < this.from ? nothing : this.#message(message, index === this.messages.length - 1)))}
        </div>
      </div>
      <rivulet-to-bottom .transcript=${this} .away=${this.bottom?.away}></rivulet-to-bottom>
    `;
  }

  get #words() {
    return wordsOf(this, 'answer', enAnswer);
  }

  #message(message: Message, last: boolean) {
    switch (message.role) {
      case 'user':
        return html`<article class="question" aria-label=${this.#words.you}><rivulet-attached .attachments=${message.attachments}></rivulet-attached><p part="question" dir="auto">${message.content}</p><rivulet-question-actions .message=${message}></rivulet-question-actions></article>`;
      case 'assistant':
        return html`<rivulet-answer
          .message=${message}
          ?last=${last}
          .imageOrigins=${this.imageOrigins}
        ></rivulet-answer>`;
      default:
        return message satisfies never;
    }
  }

  protected override updated(): void {
    // In the frame that shows it.
    if (!this.bottom) requestAnimationFrame(this.#showEnd);
  }

  readonly #showEnd = (): void => {
    if (!this.bottom) this.renderRoot.querySelector('.scroller')!.scrollTop = 1e9;
  };

  #showOlder(): void {
    import('../controllers/older-messages.ts').then(
      ({ showOlder }) => showOlder(() => this.#show(A_TIME)),
      () => this.#show(Infinity),
    );
  }

  /** Shows so many more. False where there are no more, or nobody to see them. */
  async #show(count: number): Promise<boolean> {
    if (this.from <= 0 || !this.isConnected) return false;
    this.from -= count;
    this.requestUpdate();
    await this.updateComplete;
    return true;
  }
}

/** A new one means that the visitor wants to see what comes. */
function lastQuestion(messages: readonly Message[]): string | undefined {
  return messages.findLast(({ role }) => role === 'user')?.id;
}

define('rivulet-transcript', RivuletTranscript);

declare global {
  interface HTMLElementTagNameMap {
    'rivulet-transcript': RivuletTranscript;
  }
}
