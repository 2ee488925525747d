/** The look of what one can do with an answer: quiet, and there when it is looked for. */

import { css } from '../styles/css.ts';

export const answerActionsStyles = css`
  .actions {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    /* The words begin where the text does. */
    margin-inline: -8px;
    opacity: 0;
    transition: opacity 120ms ease-out;
  }
  rivulet-answer {
    margin-inline: -8px;
    padding-inline: 8px;
  }
  rivulet-answer[last] .actions,
  rivulet-answer:hover .actions,
  .actions:focus-within {
    opacity: 1;
  }
  .actions .copy {
    /* Room for what they say when they have copied. */
    min-inline-size: 64px;
    block-size: var(--_hit);
    border-radius: 8px;
    padding-inline: 8px;
    color: var(--_ink-3);
    font-size: var(--_tiny);
  }
  .actions .copy:focus-visible {
    outline-offset: -4px;
  }
  @media (hover: hover) {
    .actions .copy:hover {
      color: var(--_ink);
    }
  }
  @media (hover: none) {
    .actions {
      opacity: 1;
    }
  }
`;
