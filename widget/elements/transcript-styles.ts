/** The transcript's look: the scroller, the questions' bubbles. */

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
    gap: calc(var(--_space) * 5);
    min-inline-size: 0;
    max-inline-size: calc(720px + 40px);
    block-size: max-content;
    min-block-size: 100%;
    margin-inline: auto;
    padding: calc(var(--_space) * 5) 20px calc(var(--_space) * 6);
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
    margin-block-end: calc(var(--_space) * -5);
  }
  .question p {
    margin: 0;
    border-radius: var(--_radius-l);
    border-end-end-radius: calc(var(--_radius-l) * 0.3);
    padding: 8px 14px;
    background: var(--_tint);
    color: var(--_on-tint);
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
  @media (forced-colors: active) {
    .question p {
      border: 1px solid CanvasText;
    }
  }
  @container (min-inline-size: 600px) {
    .content {
      padding-block-start: calc(var(--_space) * 7);
      font-size: calc(var(--_text) + 1px);
    }
  }
`;
