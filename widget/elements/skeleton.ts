/** What stands in a conversation's place while it opens: the shape of a question and its answer. */

import { html, type TemplateResult } from 'lit';
import { css } from '../styles/css.ts';

/** @param words for screen readers */
export function skeleton(words: string): TemplateResult {
  return html`<div class="skeleton" role="status">
    <span class="spoken">${words}</span>
    <i></i><i></i><i></i><i></i>
  </div>`;
}

export const skeletonStyles = css`
  .skeleton {
    flex: 1;
    min-block-size: 0;
    display: flex;
    flex-direction: column;
    gap: 12px;
    inline-size: 100%;
    max-inline-size: calc(720px + 40px);
    margin-inline: auto;
    padding: 20px;
    overflow: hidden;
  }
  .skeleton i {
    flex: none;
    block-size: 14px;
    border-radius: var(--_radius-s);
    background: var(--_sunken);
    animation: skeleton 1.4s ease-in-out infinite alternate;
  }
  .skeleton i:first-of-type {
    align-self: flex-end;
    inline-size: 45%;
    block-size: 40px;
    margin-block-end: 8px;
    border-radius: var(--_radius-l);
  }
  .skeleton i:last-child {
    inline-size: 60%;
  }
  @keyframes skeleton {
    to {
      opacity: 0.5;
    }
  }
  @media (forced-colors: active) {
    .skeleton i {
      border: 1px solid CanvasText;
    }
  }
`;
