/** A sheet's look: over all of the panel; in a wide one a column at its beginning. */

import { css } from '../styles/css.ts';

export const sheetStyles = css`
  :host {
    display: contents;
  }
  .sheet {
    position: absolute;
    z-index: 1;
    inset: 0;
    display: flex;
    flex-direction: column;
    background: var(--_surface);
    animation: sheet 200ms ease-out;
  }
  @keyframes sheet {
    from {
      opacity: 0;
      transform: translateY(8px);
    }
  }
  .header {
    flex: none;
    display: flex;
    align-items: center;
    gap: 8px;
    min-block-size: calc(var(--_space) * 14);
    border-block-end: 1px solid var(--_line);
    padding-inline: 8px;
  }
  .tool {
    border-radius: var(--_radius-s);
    color: var(--_ink-2);
  }
  .tool:dir(rtl) .icon {
    transform: scaleX(-1);
  }
  h2 {
    min-inline-size: 0;
    margin: 0;
    overflow: hidden;
    font-size: var(--_text);
    font-weight: 620;
    letter-spacing: -0.01em;
    line-height: 1.6;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .body {
    flex: 1;
    min-block-size: 0;
    overflow: auto;
    overscroll-behavior: contain;
    padding: calc(var(--_space) * 4) 20px;
  }
  .spent {
    margin-block: 20px 12px;
    color: var(--_ink-2);
    font-size: var(--_small);
    font-variant-numeric: tabular-nums;
  }
  .spent h3 {
    margin: 0;
    font-size: var(--_tiny);
    font-weight: 400;
  }
  .spent p {
    margin: 0;
    color: var(--_ink);
  }
  .entries {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    margin: 0 0 12px;
  }
  .entries:not(:first-child) {
    margin-block-start: 12px;
  }
  .announcing {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 12px;
    font-size: var(--_small);
  }
  @media (hover: hover) {
    .tool:hover {
      background: var(--_sunken);
      color: var(--_ink);
    }
  }
  /* What is behind it shows that it is one. */
  @container (min-width: 720px) {
    .sheet {
      inset-inline-end: auto;
      inline-size: 360px;
      border-inline-end: 1px solid var(--_line);
      box-shadow: var(--_shadow);
    }
  }
`;
