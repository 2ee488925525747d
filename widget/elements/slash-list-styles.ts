/** The look of the commands above the composer. */

import { css } from '../styles/css.ts';

export const slashListStyles = css`
  /* It takes no room: what is above stays where it is. */
  rivulet-slash-list {
    position: relative;
    z-index: 1;
    display: block;
  }
  rivulet-slash-list ul {
    position: absolute;
    inset-inline: 0;
    inset-block-end: 8px;
    max-block-size: 40cqb;
    overflow-y: auto;
    overscroll-behavior: contain;
    margin: 0;
    border: 1px solid var(--_line-strong);
    border-radius: var(--_radius-m);
    padding: 4px;
    background: var(--_raised);
    box-shadow: var(--_shadow);
    list-style: none;
  }
  rivulet-slash-list li {
    display: flex;
    align-items: center;
    gap: 12px;
    min-block-size: var(--_hit);
    border-radius: var(--_radius-s);
    padding-inline: 10px;
    font-size: calc(var(--_text) - 1px);
    cursor: pointer;
  }
  rivulet-slash-list li > bdi {
    flex: none;
    font-weight: 620;
  }
  rivulet-slash-list small {
    overflow: hidden;
    color: var(--_ink-2);
    font-size: var(--_small);
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  rivulet-slash-list [aria-selected='true'] {
    --_ink-2: var(--_on-tint);
    background: var(--_tint);
    color: var(--_on-tint);
  }
  @media (hover: hover) {
    rivulet-slash-list li:not([aria-selected='true']):hover {
      background: var(--_sunken);
    }
  }
  @media (forced-colors: active) {
    rivulet-slash-list [aria-selected='true'] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
`;
