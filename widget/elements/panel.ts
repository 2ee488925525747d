/** The frame of the chat, with its header: a dialog beside its launcher, or a part of the page. */

import { html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import { en, type Words } from '../locales/en.ts';
import { accent } from '../styles/accent.ts';
import { base } from '../styles/base.ts';
import { tokens } from '../styles/tokens.ts';
import { act } from './act.ts';
import { define } from './define.ts';
import { isComposing } from './enter-key.ts';
import { icon, mark } from './icons.ts';
import { panelStyles } from './panel-styles.ts';

/**
 * @event {CustomEvent<Wish>} act
 * @event close
 * @slot - the transcript and the composer
 */
export class RivuletPanel extends LitElement {
  static override properties: PropertyDeclarations = {
    mode: { reflect: true },
    open: { type: Boolean, reflect: true },
    theme: { reflect: true },
    position: { reflect: true },
    heading: {},
    model: {},
    words: { attribute: false },
  };
  static override styles = [base, accent, tokens, panelStyles];

  declare mode: 'inline' | 'popup';
  declare open: boolean;
  declare theme: 'light' | 'dark' | 'auto';
  declare position: 'end' | 'start';
  declare heading: string;
  declare model: string;
  declare words: Words;

  constructor() {
    super();
    this.mode = 'inline';
    this.open = false;
    this.theme = 'auto';
    this.position = 'end';
    this.heading = '';
    this.model = '';
    this.words = en;
    this.addEventListener('keydown', this.#onKeydown);
  }

  protected override render() {
    return html`
      <div class="header">
        ${mark()}
        <h2 dir="auto">${this.heading}</h2>
        ${
          this.model
            ? html`<span class="model" dir="ltr" title=${this.model}
              ><span class="spoken">${this.words.model} </span>${this.model}</span
            >`
            : nothing
        }
        <span class="gap"></span>
        ${this.#button('plus', this.words.newChat, () => act(this, { type: 'new_chat' }))}
        ${this.mode === 'popup' ? this.#button('close', this.words.close, this.#close) : nothing}
      </div>
      <slot></slot>
    `;
  }

  #button(drawing: 'plus' | 'close', label: string, onClick: () => void) {
    return html`<button
      type="button"
      class="hit tool"
      aria-label=${label}
      title=${label}
      @click=${onClick}
    >
      ${icon(drawing)}
    </button>`;
  }

  readonly #onKeydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || this.mode !== 'popup' || isComposing(event) || event.defaultPrevented)
      return;
    // The page must not close something of its own as well.
    event.stopPropagation();
    this.#close();
  };

  readonly #close = (): void => {
    this.dispatchEvent(new Event('close'));
  };
}

define('rivulet-panel', RivuletPanel);

declare global {
  interface HTMLElementTagNameMap {
    'rivulet-panel': RivuletPanel;
  }
}
