/** However an answer is cut, the same tree comes out, and an answer that stops anywhere is that text, whole. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MarkdownParser } from '../../widget/markdown/parser.ts';
import { answers, gfmCases, ownCases, specExamples } from '../support/markdown/corpora.ts';
import { generateAnswer, generateSoup } from '../support/markdown/generate.ts';
import { feed, outline, parse, pieces } from '../support/markdown/parse.ts';
import { randomCuts, seededRandom } from '../support/random.ts';

interface Sample {
  readonly name: string;
  readonly text: string;
}

const examples: Sample[] = [
  ...specExamples.map(({ number, markdown }) => ({ name: `example ${number}`, text: markdown })),
  ...[...gfmCases, ...ownCases].map(({ promise, markdown }) => ({ name: promise, text: markdown })),
];

const generated = (count: number, make: (seed: number) => string): Sample[] =>
  Array.from({ length: count }, (_, seed) => ({ name: `seed ${seed}`, text: make(seed) }));

const corpora: Array<[name: string, samples: readonly Sample[], stopsEvery: number]> = [
  ['examples of the specifications', examples, 1],
  ['realistic answers', answers.map(({ name, text }) => ({ name, text })), 37],
  ['generated answers', generated(80, seed => generateAnswer(seed)), 131],
  ['soup', generated(150, seed => generateSoup(seed)), 1],
  [
    'halves of surrogates',
    ['\ud83d', 'a\ude00b', '*\ud83d*\ude00', '`\ud83d', '[\ud83d](\ude00)'].map(named),
    1,
  ],
  ['dollars', ['a$$b$$', '$$$$$a$$', '$$$a$$b$$', '$a$$b$', 'a$b$ $$c$', '\\$$a$$$'].map(named), 1],
  ['carriage returns', generated(30, seed => generateAnswer(seed).replaceAll('\n', '\r\n')), 97],
];

function named(text: string): Sample {
  return { name: JSON.stringify(text), text };
}

/** Says which cut makes a difference, and shows only that. */
function expectSame(name: string, text: string, cuts: Array<Iterable<string>>): void {
  const whole = outline(parse(text));
  for (const [index, cut] of cuts.entries()) {
    const parts = outline(feed(cut).root);
    if (parts !== whole) assert.equal(parts, whole, `${name}, cut ${index}:\n${JSON.stringify(text)}`);
  }
}

for (const [name, samples, stopsEvery] of corpora) {
  test(`${name}: cut anywhere, the same tree`, () => {
    for (const [index, { name: sample, text }] of samples.entries()) {
      const random = [1, 2, 3].map(seed => randomCuts(text, seededRandom(index * 8 + seed)));
      expectSame(sample, text, [pieces(text, 1), pieces(text, 2), pieces(text, 64), ...random]);
    }
  });

  test(`${name}: stopped anywhere, the tree of what has arrived`, () => {
    for (const [index, { name: sample, text }] of samples.entries()) {
      const random = seededRandom(index);
      // Long texts are stopped at some of their characters, others at each.
      const step = () => (stopsEvery === 1 ? 1 : 1 + Math.floor(random() * 2 * stopsEvery));
      for (let end = 0; end <= text.length; end += step()) {
        const arrived = text.slice(0, end);
        expectSame(`${sample}, stopped after ${end}`, arrived, [
          pieces(arrived, 1),
          pieces(arrived, 2 + (end % 6)),
        ]);
      }
    }
  });
}

test('half a character is never shown', () => {
  const text = answers.find(({ name }) => name === 'emoji-party')?.text.slice(0, 600) ?? '';
  const parser = new MarkdownParser();
  let sawEmoji = false;
  for (const unit of pieces(text, 1)) {
    parser.feed(unit);
    const shown = outline(parser.root);
    assert.ok(!/\\ud[89a-f]/i.test(shown), shown);
    sawEmoji ||= /\p{Extended_Pictographic}/u.test(shown);
  }
  assert.ok(sawEmoji);
});

test('line breaks of every kind make the same tree', () => {
  for (const { name, text } of [...examples, ...answers]) {
    if (text.includes('\r')) continue;
    for (const lineBreak of ['\r\n', '\r']) {
      const tree = outline(parse(text.replaceAll('\n', lineBreak)));
      if (tree !== outline(parse(text)))
        assert.equal(tree, outline(parse(text)), `${name} with ${JSON.stringify(lineBreak)}`);
    }
  }
});

test('nothing can be fed wrongly: empty pieces, and nothing at all', () => {
  assert.equal(outline(feed([]).root), outline(parse('')));
  assert.equal(outline(feed(['', 'a', '', '\n', '', 'b', '']).root), outline(parse('a\nb')));
});
