/**
 * What the parser does grows with the text and no faster, whatever the text is. The work is counted, not timed: the
 * characters that the parser examines, again or for the first time.
 */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { longAnswer } from '../support/markdown/corpora.ts';
import type { Family } from '../support/markdown/family.ts';
import { families } from '../support/markdown/families.ts';
import { neverClosedFamilies } from '../support/markdown/hostile-inlines.ts';
import { feed, pieces } from '../support/markdown/parse.ts';

const ways: Array<[name: string, cut: (text: string) => Iterable<string>]> = [
  ['in one piece', text => [text]],
  ['in pieces of 64 characters', text => pieces(text, 64)],
];

function examined(text: string, cut: (text: string) => Iterable<string>): number {
  return feed(cut(text)).examined;
}

test('there are at least forty families of hostile texts, and each is as long as asked', () => {
  assert.ok(families.length >= 40);
  assert.equal(new Set(families.map(family => family.name)).size, families.length);
  for (const { name, make } of families) {
    const { length } = make(20_000);
    assert.ok(length >= 14_000 && length <= 40_000, `${name}: ${length}`);
  }
});

for (const [way, cut] of ways) {
  test(`${way}: twice a hostile text is at most two and a half times the work, and never 200 looks a character`, () => {
    const failures: string[] = [];
    for (const { name, make } of families) {
      const [once, twice] = [make(10_000), make(20_000)] as const;
      const [before, after] = [examined(once, cut), examined(twice, cut)];
      const ratio = after / before;
      // Made of whole pieces, the second text may be a little more than twice as long.
      if (!(ratio <= 2.5 * (twice.length / once.length / 2))) failures.push(`${name}: ${ratio.toFixed(2)}`);
      const looks = after / twice.length;
      // Less than one look would mean that the work is not counted.
      if (!(looks >= 0.9 && looks <= 200)) failures.push(`${name}: ${looks.toFixed(1)} looks`);
    }
    assert.deepEqual(failures, []);
  });
}

test('a token costs no more in a paragraph of 200 kB than in one of 20 kB, though what it begins with is never closed', () => {
  const token = 4;
  const cost = ({ make }: Family, length: number) =>
    (examined(make(length), text => pieces(text, token)) * token) / length;
  const failures = neverClosedFamilies
    .map(family => ({ name: family.name, short: cost(family, 20_000), long: cost(family, 200_000) }))
    .filter(({ short, long }) => !(long >= token && long <= 1.1 * short))
    .map(({ name, short, long }) => `${name}: ${short.toFixed(1)}, ${long.toFixed(1)}`);
  assert.deepEqual(failures, []);
});

test('a token costs the same in an answer of 1,000 tokens and of 64,000', () => {
  const token = 4;
  const text = longAnswer(64_000 * token);
  // The same text each time, in answers of so many tokens, so that nothing but their length differs.
  const costs = [1_000, 4_000, 16_000, 64_000].map(tokens => {
    let work = 0;
    for (const answer of pieces(text, tokens * token)) work += feed(pieces(answer, token)).examined;
    return { tokens, cost: work / (text.length / token) };
  });
  const written = costs.map(({ tokens, cost }) => `${tokens}: ${cost.toFixed(2)}`).join(', ');
  const amounts = costs.map(({ cost }) => cost);
  assert.ok(Math.min(...amounts) >= token, written);
  assert.ok(Math.max(...amounts) <= 1.1 * Math.min(...amounts), written);
  console.log(`characters examined per token of ${token}, by tokens: ${written}`);
});
