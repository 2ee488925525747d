/** The line before an answer that a model has given without having seen all that was said. */

import { html, LitElement } from 'lit';
import { enTurnActions } from '../locales/en-turn-actions.ts';
import { wordsOf } from '../locales/words-of.ts';
import { adoptStyles } from '../markdown/later/styles.ts';
import { css } from '../styles/css.ts';
import { define } from './define.ts';

/** It renders into the transcript's own tree, in the answer's article. */
export class RivuletOmitted extends LitElement {
  override connectedCallback(): void {
    super.connectedCallback();
    adoptStyles(this, omittedStyles);
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render() {
    return html`<p class="omitted">${wordsOf(this, 'turnActions', enTurnActions).omitted}</p>`;
  }
}

const omittedStyles = css`
  .omitted {
    margin: 0 0 12px;
    color: var(--_ink-2);
    font-size: var(--_small);
    line-height: 1.5;
  }
`;

define('rivulet-omitted', RivuletOmitted);

declare global {
  interface HTMLElementTagNameMap {
    'rivulet-omitted': RivuletOmitted;
  }
}
