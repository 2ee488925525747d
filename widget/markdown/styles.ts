/** The look of an answer, for the style sheet of the tree that it is shown in. The words are those of styles/tokens.ts. */

import { css } from '../styles/css.ts';

export const markdownStyles = css`
  .text {
    > *,
    > .part > * {
      margin: 0 0 calc(var(--_space) * 3);
      overflow-wrap: anywhere;
    }
    > :last-child,
    > .part > :last-child,
    :is(blockquote, li) > :last-child {
      margin-block-end: 0;
    }
    /* Parts that are finished and out of sight cost no layout and no painting. To pass over each block would cost more. */
    .part:not(:last-child),
    .piece:not(:last-child) {
      content-visibility: auto;
      contain-intrinsic-block-size: auto 120px;
    }
    .part:not(:last-child) {
      contain-intrinsic-block-size: auto 1000px;
    }
    :is(h1, h2, h3, h4, h5, h6) {
      margin-block: calc(var(--_space) * 5) calc(var(--_space) * 2);
      font-size: 1em;
      font-weight: 650;
      line-height: 1.35;
      text-wrap: balance;
    }
    > :first-child {
      margin-block-start: 0;
    }
    /* With the margin of the part before it. */
    > .part > :is(h1, h2, h3, h4, h5, h6, hr):first-child {
      margin-block-start: 8px;
    }
    h1 {
      font-size: 1.3em;
    }
    h2 {
      font-size: 1.18em;
    }
    h3 {
      font-size: 1.06em;
    }
    :is(ul, ol) {
      padding-inline-start: 24px;
    }
    li > * {
      margin: 0;
    }
    :is(li, .part) + :is(li, .part) {
      margin-block-start: 4px;
    }
    li > :is(ul, ol, figure, .table, blockquote) {
      margin-block: 4px;
    }
    .loose > li > * + *,
    .loose > .part > li > * + *,
    .loose > :is(li, .part) + :is(li, .part),
    .loose > .part > li + li {
      margin-block-start: 10px;
    }
    blockquote {
      margin-inline: 0;
      border-inline-start: 3px solid var(--_line-strong);
      padding-inline-start: 14px;
      color: var(--_ink-2);
    }
    blockquote > * {
      margin: 0 0 8px;
    }
    hr {
      border: 0;
      border-block-start: 1px solid var(--_line);
      margin-block: calc(var(--_space) * 5);
    }
    :not(pre) > code {
      border-radius: calc(var(--_radius-s) / 2);
      padding: 0.12em 0.36em;
      background: var(--_sunken);
      font-size: 0.9em;
    }
    code {
      font-family: var(--_mono);
    }
    .code {
      position: relative;
      margin-inline: 0;
      border: 1px solid var(--_line);
      border-radius: var(--_radius-m);
      background: var(--_sunken);
      overflow: hidden;
    }
    figcaption {
      min-block-size: 20px;
      border-block-end: 1px solid var(--_line);
      padding: 5px 12px;
      color: var(--_ink-2);
      font-size: var(--_tiny);
    }
    pre {
      margin: 0;
      padding: 10px 12px;
      overflow-x: auto;
      font-size: 0.87em;
      line-height: 1.55;
      overflow-wrap: normal;
      white-space: pre;
      tab-size: 4;
    }
    .piece {
      display: block;
    }
    .deceptive {
      border: 1px solid var(--_danger);
      border-radius: calc(var(--_radius-s) / 2);
      padding-inline: 2px;
      color: var(--_danger);
      font-size: 0.75em;
    }
    .copy {
      position: absolute;
      inset-block-start: 2px;
      inset-inline-end: 4px;
      border-radius: calc(var(--_radius-s) / 2);
      padding: 4px 8px;
      color: var(--_ink-2);
      font-size: var(--_tiny);
    }
  }
`;
