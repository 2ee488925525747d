/** What the next question is about, above the composer: it goes along with the question, or is removed. */

import { html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import type { Draft } from '../conversation/message.ts';
import { toQuote } from '../conversation/quote.ts';
import { enQuote } from '../locales/en-quote.ts';
import { wordsOf } from '../locales/words-of.ts';
import type { RivuletChat } from '../rivulet-chat.ts';
import type { RivuletComposer } from './composer.ts';
import './ask-about.ts';
import { chatOf } from './chat-of.ts';
import { define } from './define.ts';
import { iconButton } from './icon-button.ts';
import { iconPaths } from './icon-paths.ts';

/** A question to that chat is to be about a text. */
export function askAbout(chat: RivuletChat, text: string): void {
  const quote = chat.renderRoot.querySelector('rivulet-quote');
  if (!quote) return;
  quote.text = text.trim();
  if (chat.mode === 'popup') chat.open();
  chat.focus();
}

/** It renders into the chat's own tree, in the dock. */
export class RivuletQuote extends LitElement {
  static override properties: PropertyDeclarations = {
    text: {},
  };

  /** Empty where the next question is about nothing in particular. */
  declare text: string;
  #composer: RivuletComposer | null | undefined;
  #panel: Element | null = null;

  constructor() {
    super();
    this.text = '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const host = chatOf(this)?.host;
    this.#composer = host?.renderRoot.querySelector('rivulet-composer');
    this.#panel = this.closest('rivulet-panel');
    // Before the composer's own listeners: whoever of them sends it has it whole.
    this.#panel?.addEventListener('send', this.#onSend, { capture: true });
    if (!host || host.renderRoot.querySelector('rivulet-ask-about')) return;
    const button = document.createElement('rivulet-ask-about');
    button.follow(host, text => askAbout(host, text));
    host.renderRoot.append(button);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#panel?.removeEventListener('send', this.#onSend, { capture: true });
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render() {
    return html`<div role="status">${this.text ? this.#quote() : nothing}</div>`;
  }

  get #words() {
    return wordsOf(this, 'quote', enQuote);
  }

  #quote() {
    return html`<p class="about" part="quote">
      <span class="spoken">${this.#words.about}</span><q dir="auto">${this.text}</q>
      ${iconButton({ name: this.#words.remove, path: iconPaths.close, onClick: this.#remove })}
    </p>`;
  }

  readonly #remove = (): void => {
    this.text = '';
    this.#composer?.focus({ preventScroll: true });
  };

  readonly #onSend = (event: Event): void => {
    const quote = toQuote(this.text);
    if (!quote) return;
    (event as CustomEvent<Draft>).detail.quote = quote;
    // Whether it was taken is known when all have heard of it.
    queueMicrotask(() => {
      if (!event.defaultPrevented) this.text = '';
    });
  };
}

define('rivulet-quote', RivuletQuote);

declare global {
  interface HTMLElementTagNameMap {
    'rivulet-quote': RivuletQuote;
  }
}
