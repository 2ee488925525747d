/** The conversation: its messages, and the way back to the newest one. Comes with what only an answer needs. */

import { html, LitElement, nothing, type PropertyDeclarations, type PropertyValues } from 'lit';
import { StickToBottom } from '../controllers/stick-to-bottom.ts';
import { type Branch, isLive } from '../conversation/conversation.ts';
import type { Message } from '../conversation/message.ts';
import { type AnswerWords, enAnswer } from '../locales/en-answer.ts';
import { markdownStyles } from '../markdown/styles.ts';
import { base } from '../styles/base.ts';
import { waveStyles } from '../styles/wave.ts';
import { answerStyles } from './answer.ts';
import { define } from './define.ts';
import { icon } from './icons.ts';
import { transcriptStyles } from './transcript-styles.ts';

/** Messages of a conversation that opens again: those of its end, and how many others come whenever there is time. */
const AT_ONCE = 12;
const A_TIME = 2;
/** Who types goes first: nothing comes for so long after a key. */
const TYPING_MS = 500;

/**
 * @event {CustomEvent<Wish>} act what the visitor wants done
 * @event {CustomEvent<string>} announce for screen readers: a status that is not yet in this tree cannot be spoken from it
 */
export class RivuletTranscript extends LitElement {
  static override properties: PropertyDeclarations = {
    messages: { attribute: false },
    aside: { attribute: false },
    words: { attribute: false },
    imageOrigins: { attribute: false },
  };
  static override styles = [base, waveStyles, answerStyles, markdownStyles, transcriptStyles];

  declare messages: readonly Message[];
  /** The other ways through the conversation. */
  declare aside: readonly Branch[] | undefined;
  declare words: AnswerWords;
  /** Origins from which images are loaded without a click. */
  declare imageOrigins: string | readonly string[];
  /** The messages before this one wait until there is time. */
  #from = 0;
  readonly #bottom = new StickToBottom(this, () => ({
    scroller: this.renderRoot.querySelector('.scroller')!,
    content: this.renderRoot.querySelector('.content')!,
  }));

  constructor() {
    super();
    this.messages = [];
    this.words = enAnswer;
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
    if (this.#from > 0) this.#showMore();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('messages');
    // A conversation that opens again shows its end first.
    if (!this.hasUpdated) {
      this.#from = this.messages.length - AT_ONCE;
      if (this.#from > 0) this.#showMore();
    }
    const isAsked = before && lastQuestion(this.messages) !== lastQuestion(before);
    // Who walks to another version wants to see that.
    if (isAsked && isLive(this.messages.at(-1))) this.#bottom.follow();
  }

  protected override render() {
    return html`
      <div class="scroller" role="group" aria-label=${this.words.transcript} tabindex="0">
        <div class="content" @grown=${this.#bottom.grown}>
          ${this.messages.map((message, index) => (index < this.#from ? nothing : this.#message(message, index === this.messages.length - 1)))}
        </div>
      </div>
      <button
        type="button"
        class="hit down"
        aria-label=${this.words.toBottom}
        ?hidden=${!this.#bottom.away}
        @click=${this.#goDown}
      >
        ${icon('down')}
      </button>
    `;
  }

  #message(message: Message, last: boolean) {
    switch (message.role) {
      case 'user':
        return html`<article class="question" aria-label=${this.words.you}><p dir="auto">${message.content}</p><rivulet-question-actions .message=${message}></rivulet-question-actions></article>`;
      case 'assistant':
        return html`<rivulet-answer
          .message=${message}
          ?last=${last}
          .words=${this.words}
          .imageOrigins=${this.imageOrigins}
        ></rivulet-answer>`;
      default:
        return message satisfies never;
    }
  }

  #showMore(): void {
    const done = new AbortController();
    let typedAt = 0;
    const note = () => (typedAt = performance.now());
    addEventListener('keydown', note, { capture: true, signal: done.signal });
    const step = () => {
      if (this.#from <= 0 || !this.isConnected) return done.abort();
      if (performance.now() - typedAt > TYPING_MS) {
        this.#from -= A_TIME;
        this.requestUpdate();
      }
      whenIdle(step);
    };
    whenIdle(step);
  }

  readonly #goDown = (): void => {
    // The button is about to go away, and the focus with it.
    this.renderRoot.querySelector<HTMLElement>('.scroller')?.focus({ preventScroll: true });
    this.#bottom.follow(matchMedia('(prefers-reduced-motion: reduce)').matches ? 'instant' : 'smooth');
  };
}

/** Safari has no such thing. */
const whenIdle = globalThis.requestIdleCallback ?? setTimeout;

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
