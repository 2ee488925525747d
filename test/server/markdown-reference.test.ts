/** On texts that no one wrote by hand, the parser and markdown-it agree, but for what is listed here. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { common, generateAnswer, generateSoup } from '../support/markdown/generate.ts';
import { parse } from '../support/markdown/parse.ts';
import { referenceHtml } from '../support/markdown/reference.ts';
import { toHtml } from '../support/markdown/to-html.ts';

type Difference = readonly [reason: string, applies: (text: string) => boolean];

/** Where the two differ on purpose. A text that one of these says yes to is not compared. */
const differences: readonly Difference[] = [
  // A definition is the beginning of a paragraph, which "3." and an indented line cannot interrupt, as in cmark.
  ['something right after a definition', text => /\]:[^\n]*\n[ \t]*\S/.test(text)],
];

/** What only soup has. */
const soupDifferences: readonly Difference[] = [
  ...differences,
  // The specification has white space at the end of a line as spaces; we drop tabs too, as cmark does.
  ['a tab at the end of a line', text => /\t[ \t]*\n/.test(text)],
  // The lines of a paragraph lose their indentation before anything else is read.
  ['an indented line in a code span', text => /`[^]*\n[ \t]+[^]*`/.test(text)],
  // As on GitHub, a run of three tildes or more strikes nothing, and it does not end what two have begun.
  ['three tildes', text => text.includes('~~~')],
  // As in cmark, one column needs a pipe in its delimiter row too; without one it underlines a heading.
  ['a header with a pipe, underlined', text => /\|[^\n]*\n[ \t]*-+[ \t]*\n/.test(text)],
  // An indented line goes on with the paragraph above, in cmark even if it looks like the start of a block.
  ['an indented line that looks like a block', text => /\n[ \t]*( {4}|\t)[ \t]*[>*_+-]/.test(text)],
  ['math', text => /\\[[(]/.test(text)],
];

function compare(name: string, count: number, make: (seed: number) => string, except = differences): void {
  test(name, () => {
    const differing: string[] = [];
    let compared = 0;
    for (let seed = 0; seed < count; seed += 1) {
      // With a line break at its end: markdown-it leaves it out of code that ends without one.
      const text = `${make(seed)}\n`;
      if (except.some(([, applies]) => applies(text))) continue;
      compared += 1;
      if (toHtml(parse(text)) !== referenceHtml(text)) differing.push(text);
    }
    assert.ok(compared > count * 0.7, `only ${compared} of ${count} were compared`);
    const [shortest] = differing.sort((a, b) => a.length - b.length);
    if (shortest === undefined) return;
    assert.equal(
      toHtml(parse(shortest)),
      referenceHtml(shortest),
      `${differing.length} of ${compared} differ, the shortest is\n${JSON.stringify(shortest)}`,
    );
  });
}

compare('answers are read as markdown-it reads them', 1000, seed => generateAnswer(seed, common));
compare('so is a single block', 2000, seed => generateAnswer(seed, common, 1));
compare('so is soup', 4000, seed => generateSoup(seed, common, 16), soupDifferences);
