/** The look of a form. */

import { css } from '../styles/css.ts';

export const contactFormStyles = css`
  :host {
    display: block;
  }
  form,
  label {
    display: flex;
    flex-direction: column;
  }
  form {
    gap: 16px;
  }
  label {
    gap: 6px;
    font-size: var(--_small);
    font-weight: 600;
    line-height: 1.5;
  }
  small {
    color: var(--_ink-2);
    font-size: inherit;
    font-weight: 400;
  }
  input,
  textarea {
    inline-size: 100%;
    margin: 0;
    border: 1px solid var(--_line-strong);
    border-radius: var(--_radius-m);
    padding: 8px 12px;
    background: var(--_raised);
    color: var(--_ink);
    font: inherit;
    font-size: var(--_text);
    font-weight: 400;
    letter-spacing: inherit;
    resize: vertical;
    field-sizing: content;
  }
  input {
    field-sizing: fixed;
  }
  textarea {
    min-block-size: 96px;
    max-block-size: 40cqb;
  }
  :is(input, textarea):focus-visible {
    border-color: var(--_accent);
    outline: 0;
    box-shadow: 0 0 0 3px color-mix(in oklab, var(--_accent) 22%, transparent);
  }
  [aria-invalid='true'] {
    border-color: var(--_danger);
  }
  .along {
    flex-direction: row;
    align-items: flex-start;
    gap: 8px;
    font-weight: 400;
  }
  .along input {
    flex: none;
    inline-size: 16px;
    block-size: 16px;
    margin-block: 2px;
    accent-color: var(--_accent);
  }
  .decide {
    display: flex;
    align-items: center;
    gap: 12px;
  }
  .decide p {
    flex: 1;
    margin: 0;
    color: var(--_danger);
    font-size: var(--_small);
    line-height: 1.5;
  }
  .decide .chip {
    flex: none;
  }
  /* Below 16 px iOS zooms into what one writes. */
  @media (pointer: coarse) {
    input,
    textarea {
      font-size: max(16px, var(--_text));
    }
  }
`;
