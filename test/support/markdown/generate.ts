/** Makes Markdown documents from a seed: answers as models write them, and soup that no one writes. */

import { seededRandom } from '../random.ts';
import { AnswerWriter } from './answer-writer.ts';

export interface Dialect {
  /** Tables and strikethrough. */
  tables: boolean;
  tasks: boolean;
  /** Links that are not marked as such. */
  addresses: boolean;
  footnotes: boolean;
  math: boolean;
  html: boolean;
  /** Words in Chinese and Japanese, beside which emphasis begins and ends more freely. */
  cjk: boolean;
}

export const everything: Dialect = {
  tables: true,
  tasks: true,
  addresses: true,
  footnotes: true,
  math: true,
  html: true,
  cjk: true,
};

/** What other parsers read without extensions of their own. */
export const common: Dialect = {
  tables: true,
  tasks: false,
  addresses: false,
  footnotes: false,
  math: false,
  html: false,
  cjk: false,
};

const soupPieces: Record<'common' | keyof Dialect, string> = {
  common:
    '* ** *** _ __ ` `` ``` [ ] ( ) ![ ][ ]( ]: <  > & &amp; &#35; \\ \\* | - + # ## = --- *** 1. 2) ' +
    '[a] [a]: /u "t" \' a b foo bar é “ : ! . ,',
  tables: '~~ | |-|-| |a|b| |:-:|',
  tasks: '[ ] [x]',
  addresses: 'http://x.y www.a.b c@d.e',
  footnotes: '[^1] [^1]:',
  math: '$ $$ \\( \\) \\[ \\]',
  html: '<b> </b> <!-- --> <a',
  cjk: '中文。 文 「',
};

/** A document of some blocks as a model would write them. */
export function generateAnswer(seed: number, dialect: Dialect = everything, blocks = 8): string {
  return new AnswerWriter(seededRandom(seed), dialect).document(blocks);
}

/** A document of pieces of syntax in any order, which no rule expects. */
export function generateSoup(seed: number, dialect: Dialect = everything, length = 40): string {
  const random = seededRandom(seed);
  const kinds = Object.keys(dialect) as Array<keyof Dialect>;
  const chosen = ['common', ...kinds.filter(kind => dialect[kind])] as Array<keyof typeof soupPieces>;
  const pieces = chosen.flatMap(kind => soupPieces[kind].split(' '));
  let text = '';
  for (let i = 0; i < length; i += 1) {
    const chance = random();
    if (chance < 0.12) text += '\n';
    else if (chance < 0.15) text += '\n\n';
    else if (chance < 0.3) text += ' ';
    else if (chance < 0.34) text += '    ';
    else if (chance < 0.36) text += '\t';
    else text += pieces[Math.floor(random() * pieces.length)] ?? '';
  }
  return text;
}
