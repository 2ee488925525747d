/** What every element of the panel starts from: boxes, buttons, icons, the focus ring. */

import { css } from './css.ts';

export const base = css`
  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }
  [hidden] {
    display: none !important;
  }
  button {
    appearance: none;
    margin: 0;
    border: 0;
    padding: 0;
    background: none;
    color: inherit;
    font: inherit;
    letter-spacing: inherit;
    text-align: start;
    cursor: pointer;
    touch-action: manipulation;
    -webkit-tap-highlight-color: transparent;
    transition: 120ms ease-out;
    transition-property: background-color, border-color, color, opacity, transform;
  }
  button[aria-disabled='true'] {
    cursor: default;
  }
  /* An empty field has no direction of its own. */
  :placeholder-shown {
    direction: inherit;
  }
  :focus-visible {
    outline: 2px solid var(--_accent-ink);
    outline-offset: 2px;
  }
  .icon,
  .mark,
  .wave {
    display: block;
    flex: none;
    fill: none;
    stroke: currentcolor;
    stroke-width: 2.2;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .icon {
    inline-size: 18px;
    block-size: 18px;
    stroke-width: 1.7;
  }
  .mark {
    inline-size: 22px;
    block-size: 22px;
    color: var(--_accent-ink);
  }
  /* There for screen readers only. */
  .spoken {
    all: initial;
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  /* A button with an icon. */
  .hit {
    flex: none;
    display: grid;
    place-items: center;
    inline-size: var(--_hit);
    block-size: var(--_hit);
  }
  /* A button with words: suggestions, retry. */
  .chip {
    border: 1px solid var(--_line-strong);
    border-radius: var(--_radius-m);
    padding: 7px 14px;
    background: var(--_surface);
    color: var(--_ink);
    font-size: calc(var(--_text) - 1px);
    line-height: 1.5;
  }
  @media (hover: hover) {
    .chip:not([aria-disabled='true']):hover {
      border-color: color-mix(in oklab, var(--_accent) 50%, var(--_line-strong));
      background: var(--_sunken);
    }
  }
  @media (pointer: coarse) {
    .chip {
      min-block-size: 44px;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    * {
      animation: none !important;
      transition: none !important;
    }
  }
`;
