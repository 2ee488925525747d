/** The look of what stands above the composer. */

import { css } from '../styles/css.ts';

export const dockStyles = css`
  rivulet-dock {
    display: block;
    flex: none;
    inline-size: 100%;
    max-inline-size: calc(720px + 32px);
    margin-inline: auto;
    padding-inline: 16px;
    font-size: var(--_small);
  }
  rivulet-dock > ul {
    display: flex;
    flex-direction: column;
    gap: 4px;
    max-block-size: 30cqb;
    overflow-y: auto;
    margin: 0 0 8px;
    padding: 0;
    list-style: none;
  }
  rivulet-dock > ul > li {
    display: flex;
    align-items: center;
    border: 1px dashed var(--_line-strong);
    border-radius: var(--_radius-m);
    padding-inline: 12px 4px;
    color: var(--_ink-2);
  }
  rivulet-dock > ul > li > span {
    flex: 1;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  rivulet-dock rivulet-added ul {
    justify-content: flex-start;
    margin-block-end: 8px;
  }
  rivulet-dock rivulet-added li {
    min-inline-size: 0;
  }
  rivulet-dock rivulet-added .file {
    max-inline-size: 100%;
  }
  rivulet-dock rivulet-added summary {
    min-block-size: 24px;
  }
  rivulet-dock rivulet-added summary > span {
    display: flex;
    align-items: baseline;
    gap: 8px;
  }
  rivulet-dock rivulet-added small {
    flex: none;
  }
  rivulet-dock .about {
    justify-content: flex-start;
    border-inline-start: 3px solid var(--_accent);
    border-radius: calc(var(--_radius-s) / 2);
    padding-inline-start: 10px;
  }
  rivulet-dock q {
    flex: 1;
    overflow: hidden;
    quotes: none;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  rivulet-dock p {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
    margin: 0 0 8px;
    color: var(--_ink-2);
  }
  rivulet-dock .chip {
    border-radius: var(--_round);
    padding: 3px 12px;
    font-size: var(--_small);
  }
`;
