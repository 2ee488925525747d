/** The composer's look. */

import { css } from '../styles/css.ts';

export const composerStyles = css`
  :host {
    display: block;
    flex: none;
    inline-size: 100%;
    max-inline-size: calc(720px + 32px);
    margin-inline: auto;
    padding: 0 16px calc(var(--_space) * 4);
  }
  .pill {
    display: flex;
    align-items: flex-end;
    gap: 4px;
    border: 1px solid var(--_line-strong);
    border-radius: min(var(--_round), var(--_hit) / 2 + 6px);
    padding: 5px;
    background: var(--_raised);
    box-shadow: 0 1px 2px oklch(0.2 0.02 250 / 0.05);
    transition: 120ms ease-out;
    transition-property: border-color, box-shadow;
  }
  .pill:has(textarea:focus) {
    border-color: var(--_accent);
    box-shadow: 0 0 0 3px color-mix(in oklab, var(--_accent) 22%, transparent);
  }
  textarea {
    flex: 1;
    min-inline-size: 0;
    min-block-size: var(--_hit);
    max-block-size: 40cqb;
    margin: 0;
    border: 0;
    /* One line of 24 px stands in the middle. */
    padding: calc((var(--_hit) - 24px) / 2) 4px;
    padding-inline-start: 12px;
    background: none;
    color: var(--_ink);
    font: inherit;
    line-height: max(24px, 1.4em);
    letter-spacing: inherit;
    resize: none;
    field-sizing: content;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    scrollbar-color: var(--_line-strong) transparent;
  }
  /* The pill wears the ring. */
  textarea:focus-visible {
    outline: 0;
  }
  textarea::placeholder {
    color: var(--_ink-3);
    opacity: 1;
  }
  .round {
    border-radius: var(--_round);
    background: var(--_accent);
    color: var(--_on-accent);
  }
  .round.off {
    background: var(--_line);
    color: var(--_ink-3);
  }
  .round:not(.off):active {
    transform: scale(0.94);
  }
  .round .icon {
    stroke-width: 2.2;
  }
  .round.stop .icon {
    fill: currentcolor;
    stroke: none;
  }
  .refusal {
    margin: 0 0 8px;
    padding-inline: 14px;
    color: var(--_danger);
    font-size: var(--_small);
    line-height: 1.5;
  }
  /* Below 16 px iOS zooms into what one writes. */
  @media (pointer: coarse), (max-width: 480px) {
    textarea {
      font-size: max(16px, var(--_text));
    }
    :host {
      padding-inline: 12px;
      padding-block-end: calc(var(--_space) * 3);
    }
  }
  @media (forced-colors: active) {
    .pill:has(textarea:focus) {
      outline: 2px solid Highlight;
    }
    .round {
      border: 1px solid ButtonText;
    }
    .round.off {
      border-color: GrayText;
      color: GrayText;
    }
  }
  @container (min-inline-size: 600px) {
    :host {
      padding-block-end: calc(var(--_space) * 5);
    }
    textarea {
      font-size: max(16px, var(--_text));
    }
  }
`;
