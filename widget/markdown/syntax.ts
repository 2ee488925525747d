/**
 * What the parser reads. The core is what most answers are written in: paragraphs, headings, lists, quotes, code
 * and emphasis; the rest is loaded when an answer needs it. The parser is given a syntax; nothing registers itself.
 */

import { HashHeading } from './blocks/heading.ts';
import { ParagraphText } from './blocks/paragraph.ts';
import type { Line } from './blocks/line.ts';
import type { Place, Start } from './blocks/starts.ts';
import type { Labels } from './extras/labels.ts';
import { codeSpan } from './inlines/code.ts';
import { delimiterRun } from './inlines/delimiters.ts';
import { backslash, lineBreak } from './inlines/rules.ts';
import type { Scan } from './inlines/scan.ts';
import type { Shared } from './shared.ts';

/** Reads what begins at the position. */
export type Rule = (scan: Scan) => void;

export interface Syntax {
  /** What may begin at a character in a text. */
  inlines: Readonly<Record<string, Rule>>;
  /** Characters without a rule, as many as there are; sticky. */
  plain: RegExp;
  /** What else may begin at a character in a line. */
  starts: Readonly<Record<string, (line: Line, place: Place) => Start | 'wait' | undefined>>;
  /** What begins in a line that is indented by four columns or more and goes on with no paragraph. */
  readIndented(line: Line): Start | undefined;
  /** Whether what an item begins with is the box of a task, and a checked one. */
  readTask?(line: Line): boolean | 'wait' | undefined;
  createParagraph(shared: Shared): ParagraphText;
  createHeading(level: number, shared: Shared): HashHeading;
  /** Resolves what is written another way in a text that holds no inlines. */
  unescape(text: string): string;
  /** Keeps what is defined in one place of an answer and meant in others. */
  createLabels?: () => Labels;
  /** May begin what only a larger syntax reads. */
  more?: RegExp;
}

export const coreSyntax: Syntax = {
  inlines: {
    '\\': backslash,
    '`': codeSpan,
    '*': delimiterRun,
    _: delimiterRun,
    '~': delimiterRun,
    '\n': lineBreak,
  },
  plain: /[^\\`*_~\n]+/y,
  starts: {},
  readIndented: ({ shared }) => shared.want(),
  createParagraph: shared => new ParagraphText(shared),
  createHeading: (level, shared) => new HashHeading(level, shared),
  unescape: text => text.replace(/\\([!-/:-@[-`{-~])/g, '$1'),
  more: /[|$[]|&[#\w]|<[a-z]|[\w.+-]@\w|\\\(|www\.|:\/\//i,
};
