/** The look of what only the full syntax makes: links, tables, math, images, notes. */

import { css } from '../../styles/css.ts';

export const extraStyles = css`
  .text .task {
    margin-inline-start: -24px;
    list-style: none;
  }
  .text .task > label {
    display: flex;
    align-items: baseline;
    gap: 8px;
  }
  .text .task p {
    margin: 0;
  }
  .text a[href] {
    color: var(--_accent-ink);
    text-underline-offset: 2px;
  }
  .text a:not([href]) {
    color: inherit;
  }
  .text math {
    font-family: math;
  }
  .text .math {
    font-family: var(--_mono);
  }
  .text .math.display {
    display: block;
    overflow-x: auto;
    text-align: center;
  }
  .text .table {
    position: relative;
    margin-inline: 0;
    border: 1px solid var(--_line);
    border-radius: var(--_radius-m);
    overflow: hidden;
  }
  .text .table > .copy {
    background: var(--_surface);
    opacity: 0;
  }
  .text .table:hover > .copy,
  .text .copy:focus-visible {
    opacity: 1;
  }
  @media (hover: none) {
    .text .table > .copy {
      position: static;
      opacity: 1;
    }
  }
  .text .wide {
    overflow-x: auto;
  }
  .text table {
    inline-size: 100%;
    border-collapse: collapse;
    font-size: 0.95em;
  }
  .text :is(th, td) {
    min-inline-size: 5em;
    border-block-start: 1px solid var(--_line);
    padding: 6px 12px;
    overflow-wrap: normal;
    text-align: start;
    vertical-align: top;
  }
  .text :is(th, td)[align='right'] {
    text-align: end;
  }
  .text :is(th, td)[align='center'] {
    text-align: center;
  }
  .text th {
    border: 0;
    background: var(--_sunken);
    font-weight: 600;
  }
  /* Rows that are laid out each by itself, all with columns of one width. */
  .text .long table,
  .text .long :is(thead, tbody) {
    display: block;
  }
  /* A screen reader's table has the rows that are laid out; to pass over them costs little, each being by itself. */
  .text tbody.part:not(:last-child) {
    content-visibility: visible;
    contain-intrinsic-block-size: none;
  }
  .text .long tr {
    display: grid;
    grid-template-columns: var(--columns);
  }
  .text img {
    max-inline-size: 100%;
    block-size: auto;
    border-radius: var(--_radius-m);
  }
  .text button.image {
    border: 1px dashed var(--_line-strong);
    border-radius: var(--_radius-m);
    padding: 6px 10px;
  }
  .text button.footnote {
    padding: 0 2px;
    color: var(--_accent-ink);
  }
  .text .footnotes {
    border-block-start: 1px solid var(--_line);
    padding-block-start: 10px;
    color: var(--_ink-2);
    font-size: var(--_small);
  }
`;
