/** Where a visitor writes: a pill that grows with its text, and one round button that sends or stops. */

import { html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import type { Draft } from '../conversation/message.ts';
import { en } from '../locales/en.ts';
import { base } from '../styles/base.ts';
import { composerStyles } from './composer-styles.ts';
import { act } from './act.ts';
import { define } from './define.ts';
import { hasOnlyTouch, isComposing, isSendKey } from './enter-key.ts';
import { icon } from './icons.ts';
import { wordsOf } from '../locales/words-of.ts';

const growsByItself = CSS.supports('field-sizing', 'content');

/**
 * @event {CustomEvent<Draft>} send the draft is to be sent; cancelled, it stays, so that nothing is lost. What goes along
 *   with the text, whoever has it adds before the chat hears it.
 * @event {CustomEvent<Wish>} act the answer is to be stopped, or commands to be shown
 * @event prepare somebody is about to write
 * @slot - before the text: what one can add to it
 * @slot composer-actions - before the button
 */
export class RivuletComposer extends LitElement {
  static override properties: PropertyDeclarations = {
    busy: { type: Boolean },
    placeholder: {},
    refusal: {},
    more: { type: Boolean },
    isBlank: { state: true },
    refused: { state: true },
  };
  static override styles = [base, composerStyles];

  /** An answer is in the making: it can be stopped, and what is sent waits for it. */
  declare busy: boolean;
  declare placeholder: string;
  /** Why the last draft was not taken; shown until it is changed. */
  declare refusal: string;
  /** There is something to send besides what is written. */
  declare more: boolean;
  declare private isBlank: boolean;
  declare private refused: boolean;
  /** What the button was when it was pressed: it may have changed under the finger. */
  #pressed: 'send' | 'stop' | undefined;

  constructor() {
    super();
    this.busy = false;
    this.placeholder = '';
    this.refusal = '';
    this.more = false;
    this.isBlank = true;
    this.refused = false;
  }

  /** What is written and not sent. */
  get draft(): string {
    return this.#textarea?.value ?? '';
  }
  set draft(text) {
    this.#textarea!.value = text;
    this.#look();
  }

  override focus(options?: FocusOptions): void {
    this.#textarea?.focus(options);
  }

  protected override render() {
    const words = wordsOf(this, 'chat', en);
    const role = this.#role();
    const isOff = role === 'send' && this.#isEmpty;
    return html`
      ${this.refused && this.refusal ? html`<p class="refusal" role="alert">${this.refusal}</p>` : nothing}
      <div class="pill" part="field">
        <slot></slot>
        <textarea
          rows="1"
          part="input"
          dir="auto"
          aria-label=${words.composer}
          placeholder=${this.placeholder}
          @input=${this.#onInput}
          @focus=${this.#prepare}
          @keydown=${this.#onKeydown}
        ></textarea>
        <slot name="composer-actions"></slot>
        <rivulet-dictation hidden></rivulet-dictation>
        <button
          type="button"
          class=${`hit round ${isOff ? 'off' : role}`}
          part="send"
          aria-label=${role === 'stop' ? words.stop : words.send}
          aria-disabled=${isOff ? 'true' : 'false'}
          @pointerdown=${this.#onPress}
          @click=${this.#onClick}
        >
          ${icon(role === 'stop' ? 'stop' : 'up')}
        </button>
      </div>
    `;
  }

  get #textarea(): HTMLTextAreaElement | null {
    return this.renderRoot.querySelector('textarea');
  }

  get #isEmpty(): boolean {
    return this.isBlank && !this.more;
  }

  #role(): 'send' | 'stop' {
    // Where Enter breaks the line, this button alone can send what waits for the answer.
    return this.busy && (this.#isEmpty || !hasOnlyTouch()) ? 'stop' : 'send';
  }

  readonly #prepare = (): void => {
    this.dispatchEvent(new Event('prepare'));
  };

  readonly #onInput = (): void => {
    this.#prepare();
    this.#look();
    if (this.draft[0] === '/') act(this, { type: 'show', sheet: 'commands' });
  };

  readonly #onKeydown = (event: KeyboardEvent): void => {
    const stops = event.key === 'Escape' && this.busy && !isComposing(event);
    if (!stops && !isSendKey(event)) return;
    event.preventDefault();
    if (stops) this.#stop();
    else this.#send();
  };

  readonly #onPress = (): void => {
    this.#pressed = this.#role();
  };

  readonly #onClick = ({ detail }: MouseEvent): void => {
    const pressed = this.#pressed ?? this.#role();
    this.#pressed = undefined;
    // The second click of a double one must not stop what the first has sent.
    if (pressed !== this.#role() || detail > 1) return;
    if (pressed === 'stop') this.#stop();
    else this.#send();
  };

  #stop(): void {
    act(this, { type: 'stop' });
  }

  #send(): void {
    const textarea = this.#textarea;
    if (!textarea || this.#isEmpty) return;
    const detail: Draft = { content: textarea.value };
    const taken = this.dispatchEvent(new CustomEvent('send', { detail, cancelable: true }));
    if (taken) this.draft = '';
    else this.#look();
    this.refused = !taken;
  }

  #look(): void {
    const textarea = this.#textarea;
    if (!textarea) return;
    this.isBlank = textarea.value.trim() === '';
    this.refused = false;
    if (growsByItself) return;
    // Here a layout per key is the only way.
    textarea.style.blockSize = 'auto';
    textarea.style.blockSize = `${textarea.scrollHeight}px`;
  }
}

define('rivulet-composer', RivuletComposer);

declare global {
  interface HTMLElementTagNameMap {
    'rivulet-composer': RivuletComposer;
  }
}
