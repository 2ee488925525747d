/** The look of the functions that an answer calls: a quiet line each, and a card where the visitor is asked. */

import { css } from '../styles/css.ts';

export const calledStyles = css`
  rivulet-calls {
    display: contents;
  }
  rivulet-called:not(:empty) {
    display: flex;
    flex-direction: column;
    gap: 8px;
    margin-block-end: 12px;
  }
  rivulet-called > .text:empty {
    display: none;
  }
  rivulet-called > .text ~ * {
    margin: 0;
  }
  .call > summary {
    display: flex;
    align-items: center;
    gap: 8px;
    inline-size: fit-content;
    max-inline-size: 100%;
    min-block-size: 24px;
    border-radius: var(--_radius-s);
    color: var(--_ink-2);
    font-size: var(--_small);
    line-height: 1.5;
    list-style: none;
    cursor: pointer;
  }
  .call > summary::-webkit-details-marker {
    display: none;
  }
  .call > summary > .icon {
    inline-size: 14px;
    block-size: 14px;
    color: var(--_accent-ink);
  }
  .call > summary > bdi {
    color: var(--_ink);
    overflow-wrap: anywhere;
  }
  .call > summary > .state::after {
    /* Seen, and not said. */
    content: ' ›' / '';
  }
  .call[open] > summary > .state::after {
    content: ' ⌄' / '';
  }
  .call:is([data-status='failed'], [data-status='interrupted'], [data-status='refused']) > summary > .icon {
    color: var(--_ink-3);
  }
  .call .field {
    margin-block-start: 8px;
    padding-inline-start: 22px;
  }
  .field > span {
    color: var(--_ink-3);
    font-size: var(--_tiny);
  }
  .field > pre {
    max-block-size: 30cqb;
    overflow: auto;
    margin: 2px 0 0;
    border-radius: var(--_radius-s);
    padding: 8px 10px;
    background: var(--_sunken);
    font: 12px/1.5 var(--_mono);
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  .asks {
    border: 1px solid var(--_line-strong);
    border-radius: var(--_radius-m);
    padding: 12px 14px;
    background: var(--_raised);
  }
  .asks > p {
    margin: 0 0 8px;
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  rivulet-called .decide {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: 8px;
    margin-block-start: 12px;
  }
  rivulet-called .chip {
    border-radius: var(--_round);
    padding: 4px 13px;
    font-size: var(--_small);
  }
  rivulet-called > .limit {
    color: var(--_ink-2);
    font-size: var(--_small);
  }
  /* It is the visitor who is waited for. */
  rivulet-calls:has(.asks) ~ .waiting {
    display: none;
  }
`;
