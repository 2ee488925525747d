/** A giant paragraph is read again only when it has grown by some: what is shown falls behind by little, and never goes. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Inline } from '../../widget/markdown/tree.ts';
import { MarkdownParser } from '../../widget/markdown/parser.ts';
import { outline, parse, pieces } from '../support/markdown/parse.ts';

const sentence = 'A sentence with *emphasis* and `code` that goes on and on, and on. ';
const text = sentence.repeat(1000);

/** By how much of a paragraph may what is shown fall behind: by a hundred-and-twenty-eighth, or an eighth if nothing settles. */
const cases: Array<[what: string, text: string, behind: number]> = [
  ['that settles', text, 1 / 128],
  ['that begins with what is never closed', `**${text.replaceAll('*', '')}`, 1 / 8],
];

for (const [what, source, behind] of cases) {
  test(`of a giant paragraph ${what} nearly all is on screen at any time, and all of it at its end`, () => {
    const parser = new MarkdownParser();
    let fed = 0;
    let shown = 0;
    for (const piece of pieces(source, 64)) {
      parser.feed(piece);
      fed += piece.length;
      const now = lengthOf(parser.root.children[0]);
      // What waits to be understood, as a star at the end, is a few characters.
      assert.ok(now >= shown - 4, `${shown} characters, and then ${now}`);
      shown = now;
      // Marks are not shown: of each sentence four characters.
      const least = fed * (1 - behind) * (1 - 4 / sentence.length) - 2 * 64 - 16;
      assert.ok(shown >= least, `${shown} of ${fed} characters`);
    }
    parser.end();
    assert.equal(outline(parser.root), outline(parse(source)));
  });
}

function lengthOf(node: object | undefined): number {
  if (!node) return 0;
  const {
    value = '',
    text = '',
    children = [],
  } = node as Partial<Record<'value' | 'text', string>> & {
    children?: Inline[];
  };
  return value.length + text.length + children.reduce((sum, child) => sum + lengthOf(child), 0);
}
