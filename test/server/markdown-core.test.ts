/** The core of the syntax reads an answer as all of the syntax does, or asks for the rest. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { coreSyntax } from '../../widget/markdown/syntax.ts';
import { SyntaxParser } from '../../widget/markdown/syntax-parser.ts';
import { answers, gfmCases, ownCases, specExamples } from '../support/markdown/corpora.ts';
import { generateAnswer, generateSoup } from '../support/markdown/generate.ts';
import { outline, parse, pieces } from '../support/markdown/parse.ts';

const count = 300;

const texts = [
  ...specExamples.map(({ markdown }) => markdown),
  ...[...gfmCases, ...ownCases].map(({ markdown }) => markdown),
  ...Array.from({ length: count }, (_, seed) => generateSoup(seed)),
  ...Array.from({ length: count }, (_, seed) => generateAnswer(seed)),
  // Paragraphs of these alone, so that what only more syntax reads does not hide behind what asks for it.
  ...[...answers, ...Array.from({ length: count }, (_, seed) => ({ text: generateAnswer(seed) }))].flatMap(
    ({ text }) => text.split(/\n{2,}/),
  ),
];

function readByCore(cut: Iterable<string>): SyntaxParser {
  const parser = new SyntaxParser(coreSyntax);
  for (const piece of cut) parser.feed(piece);
  parser.end();
  return parser;
}

test('what the core does not ask more syntax for, it reads as all of the syntax does', () => {
  let alone = 0;
  for (const text of texts) {
    const cuts = [[text], [...pieces(text, 1)], [...pieces(text, 7)]];
    for (const parser of cuts.map(readByCore)) {
      if (parser.wantsMore) continue;
      alone += 1;
      assert.equal(outline(parser.root), outline(parse(text)), JSON.stringify(text));
    }
  }
  assert.ok(alone > 1000, `${alone} of ${texts.length * 3} say something of it`);
});

test('common answers ask for nothing more', () => {
  const common = [
    '# Title\n\nSome **bold**, *slanted* and ~~struck~~ text, `code` and a hard  \nbreak.\n\n---\n\n## Next\n',
    'Steps:\n- one\n- two\n  1. inner\n  2. another\n\n     with more\n- three\n',
    '> A quote\n> - with a list\n\n***\n\n```js\nconst a = b[0] | c && d; // <p> www.example.org\n```\n',
    '中文。**强调。**文字 e.g. 3:30, a - b, x = y; 5 > 4!\n',
  ];
  for (const text of common) {
    for (const cut of [[text], pieces(text, 1), pieces(text, 3)]) {
      const parser = readByCore(cut);
      assert.equal(parser.wantsMore, false, text);
      assert.equal(outline(parser.root), outline(parse(text)), text);
    }
  }
});
