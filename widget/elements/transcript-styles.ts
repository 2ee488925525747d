/** The transcript's look: the scroller, the questions' bubbles, the button down. */

import { css } from '../styles/css.ts';

export const transcriptStyles = css`
  :host {
    position: relative;
    flex: 1;
    display: flex;
    min-block-size: 0;
  }
  .scroller {
    flex: 1;
    display: flex;
    overflow-x: hidden;
    overflow-y: auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    scrollbar-color: var(--_line-strong) transparent;
  }
  .scroller:focus-visible {
    outline-offset: -2px;
  }
  .content {
    flex: 1;
    display: flex;
    flex-direction: column;
    gap: 20px;
    min-inline-size: 0;
    max-inline-size: calc(720px + 40px);
    block-size: max-content;
    min-block-size: 100%;
    margin-inline: auto;
    padding: 20px 20px 24px;
  }
  /* What is out of sight costs no layout and no painting. The last turn stays, it is the one that grows. */
  .content > :not(:nth-last-child(-n + 2)) {
    content-visibility: auto;
    contain-intrinsic-block-size: auto 120px;
  }
  .question {
    display: flex;
    flex-direction: column;
    align-items: flex-end;
    align-self: flex-end;
    max-inline-size: 85%;
    /* What one can do with a question has its place in the gap below. */
    margin-block-end: -20px;
  }
  .question p {
    margin: 0;
    border-radius: 18px;
    border-end-end-radius: 6px;
    padding: 8px 14px;
    background: var(--_tint);
    overflow-wrap: anywhere;
    white-space: pre-wrap;
  }
  rivulet-question-actions {
    inline-size: 100%;
    min-block-size: var(--_hit);
  }
  /* Lines fade out under the composer. */
  :host::after {
    content: '';
    position: absolute;
    inset-inline: 12px;
    inset-block-end: 0;
    block-size: 16px;
    background: linear-gradient(to top, var(--_surface), transparent);
    pointer-events: none;
  }
  .down {
    position: absolute;
    z-index: 1;
    inset-block-end: 12px;
    inset-inline-start: calc(50% - var(--_hit) / 2);
    border: 1px solid var(--_line-strong);
    border-radius: 50%;
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
  @media (forced-colors: active) {
    .question p {
      border: 1px solid CanvasText;
    }
  }
  @container (min-inline-size: 600px) {
    .content {
      padding-block-start: 28px;
      font-size: 16px;
    }
  }
`;
