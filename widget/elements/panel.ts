/** The frame of the chat, with its header: a dialog beside its launcher, or a part of the page. */

import { html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import { en } from '../locales/en.ts';
import { accent } from '../styles/accent.ts';
import { base } from '../styles/base.ts';
import { colours } from '../styles/colours.ts';
import { tokens } from '../styles/tokens.ts';
import { act } from './act.ts';
import { define } from './define.ts';
import { isComposing, isTyped } from './enter-key.ts';
import { icon, mark } from './icons.ts';
import { panelStyles } from './panel-styles.ts';
import { wordsOf } from '../locales/words-of.ts';

/**
 * @attr open whether the popup is
 * @attr theme light, dark or auto
 * @attr position end or start
 * @event {CustomEvent<Wish>} act
 * @event close
 * @slot - the transcript and the composer
 * @slot header - beside the title
 * @slot sheet - what stands before these
 */
export class RivuletPanel extends LitElement {
  static override properties: PropertyDeclarations = {
    mode: {},
    heading: {},
    model: {},
    chooses: { attribute: false },
    covered: { type: Boolean },
  };
  static override styles = [base, accent, colours, tokens, panelStyles];

  declare mode: 'inline' | 'popup';
  declare heading: string;
  declare model: string;
  /** Whether the visitor can have another model. */
  declare chooses: boolean;
  /** A sheet stands before all of it. */
  declare covered: boolean;

  constructor() {
    super();
    this.mode = 'inline';
    this.heading = '';
    this.model = '';
    this.chooses = false;
    this.covered = false;
    this.addEventListener('keydown', this.#onKeydown);
    this.addEventListener('focusin', this.#onFocus);
  }

  /** It cannot have the focus itself: browsers pass over all that is in a host which Tab does not stop at. */
  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>('.frame')?.focus(options);
  }

  protected override render() {
    const words = wordsOf(this, 'chat', en);
    return html`<div class="frame" tabindex="-1">
      <div class="header" part="header" ?inert=${this.covered}>
        ${mark()}
        <h2 part="title" dir="auto">${this.heading}</h2>
        ${this.#model(words.model)}
        <slot name="header"></slot>
        <span class="gap"></span>
        ${this.#button('menu', words.menu, () => act(this, { type: 'show', sheet: 'menu' }))}
        ${this.#button('plus', words.newChat, () => act(this, { type: 'new_chat' }))}
        ${this.mode === 'popup' ? this.#button('close', words.close, this.#close) : nothing}
      </div>
      <slot ?inert=${this.covered}></slot>
      <slot name="sheet"></slot>
    </div>`;
  }

  #model(name: string) {
    const { model } = this;
    if (!model) return nothing;
    const shown = html`<span class="spoken">${name} </span>${model}`;
    if (!this.chooses) return html`<span class="model" part="model" dir="ltr" title=${model}>${shown}</span>`;
    const show = () => act(this, { type: 'show', sheet: 'models' });
    return html`<button type="button" class="model" part="model" dir="ltr" title=${model} @click=${show}>${shown}</button>`;
  }

  #button(drawing: 'menu' | 'plus' | 'close', label: string, onClick: () => void) {
    return html`<button
      type="button"
      class="hit tool"
      part="icon-button"
      aria-label=${label}
      title=${label}
      @click=${onClick}
    >
      ${icon(drawing)}
    </button>`;
  }

  /** Whoever is here may go on by keys. */
  readonly #onFocus = (): void => {
    this.removeEventListener('focusin', this.#onFocus);
    import('../keyboard.ts').then(
      ({ followKeys }) => followKeys(this),
      () => this.addEventListener('focusin', this.#onFocus),
    );
  };

  readonly #onKeydown = (event: KeyboardEvent): void => {
    if (isTyped(event)) event.stopPropagation();
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
