/** The look of what went along with a question. */

import { css } from '../styles/css.ts';

export const attachedStyles = css`
  rivulet-attached ul {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: 8px;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  rivulet-attached:not(:empty) + p {
    margin-block-start: 8px;
  }
  .question p:empty {
    display: none;
  }
  rivulet-attached canvas {
    display: block;
    max-inline-size: 240px;
    max-block-size: 240px;
    border: 1px solid var(--_line);
    border-radius: var(--_radius-m);
  }
  rivulet-attached .file {
    display: flex;
    align-items: center;
    gap: 8px;
    max-inline-size: 240px;
    border: 1px solid var(--_line-strong);
    border-radius: var(--_radius-m);
    padding: 6px 12px;
    padding-inline-start: 10px;
    color: var(--_ink-2);
    font-size: var(--_small);
    line-height: 1.4;
  }
  rivulet-attached .file > span {
    min-inline-size: 0;
  }
  rivulet-attached summary {
    display: flex;
    align-items: center;
    gap: 8px;
    cursor: pointer;
    list-style: none;
  }
  rivulet-attached details.file {
    display: block;
    text-align: start;
  }
  rivulet-attached summary > span {
    min-inline-size: 0;
  }
  rivulet-attached pre {
    max-block-size: 160px;
    margin: 6px 0 0;
    overflow: auto;
    color: var(--_ink);
    font: inherit;
    overflow-wrap: anywhere;
    white-space: pre-wrap;
  }
  rivulet-attached bdi {
    display: block;
    overflow: hidden;
    color: var(--_ink);
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  rivulet-attached small {
    font-size: var(--_tiny);
  }
`;
