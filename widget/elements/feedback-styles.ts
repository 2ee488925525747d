/** The look of thumbs, and of where one says why. */

import { css } from '../styles/css.ts';

export const feedbackStyles = css`
  rivulet-feedback {
    display: contents;
  }
  .actions .tool[aria-pressed='true'] {
    color: var(--_accent-ink);
  }
  .actions .tool[aria-pressed='true'] .icon {
    fill: var(--_tint);
  }
  .actions:has(.reason) {
    opacity: 1;
  }
  .reason {
    order: 1;
    flex-basis: 100%;
    display: flex;
    align-items: flex-end;
    gap: 8px;
    padding: 4px 8px;
  }
  .reason textarea {
    flex: 1;
    min-inline-size: 0;
    max-block-size: 20cqb;
    border: 1px solid var(--_line-strong);
    border-radius: var(--_radius-m);
    padding: 6px 12px;
    background: var(--_raised);
    color: var(--_ink);
    font: inherit;
    font-size: var(--_small);
    letter-spacing: inherit;
    resize: none;
    field-sizing: content;
  }
  .reason textarea::placeholder {
    color: var(--_ink-3);
    opacity: 1;
  }
  rivulet-feedback [role='status'] {
    color: var(--_ink-2);
    font-size: var(--_tiny);
  }
  rivulet-feedback [role='status']:not(:empty) {
    padding-inline: 8px;
  }
  /* Below 16 px iOS zooms into what one writes. */
  @media (pointer: coarse) {
    .reason textarea {
      font-size: max(16px, var(--_text));
    }
  }
`;
