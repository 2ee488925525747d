/** The look of the list of conversations. */

import { css } from '../styles/css.ts';

export const historyStyles = css`
  :host {
    display: block;
    margin-block: 12px;
  }
  input {
    inline-size: 100%;
    min-block-size: 40px;
    border: 1px solid var(--_line-strong);
    border-radius: var(--_radius-m);
    padding: 6px 12px;
    background: var(--_surface);
    color: var(--_ink);
    font: inherit;
    letter-spacing: inherit;
  }
  input:focus-visible {
    border-color: var(--_accent);
    outline: 0;
    box-shadow: 0 0 0 3px color-mix(in oklab, var(--_accent) 22%, transparent);
  }
  h3 {
    margin: 20px 0 4px;
    padding-inline: 12px;
    color: var(--_ink-2);
    font-size: var(--_tiny);
    font-weight: 620;
  }
  ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  /* Of a thousand, those out of sight cost nothing. */
  li {
    position: relative;
    content-visibility: auto;
    contain-intrinsic-block-size: auto 44px;
  }
  .open {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    align-items: baseline;
    gap: 0 12px;
    inline-size: 100%;
    min-block-size: 44px;
    border-radius: var(--_radius-m);
    padding: 9px 12px;
  }
  .open:focus-visible,
  .tool:focus-visible {
    outline-offset: -2px;
  }
  .open[aria-current='true'] {
    --_ink-2: var(--_on-tint);
    background: var(--_tint);
    color: var(--_on-tint);
  }
  .title {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  time,
  .excerpt {
    color: var(--_ink-2);
    font-size: var(--_tiny);
    font-variant-numeric: tabular-nums;
  }
  .excerpt {
    grid-column: 1 / -1;
    display: -webkit-box;
    overflow: hidden;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    line-height: 1.5;
    overflow-wrap: anywhere;
  }
  mark {
    border-radius: calc(var(--_radius-s) / 2);
    background: color-mix(in oklab, var(--_accent) 24%, transparent);
    color: var(--_ink);
  }
  .tools {
    position: absolute;
    inset-block-start: 4px;
    inset-inline-end: 4px;
    display: flex;
    border-radius: var(--_radius-s);
    background: var(--_surface);
    opacity: 0;
    pointer-events: none;
  }
  .tool {
    border-radius: var(--_radius-s);
    color: var(--_ink-2);
  }
  li:focus-within .tools {
    opacity: 1;
    pointer-events: auto;
  }
  .removed {
    display: flex;
    align-items: center;
    justify-content: space-between;
    margin: 0;
    min-block-size: 44px;
    padding-inline: 12px 4px;
    color: var(--_ink-2);
  }
  .removed .chip {
    border-radius: var(--_round);
    padding: 3px 12px;
    font-size: var(--_small);
  }
  .state {
    margin: 12px 0;
    padding-inline: 12px;
    color: var(--_ink-2);
    font-size: var(--_small);
  }
  .state:empty {
    margin: 0;
  }
  li input:focus-visible {
    /* What is outside of a row is not painted. */
    outline: 2px solid var(--_accent-ink);
    outline-offset: -2px;
    box-shadow: none;
  }
  .open[aria-current='true'] + .tools {
    --_ink-2: var(--_on-tint);
    background: var(--_tint);
  }
  @media (hover: hover) {
    .open:hover {
      background: var(--_sunken);
    }
    .open[aria-current='true']:hover {
      background: var(--_tint);
    }
    li:hover .tools {
      opacity: 1;
      pointer-events: auto;
    }
    .tool:hover {
      background: var(--_sunken);
      color: var(--_ink);
    }
  }
  /* Where nothing hovers they have a place of their own. */
  @media (hover: none) {
    li {
      display: flex;
    }
    .tools {
      position: static;
      background: none;
      opacity: 1;
      pointer-events: auto;
    }
    input {
      font-size: max(16px, var(--_text));
    }
  }
  @media (forced-colors: active) {
    .open[aria-current='true'] {
      border: 1px solid Highlight;
    }
  }
`;
