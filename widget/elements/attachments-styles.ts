/** The look of the paperclip, and of the files above the text that they go with. */

import { css } from '../styles/css.ts';

/** In the composer. */
export const pillStyles = css`
  .pill {
    flex-wrap: wrap;
  }
`;

/** In the chat's tree. */
export const attachmentsStyles = css`
  rivulet-attachments {
    display: contents;
  }
  rivulet-attachments > .tool {
    border-radius: var(--_round);
    color: var(--_ink-2);
  }
  rivulet-attachments .above {
    order: -1;
    flex: 1 0 100%;
    max-block-size: 40cqb;
    overflow-y: auto;
    scrollbar-width: thin;
    font-size: var(--_small);
    line-height: 1.5;
  }
  rivulet-attachments ul {
    display: flex;
    flex-direction: column;
    gap: 4px;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  rivulet-attachments li {
    display: flex;
    align-items: center;
    gap: 10px;
    border-radius: var(--_radius-m);
    padding: 4px;
    background: var(--_sunken);
  }
  rivulet-attachments .look {
    flex: none;
    display: grid;
    place-items: center;
    inline-size: 44px;
    block-size: 44px;
    overflow: hidden;
    border-radius: var(--_radius-m);
    background: var(--_raised);
    color: var(--_ink-2);
  }
  rivulet-attachments .look .wave {
    inline-size: 32px;
    color: var(--_accent-ink);
  }
  rivulet-attachments canvas {
    display: block;
    inline-size: 44px;
    block-size: 44px;
    object-fit: cover;
  }
  rivulet-attachments li > span:not(.look) {
    flex: 1;
    min-inline-size: 0;
  }
  rivulet-attachments bdi,
  rivulet-attachments small {
    display: block;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  rivulet-attachments small {
    color: var(--_ink-2);
    font-size: var(--_tiny);
    white-space: normal;
  }
  rivulet-attachments li input {
    inline-size: 100%;
    min-block-size: 24px;
    border: 0;
    border-block-end: 1px solid var(--_line-strong);
    padding: 0;
    background: none;
    color: var(--_ink);
    font: inherit;
    font-size: var(--_tiny);
    letter-spacing: inherit;
  }
  rivulet-attachments li input::placeholder {
    color: var(--_ink-3);
    opacity: 1;
  }
  rivulet-attachments li input:focus-visible {
    outline: 0;
    border-color: var(--_accent);
    box-shadow: 0 1px 0 var(--_accent);
  }
  rivulet-attachments li .tool {
    border-radius: var(--_round);
    color: var(--_ink-2);
  }
  rivulet-attachments p {
    margin: 4px 10px;
    color: var(--_ink-2);
  }
  rivulet-attachments .refused {
    color: var(--_danger);
  }
  rivulet-attachments .drop {
    position: absolute;
    z-index: 2;
    inset: 8px;
    display: grid;
    place-items: center;
    border: 2px dashed var(--_accent);
    border-radius: var(--_radius-m);
    background: color-mix(in oklab, var(--_surface) 88%, transparent);
    font-weight: 600;
    pointer-events: none;
  }
  @media (hover: hover) {
    rivulet-attachments .tool:hover {
      background: var(--_line);
      color: var(--_ink);
    }
  }
  /* Below 16 px iOS zooms into what one writes. */
  @media (pointer: coarse), (max-width: 480px) {
    rivulet-attachments li input {
      font-size: max(16px, var(--_text));
    }
  }
  @media (forced-colors: active) {
    rivulet-attachments li {
      border: 1px solid CanvasText;
    }
  }
`;
