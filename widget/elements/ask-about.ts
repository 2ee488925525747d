/** The button beside a selection that asks about it. */

import { html, LitElement } from 'lit';
import { enQuote } from '../locales/en-quote.ts';
import { wordsOf } from '../locales/words-of.ts';
import type { RivuletChat } from '../rivulet-chat.ts';
import { accent } from '../styles/accent.ts';
import { base } from '../styles/base.ts';
import { exportParts } from '../styles/parts.ts';
import { css } from '../styles/css.ts';
import { tokens } from '../styles/tokens.ts';
import { define } from './define.ts';
import { type SelectedText, selectedText } from './selected-text.ts';

/** A selection has to stay as it is so long: it is not in the way of one that is still being made. */
const CALM_MS = 250;
/** Between the selection and the button, and between that and the edges of the window. */
const GAP = 8;

/** It stands in the browser's top layer, as a selection may be anywhere on the page. */
export class RivuletAskAbout extends LitElement {
  #chat: RivuletChat | undefined;
  #ask: (text: string) => void = () => {};
  #selected: SelectedText | undefined;
  #calm: ReturnType<typeof setTimeout> | undefined;
  #isPressed = false;

  /** From now on it is there for what is selected in that chat, or on its page. */
  follow(chat: RivuletChat, ask: (text: string) => void): void {
    this.#chat = chat;
    this.#ask = ask;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    exportParts(this.renderRoot);
    this.popover = 'manual';
    for (const [type, listener] of this.#listeners) document.addEventListener(type, listener, true);
    this.#look();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const [type, listener] of this.#listeners) document.removeEventListener(type, listener, true);
    clearTimeout(this.#calm);
  }

  protected override render() {
    return html`<button type="button" class="chip" part="button" @mousedown=${keepSelection} @click=${this.#onClick}>
      ${this.#words.askAbout}
    </button>`;
  }

  get #words() {
    return wordsOf(this, 'quote', enQuote);
  }

  readonly #look = (): void => {
    clearTimeout(this.#calm);
    this.#calm = setTimeout(() => this.#show(), CALM_MS);
  };

  #show(): void {
    // The button has the focus: what was selected may not be any more, and is still meant.
    if (this.#isPressed || this.matches(':focus-within')) return;
    this.#selected = this.#chat && selectedText(this.#chat);
    if (!this.#selected) return this.#hide();
    this.setAttribute('theme', this.#chat?.theme ?? 'auto');
    this.showPopover();
    const { end } = this.#selected;
    const { width, height } = this.getBoundingClientRect();
    const below = end.bottom + GAP;
    const top = below + height + GAP > innerHeight ? end.top - GAP - height : below;
    const left = Math.min(Math.max(GAP, end.right - width / 2), innerWidth - width - GAP);
    // Set through the object model, which a strict policy allows.
    this.style.top = `${Math.max(GAP, top)}px`;
    this.style.left = `${left}px`;
  }

  readonly #hide = (): void => {
    if (this.matches(':popover-open')) this.hidePopover();
  };

  readonly #onClick = (): void => {
    const text = this.#selected?.text;
    this.#hide();
    if (text) this.#ask(text);
  };

  readonly #onPress = (event: Event): void => {
    this.#isPressed = !event.composedPath().includes(this);
    if (this.#isPressed) this.#hide();
  };

  readonly #onRelease = (): void => {
    this.#isPressed = false;
    this.#look();
  };

  readonly #onKeydown = (event: Event): void => {
    if (!(event instanceof KeyboardEvent) || !this.matches(':popover-open')) return;
    if (event.key === 'Escape') {
      this.#hide();
      event.preventDefault();
      event.stopPropagation();
    } else if (event.key === 'Tab' && !event.shiftKey && isNowhere(event)) {
      // It is the next thing to what is selected, wherever it stands in the page.
      this.renderRoot.querySelector('button')?.focus();
      event.preventDefault();
    }
  };

  readonly #listeners = [
    ['selectionchange', this.#look],
    ['pointerdown', this.#onPress],
    ['pointerup', this.#onRelease],
    ['scroll', this.#hide],
    ['keydown', this.#onKeydown],
  ] as const;

  static override styles = [
    base,
    accent,
    tokens,
    css`
      :host {
        /* Nothing of the page's type and colours is inherited. */
        all: initial;
        position: fixed;
        color-scheme: light dark;
        font: var(--_text) / 1.6 var(--_font);
      }
      :host(:not(:popover-open)) {
        display: none;
      }
      :host([theme='light']) {
        color-scheme: light;
      }
      :host([theme='dark']) {
        color-scheme: dark;
      }
      .chip {
        border-radius: var(--_round);
        background: var(--_raised);
        box-shadow: var(--_shadow);
      }
    `,
  ];
}

/** A press on the button would let go of what is selected. */
function keepSelection(event: Event): void {
  event.preventDefault();
}

/** The focus is on no field or button, but where texts are read. */
function isNowhere(event: Event): boolean {
  const [target] = event.composedPath();
  return target === document.body || (target instanceof Element && target.matches('.scroller'));
}

define('rivulet-ask-about', RivuletAskAbout);

declare global {
  interface HTMLElementTagNameMap {
    'rivulet-ask-about': RivuletAskAbout;
  }
}
