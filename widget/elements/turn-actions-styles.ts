/** The look of what one can do with a question or an answer: quiet, and there when it is looked for. */

import { css } from '../styles/css.ts';

export const turnActionsStyles = css`
  rivulet-message-footer {
    display: block;
    color: var(--_ink-2);
    font-size: var(--_small);
  }
  .below {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 8px;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    /* The words begin where the text does. */
    margin-inline: -8px;
    opacity: 0;
    transition: opacity 120ms ease-out;
  }
  .gone {
    margin: 0 0 4px;
    color: var(--_ink-2);
    font-size: var(--_small);
    line-height: 1.5;
  }
  .follow-ups {
    display: flex;
    flex-direction: column;
    align-items: flex-start;
    gap: 8px;
    margin: 8px 0 0;
    padding: 0;
    list-style: none;
  }
  /* They are of what was said last. */
  rivulet-answer:not([last]) .follow-ups {
    display: none;
  }
  .question blockquote {
    max-inline-size: 100%;
    max-block-size: 4.5em;
    overflow-y: auto;
    margin: 0 0 6px;
    border-inline-start: 3px solid var(--_accent);
    padding-inline-start: 10px;
    color: var(--_ink-2);
    font-size: var(--_small);
    line-height: 1.5;
    overflow-wrap: anywhere;
    white-space: pre-wrap;
  }
  rivulet-answer {
    margin-inline: -8px;
    padding-inline: 8px;
  }
  rivulet-answer[last] .actions,
  rivulet-answer:hover .actions,
  .question:hover .actions,
  .actions:focus-within {
    opacity: 1;
  }
  .question .actions {
    justify-content: flex-end;
  }
  .actions .copy {
    /* Room for what they say when they have copied. */
    min-inline-size: 64px;
    block-size: var(--_hit);
    border-radius: var(--_radius-s);
    padding-inline: 8px;
    color: var(--_ink-3);
    font-size: var(--_tiny);
  }
  .actions .copy:focus-visible {
    outline-offset: -4px;
  }
  .actions .tool {
    inline-size: 30px;
    border-radius: var(--_radius-s);
    color: var(--_ink-3);
  }
  .actions .tool:focus-visible {
    outline-offset: -4px;
  }
  .actions .tool[aria-disabled='true'] {
    opacity: 0.4;
  }
  .walker {
    display: flex;
    align-items: center;
    color: var(--_ink-2);
    font-size: var(--_tiny);
    font-variant-numeric: tabular-nums;
  }
  .walker .icon:dir(rtl) {
    transform: scaleX(-1);
  }
  /* The question is where it is changed. */
  .question.edited {
    inline-size: 85%;
    margin-block-end: 0;
  }
  .edited p {
    display: none;
  }
  .question textarea {
    display: block;
    inline-size: 100%;
    max-block-size: 40cqb;
    border: 1px solid var(--_accent);
    border-radius: var(--_radius-l);
    border-end-end-radius: calc(var(--_radius-l) * 0.3);
    padding: 8px 14px;
    background: var(--_raised);
    color: var(--_ink);
    font: inherit;
    letter-spacing: inherit;
    resize: none;
    field-sizing: content;
  }
  .question textarea:focus-visible {
    outline: 0;
    box-shadow: 0 0 0 3px color-mix(in oklab, var(--_accent) 22%, transparent);
  }
  .decide {
    display: flex;
    justify-content: flex-end;
    gap: 8px;
    margin-block-start: 8px;
  }
  @media (hover: hover) {
    .actions .copy:hover,
    .actions .tool:not([aria-disabled='true']):hover {
      color: var(--_ink);
    }
  }
  @media (forced-colors: active) {
    .question textarea:focus-visible {
      outline: 2px solid Highlight;
    }
  }
  @media (pointer: coarse) {
    .actions .tool {
      inline-size: 44px;
    }
    .question textarea {
      font-size: max(16px, var(--_text));
    }
  }
  @media (hover: none) {
    .actions {
      opacity: 1;
    }
  }
`;
