/** Hostile texts that a careless parser of blocks reads over and over. */

import { type Family, numbered, repeated } from './family.ts';

export const blockFamilies: readonly Family[] = [
  repeated('quotes in one line', '> '),
  repeated('quotes in one line, narrow', '>'),
  repeated('bullets in one line', '- '),
  repeated('numbers in one line', '1. '),
  repeated('quotes and bullets in one line', '> - '),
  numbered('lists nested', depth => `${'  '.repeat(depth)}- a\n`),
  numbered('quotes nested', depth => `${'>'.repeat(depth + 1)} a\n`),
  numbered('quotes and lists nested', depth => `${'> '.repeat(depth)}${'  '.repeat(depth)}- a\n`),
  repeated('lazy lines after a quote', 'a\n', { before: '> '.repeat(30) }),
  repeated('lazy lines after a list', 'a\n', { before: '- '.repeat(30) }),
  repeated('quotes of one line', '> a\n\n'),
  repeated('items', '- a\n'),
  repeated('loose items', '- a\n\n'),
  repeated('empty items', '-\n'),
  repeated('ordered items', '1. a\n'),
  repeated('blank lines in an item', '\n', { before: '- a\n', after: '  b' }),
  repeated('hashes', '#'),
  repeated('headings', '# a\n'),
  repeated('a heading closed', ' #', { before: '# a' }),
  repeated('dashes', '-'),
  repeated('dashes, spaced', '- '),
  repeated('stars, spaced, and a letter', '* ', { after: 'a' }),
  repeated('underlined', 'a\n=\n'),
  repeated('fences', '```\n'),
  repeated('tabs', '\t'),
  repeated('tabs in a fence', '\t', { before: '```\n' }),
  repeated('a fence that never ends', 'a `` b\n', { before: '```js\n' }),
  repeated('indented code with blank lines', '    a\n\n'),
  repeated('indented blank lines', '     \n', { before: '    a\n' }),
  repeated('spaces', ' '),
  repeated('spaces in a line', ' ', { before: 'a', after: 'b' }),
  repeated('spaces at the end of lines', 'a     \n'),
  repeated('a word', 'a'),
  repeated('a word in Chinese', '中'),
  repeated('emoji', '👩‍👩‍👧'),
  repeated('words', 'word '),
  repeated('lines', 'a line\n'),
  repeated('hard breaks', 'a  \n'),
  repeated('backslashes', '\\'),
  repeated('blank lines', '\n'),
  repeated('carriage returns', '\r'),
  repeated('NUL', '\0'),

  // Tables
  repeated('pipes', '|'),
  repeated('pipes, spaced', '| '),
  repeated('cells in one row', 'a|', { before: '|a|b|\n|-|-|\n|' }),
  repeated('rows', '| a | b |\n', { before: '| a | b |\n|---|---|\n' }),
  {
    name: 'columns',
    make: length => {
      const columns = Math.ceil(length / 6);
      return `|${'a|'.repeat(columns)}\n|${'-|'.repeat(columns)}\n|${'b|'.repeat(columns)}\n`;
    },
  },
  {
    name: 'columns and rows',
    make: length => {
      const side = Math.ceil(Math.sqrt(length / 2));
      return `|${'a|'.repeat(side)}\n|${'-|'.repeat(side)}\n${`|${'b|'.repeat(side)}\n`.repeat(Math.max(0, side - 2))}`;
    },
  },
  // Each empty row would be filled up to the width of the first.
  {
    name: 'short rows under a wide header',
    make: length => {
      const columns = Math.ceil(length / 8);
      return `|${'a|'.repeat(columns)}\n|${'-|'.repeat(columns)}\n${'|b\n'.repeat(length / 8)}`;
    },
  },
  repeated('header rows', '| a | b |\n|---|\n'),
  repeated('delimiter rows', '|-|-|\n'),
  repeated('emphasis opened in cells', '| *a | `b |\n', { before: '| a | b |\n|---|---|\n' }),
];
