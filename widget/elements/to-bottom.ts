/** The way back to the newest message, for who has scrolled away from it. It renders into the transcript's own tree. */

import { html, LitElement, type PropertyDeclarations } from 'lit';
import { enTurnActions } from '../locales/en-turn-actions.ts';
import { wordsOf } from '../locales/words-of.ts';
import { adoptStyles } from '../markdown/later/styles.ts';
import { css } from '../styles/css.ts';
import { define } from './define.ts';
import { icon } from './icons.ts';
import type { RivuletTranscript } from './transcript.ts';

export class RivuletToBottom extends LitElement {
  static override properties: PropertyDeclarations = {
    transcript: { attribute: false },
    away: { type: Boolean },
  };

  declare transcript: RivuletTranscript | undefined;
  /** The newest message is out of sight, and is not followed. */
  declare away: boolean;

  constructor() {
    super();
    this.transcript = undefined;
    this.away = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    adoptStyles(this, toBottomStyles);
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render() {
    return html`<button
      type="button"
      class="hit down"
      part="to-bottom"
      aria-label=${this.#words.toBottom}
      ?hidden=${!this.away}
      @click=${this.#goDown}
    >
      ${icon('down')}
    </button>`;
  }

  get #words() {
    return wordsOf(this, 'turnActions', enTurnActions);
  }

  readonly #goDown = (): void => {
    const { bottom, renderRoot } = this.transcript!;
    // The button is about to go away, and the focus with it.
    renderRoot.querySelector<HTMLElement>('.scroller')?.focus({ preventScroll: true });
    bottom?.follow(matchMedia('(prefers-reduced-motion: reduce)').matches ? 'instant' : 'smooth');
  };
}

const toBottomStyles = css`
  .down {
    position: absolute;
    z-index: 1;
    inset-block-end: 12px;
    inset-inline-start: calc(50% - var(--_hit) / 2);
    border: 1px solid var(--_line-strong);
    border-radius: var(--_round);
    background: var(--_raised);
    color: var(--_ink-2);
    box-shadow: 0 4px 12px oklch(0.2 0.02 250 / 0.14);
    animation: rise 120ms ease-out;
  }
  @keyframes rise {
    from {
      opacity: 0;
      transform: translateY(4px);
    }
  }
  @media (hover: hover) {
    .down:hover {
      color: var(--_ink);
    }
  }
`;

define('rivulet-to-bottom', RivuletToBottom);

declare global {
  interface HTMLElementTagNameMap {
    'rivulet-to-bottom': RivuletToBottom;
  }
}
