/** What the parser does besides what it counts itself: V8 counts it, whatever the parser says. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { families } from '../support/markdown/families.ts';
import { Operations } from '../support/markdown/operations.ts';

const operations = new Operations();
await operations.start();
// Only code that is loaded now has counters.
const { feed, pieces } = await import('../support/markdown/parse.ts');

test('what the parser does not count grows no faster than what it counts', async () => {
  const failures: string[] = [];
  for (const { name, make } of families) {
    const [once, twice] = [make(6_000), make(12_000)] as const;
    const [fewer, more] = [[...pieces(once, 64)], [...pieces(twice, 64)]];
    const least = once.length / 64;
    const [before, after] = [
      await operations.count(() => feed(fewer)),
      await operations.count(() => feed(more)),
    ];
    assert.ok(before > least, `${name} is counted`);
    const ratio = after / before;
    if (!(ratio <= 2.5 * (twice.length / once.length / 2))) failures.push(`${name}: ${ratio.toFixed(2)}`);
  }
  await operations.stop();
  assert.deepEqual(failures, []);
});
