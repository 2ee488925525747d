/** What an empty conversation shows: the greeting, a word of honesty, and questions to begin with. */

import { html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import { en } from '../locales/en.ts';
import { base } from '../styles/base.ts';
import { css } from '../styles/css.ts';
import { act } from './act.ts';
import { define } from './define.ts';
import { mark } from './icons.ts';
import { wordsOf } from '../locales/words-of.ts';

/**
 * @event {CustomEvent<Wish>} act a suggested question was chosen
 * @slot - what the page has to say besides
 */
export class RivuletStart extends LitElement {
  static override properties: PropertyDeclarations = {
    greeting: {},
    suggestions: { attribute: false },
  };

  declare greeting: string;
  declare suggestions: readonly string[];

  constructor() {
    super();
    this.greeting = '';
    this.suggestions = [];
  }

  protected override render() {
    const words = wordsOf(this, 'chat', en);
    return html`<div class="column">
      ${mark()}
      <h3 part="greeting"><bdi>${this.greeting}</bdi></h3>
      <p part="disclaimer"><bdi>${words.disclaimer}</bdi></p>
      ${
        this.suggestions.length > 0
          ? html`<ul aria-label=${words.suggestions}>
              ${this.suggestions.map(question => this.#suggestion(question))}
            </ul>`
          : nothing
      }
      <slot></slot>
    </div>`;
  }

  #suggestion(question: string) {
    const ask = () => act(this, { type: 'ask', text: question });
    return html`<li><button type="button" class="chip" part="button" @click=${ask}><bdi>${question}</bdi></button></li>`;
  }

  static override styles = [
    base,
    css`
      :host {
        flex: 1;
        display: flex;
        min-block-size: 0;
        overflow-y: auto;
        overscroll-behavior: contain;
        padding: 20px;
        scrollbar-width: thin;
      }
      .column {
        inline-size: 100%;
        max-inline-size: 720px;
        margin: auto;
      }
      h3 {
        margin: 12px 0 6px;
        font-size: calc(var(--_text) * 1.6);
        font-weight: 660;
        line-height: 1.25;
        letter-spacing: -0.02em;
        overflow-wrap: anywhere;
        text-wrap: balance;
      }
      p {
        margin: 0;
        color: var(--_ink-2);
      }
      ul {
        display: flex;
        flex-direction: column;
        align-items: flex-start;
        gap: calc(var(--_space) * 2);
        margin: calc(var(--_space) * 5) 0 0;
        padding: 0;
        list-style: none;
      }
    `,
  ];
}

define('rivulet-start', RivuletStart);

declare global {
  interface HTMLElementTagNameMap {
    'rivulet-start': RivuletStart;
  }
}
