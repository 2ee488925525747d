/** Thumbs under an answer, and where one can say why. Loaded where somebody wants to know. */

import { html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import type { Feedback, MAX_REASON_CHARACTERS, Rating } from '../../server/protocol.ts';
import { rate, sendFeedback } from '../controllers/feedback.ts';
import { isLive } from '../conversation/conversation.ts';
import type { AssistantMessage, Opinion } from '../conversation/message.ts';
import { enFeedback } from '../locales/en-feedback.ts';
import { wordsOf } from '../locales/words-of.ts';
import { adoptStyles } from '../markdown/later/styles.ts';
import type { ChatParts } from '../sheets/sheet.ts';
import { actionIcons } from './action-icons.ts';
import { chatOf } from './chat-of.ts';
import { define } from './define.ts';
import { isComposing, isSendKey } from './enter-key.ts';
import { feedbackStyles } from './feedback-styles.ts';
import { wantsFeedback } from './feedback-wanted.ts';
import { iconButton } from './icon-button.ts';
import { iconPaths } from './icon-paths.ts';

/** As the server has it; its type holds it to that. */
const mostCharacters: typeof MAX_REASON_CHARACTERS = 2_000;

/** It renders into the transcript's own tree, among what else one can do with the answer. */
export class RivuletFeedback extends LitElement {
  static override properties: PropertyDeclarations = {
    message: { attribute: false },
    asks: { state: true },
    outcome: { state: true },
  };

  declare message: AssistantMessage | undefined;
  /** Whether it asks why. */
  declare private asks: boolean;
  declare private outcome: 'thanks' | 'unsent' | undefined;
  #chat: ChatParts | undefined;
  #isWanted = false;
  #told: Feedback | undefined;
  /** One after the other: what arrives last is what holds. */
  #sending: Promise<unknown> = Promise.resolve();

  constructor() {
    super();
    this.message = undefined;
    this.asks = false;
    this.outcome = undefined;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    adoptStyles(this, feedbackStyles);
    this.#chat = chatOf(this);
    this.#chat?.host.addController(this.#watch);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#chat?.host.removeController(this.#watch);
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override willUpdate(): void {
    this.#isWanted = this.#chat !== undefined && wantsFeedback(this.#chat);
  }

  protected override render() {
    if (!this.#isWanted || isLive(this.message)) return nothing;
    return html`${this.#thumb('up', actionIcons.good)}${this.#thumb('down', actionIcons.bad)}
      ${this.asks && this.#opinion ? this.#form(this.#opinion) : nothing}
      <span role="status" dir="auto">${this.outcome ? this.#words[this.outcome] : nothing}</span>
      ${
        this.outcome === 'unsent'
          ? html`<button type="button" class="chip remedy" part="button" @click=${() => this.#send()}>${this.#words.retry}</button>`
          : nothing
      }`;
  }

  get #words() {
    return wordsOf(this, 'feedback', enFeedback);
  }

  get #opinion(): Opinion | undefined {
    return this.message?.feedback;
  }

  #thumb(rating: Rating, path: string) {
    const isPressed = this.#opinion?.rating === rating;
    return iconButton({
      name: this.#words[rating],
      path,
      isPressed,
      onClick: () => {
        this.asks = !isPressed;
        this.#rate(isPressed ? undefined : { rating });
      },
    });
  }

  #form({ rating, reason = '' }: Opinion) {
    const why = this.#words.why[rating];
    // A press in the row keeps what is selected; here one wants to write.
    return html`<div class="reason" @mousedown=${(event: Event) => event.stopPropagation()}>
      <textarea
        part="input"
        rows="1"
        dir="auto"
        maxlength=${mostCharacters}
        aria-label=${why}
        placeholder=${why}
        .value=${reason}
        @keydown=${this.#onKeydown}
      ></textarea>
      <button type="button" class="chip" part="button" @click=${this.#explain}>${this.#words.send}</button>
      ${iconButton({ name: this.#words.close, path: iconPaths.close, onClick: this.#close })}
    </div>`;
  }

  #rate(opinion: Opinion | undefined): void {
    if (!this.#chat || !this.message) return;
    this.outcome = undefined;
    this.#told = rate(this.#chat, this.message, opinion);
    this.#send();
  }

  #send(): void {
    const [chat, told] = [this.#chat, this.#told];
    if (!chat || !told) return;
    this.#sending = this.#sending.then(async () => {
      const isSent = await sendFeedback(chat, told);
      if (told !== this.#told) return;
      this.outcome = !isSent ? 'unsent' : told.reason ? 'thanks' : undefined;
    });
  }

  readonly #explain = (): void => {
    const reason = this.querySelector('textarea')?.value.trim() ?? '';
    const rating = this.#opinion?.rating;
    if (reason && rating) this.#rate({ rating, reason });
    this.#close();
  };

  readonly #close = (): void => {
    this.asks = false;
    // Where the focus came from.
    this.querySelector<HTMLElement>('[aria-pressed=true]')?.focus({ preventScroll: true });
  };

  readonly #onKeydown = (event: KeyboardEvent): void => {
    if (isSendKey(event)) {
      event.preventDefault();
      this.#explain();
    } else if (event.key === 'Escape' && !isComposing(event)) {
      // It leaves this, and not the chat.
      event.preventDefault();
      this.#close();
    }
  };

  /** Whether it is wanted may change at any time; the chat changes with every word of an answer. */
  readonly #watch = {
    hostUpdated: () => {
      if (this.#chat && wantsFeedback(this.#chat) !== this.#isWanted) this.requestUpdate();
    },
  };
}

define('rivulet-feedback', RivuletFeedback);

declare global {
  interface HTMLElementTagNameMap {
    'rivulet-feedback': RivuletFeedback;
  }
}
