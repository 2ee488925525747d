/**
 * What the parser reads beyond paragraphs, headings, lists, quotes, code, emphasis and links: an answer rarely needs it,
 * and it is loaded apart. The parser is given a syntax; nothing registers itself.
 */

import type { Leaf } from './blocks/block.ts';
import type { Line } from './blocks/line.ts';
import type { RowText } from './blocks/row.ts';
import type { Place, Start } from './blocks/starts.ts';
import type { Bracket } from './inlines/brackets.ts';
import type { Notes } from './inlines/notes.ts';
import type { Scan } from './inlines/scan.ts';
import type { Shared } from './inlines/text.ts';
import type { Align, Table } from './tree.ts';

export interface Syntax {
  /** What may begin at a character in a text; false if nothing does. */
  inlines: Readonly<Record<string, (scan: Scan) => boolean>>;
  /** What may begin at a character in a line. */
  starts: Readonly<Record<string, (line: Line, place: Place) => Start | 'wait' | undefined>>;
  tables?: Tables;
  notes?: NoteSyntax;
  /** The character of `&name;`. */
  named(name: string): string | undefined;
}

export interface Tables {
  /** A table that has nothing but the beginning of its head. */
  begin(shared: Shared): { table: Table; row: RowText };
  /** How columns are aligned, if a line is a row of dashes. */
  dashes(line: Line): Align[] | 'wait' | undefined;
  rows(table: Table, shared: Shared): Leaf;
}

export interface NoteSyntax {
  create(): Notes;
  /** Reads `[^label]` where `]` is; whether it is one. */
  reference(scan: Scan, bracket: Bracket): boolean;
}

const names: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  nbsp: '\u00a0',
  copy: '\u00a9',
  hellip: '\u2026',
  mdash: '\u2014',
  ndash: '\u2013',
};

export const coreSyntax: Syntax = { inlines: {}, starts: {}, named: name => names[name] };
