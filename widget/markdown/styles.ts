/** The look of an answer, for the style sheet of the tree that it is shown in. The words are those of styles/tokens.ts. */

import { css } from '../styles/css.ts';

export const markdownStyles = css`
  .text > * {
    margin: 0 0 12px;
    overflow-wrap: anywhere;
  }
  .text > :last-child,
  :is(.text blockquote, .text li) > :last-child {
    margin-block-end: 0;
  }
  /* What is finished and out of sight costs no layout and no painting. */
  .text > :not(:last-child),
  .text .long > :not(:last-child),
  .text .long tr:not(:last-child),
  .text .piece:not(:last-child) {
    content-visibility: auto;
    contain-intrinsic-block-size: auto 120px;
  }
  .text .long tr:not(:last-child) {
    contain-intrinsic-block-size: auto 40px;
  }
  .text :is(h1, h2, h3, h4, h5, h6) {
    margin-block: 20px 8px;
    font-weight: 650;
    line-height: 1.35;
    text-wrap: balance;
  }
  .text > :first-child {
    margin-block-start: 0;
  }
  .text h1 {
    font-size: 1.3em;
  }
  .text h2 {
    font-size: 1.18em;
  }
  .text h3 {
    font-size: 1.06em;
  }
  .text :is(h4, h5, h6) {
    font-size: 1em;
  }
  .text :is(ul, ol) {
    padding-inline-start: 24px;
  }
  .text li > * {
    margin: 0;
  }
  .text li + li {
    margin-block-start: 4px;
  }
  .text li > :is(ul, ol, figure, .table, blockquote) {
    margin-block: 4px;
  }
  .text .loose > li > * + *,
  .text .loose > li + li {
    margin-block-start: 10px;
  }
  .text .task {
    display: flex;
    align-items: baseline;
    gap: 8px;
    margin-inline-start: -24px;
    list-style: none;
  }
  .text blockquote {
    margin-inline: 0;
    border-inline-start: 3px solid var(--_line-strong);
    padding-inline-start: 14px;
    color: var(--_ink-2);
  }
  .text blockquote > * {
    margin: 0 0 8px;
  }
  .text hr {
    border: 0;
    border-block-start: 1px solid var(--_line);
    margin-block: 20px;
  }
  .text a[href] {
    color: var(--_accent);
    text-underline-offset: 2px;
  }
  .text a:not([href]) {
    color: inherit;
  }
  .text :not(pre) > code {
    border-radius: 5px;
    padding: 0.12em 0.36em;
    background: var(--_sunken);
    font-size: 0.9em;
  }
  .text :is(code, .math) {
    font-family: ui-monospace, 'SF Mono', Menlo, Consolas, monospace;
  }
  .text math {
    font-family: math;
  }
  .text .math.display {
    display: block;
    overflow-x: auto;
    text-align: center;
  }
  .text :is(.code, .table) {
    position: relative;
    margin-inline: 0;
    border: 1px solid var(--_line);
    border-radius: var(--_radius-s);
    overflow: hidden;
  }
  .text .code {
    background: var(--_sunken);
  }
  .text figcaption {
    min-block-size: 20px;
    padding: 6px 12px;
    color: var(--_ink-2);
    font-size: var(--_tiny);
  }
  .text pre {
    margin: 0;
    padding: 0 12px 12px;
    overflow-x: auto;
    font-size: 0.9em;
    line-height: 1.55;
    overflow-wrap: normal;
    white-space: pre;
    tab-size: 4;
  }
  .text .piece {
    display: block;
  }
  .text .deceptive {
    border: 1px solid var(--_danger);
    border-radius: 3px;
    padding-inline: 2px;
    color: var(--_danger);
    font-size: 0.75em;
  }
  .text .copy {
    position: absolute;
    inset-block-start: 2px;
    inset-inline-end: 4px;
    border: 0;
    border-radius: 6px;
    padding: 4px 8px;
    background: var(--_surface);
    color: var(--_ink-2);
    font: inherit;
    font-size: var(--_tiny);
    cursor: pointer;
  }
  .text .table > .copy {
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
  .text .scroller {
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
  .text .long tr {
    display: grid;
    grid-auto-columns: minmax(8em, 1fr);
    grid-auto-flow: column;
  }
  .text img {
    max-inline-size: 100%;
    block-size: auto;
    border-radius: var(--_radius-s);
  }
  .text button.image {
    border: 1px dashed var(--_line-strong);
    border-radius: var(--_radius-s);
    padding: 6px 10px;
    background: none;
    color: inherit;
    font: inherit;
    cursor: pointer;
  }
  .text button.note {
    border: 0;
    padding: 0 2px;
    background: none;
    color: var(--_accent);
    font: inherit;
    cursor: pointer;
  }
  .text .footnotes {
    border-block-start: 1px solid var(--_line);
    padding-block-start: 10px;
    color: var(--_ink-2);
    font-size: var(--_small);
  }
`;
