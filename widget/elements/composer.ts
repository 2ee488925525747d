/** Where a visitor writes: a pill that grows with its text, and one round button that sends or stops. */

import { html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import { en, type Words } from '../locales/en.ts';
import { base } from '../styles/base.ts';
import { composerStyles } from './composer-styles.ts';
import { act } from './act.ts';
import { define } from './define.ts';
import { hasOnlyTouch, isComposing, isSendKey } from './enter-key.ts';
import { icon } from './icons.ts';

const growsByItself = CSS.supports('field-sizing', 'content');

/**
 * @event {CustomEvent<string>} send the draft is to be sent; cancelled, it stays, so that nothing is lost
 * @event {CustomEvent<Wish>} act the answer is to be stopped
 * @event prepare somebody is about to write
 */
export class RivuletComposer extends LitElement {
  static override properties: PropertyDeclarations = {
    busy: { type: Boolean },
    placeholder: {},
    refusal: {},
    words: { attribute: false },
    isBlank: { state: true },
    refused: { state: true },
  };
  static override styles = [base, composerStyles];

  /** An answer is in the making: it can be stopped, and what is sent waits for it. */
  declare busy: boolean;
  declare placeholder: string;
  /** Why the last draft was not taken; shown until it is changed. */
  declare refusal: string;
  declare words: Words;
  declare private isBlank: boolean;
  declare private refused: boolean;
  /** What the button was when it was pressed: it may have changed under the finger. */
  #pressed: 'send' | 'stop' | undefined;

  constructor() {
    super();
    this.busy = false;
    this.placeholder = '';
    this.refusal = '';
    this.words = en;
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
    const role = this.#role();
    const isOff = role === 'send' && this.isBlank;
    return html`
      ${this.refused && this.refusal ? html`<p class="refusal" role="alert">${this.refusal}</p>` : nothing}
      <div class="pill">
        <textarea
          rows="1"
          dir="auto"
          aria-label=${this.words.composer}
          placeholder=${this.placeholder}
          @input=${this.#onInput}
          @focus=${this.#prepare}
          @keydown=${this.#onKeydown}
        ></textarea>
        <button
          type="button"
          class="hit round ${isOff ? 'off' : role}"
          aria-label=${role === 'stop' ? this.words.stop : this.words.send}
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

  #role(): 'send' | 'stop' {
    // Where Enter breaks the line, this button alone can send what waits for the answer.
    return this.busy && (this.isBlank || !hasOnlyTouch()) ? 'stop' : 'send';
  }

  readonly #prepare = (): void => {
    this.dispatchEvent(new Event('prepare'));
  };

  readonly #onInput = (): void => {
    this.#prepare();
    this.#look();
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
    if (!textarea || this.isBlank) return;
    const taken = this.dispatchEvent(new CustomEvent('send', { detail: textarea.value, cancelable: true }));
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
