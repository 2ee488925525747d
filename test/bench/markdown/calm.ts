/**
 * How calmly answers grow: `node --import tsx test/bench/markdown/calm.ts [--examples]`.
 *
 * Each realistic answer is cut into deltas of 1 to 8 characters and shown in a real browser. A frame is what is on
 * screen after one delta. It is restless if a character that it shows is gone or in another element in the next
 * frame, and raw if it shows a marker of the syntax that the same renderer does not show in the end (see test/support/markdown/shown.ts).
 * It is wrong if that marker is not in the finished answer as the specifications have it, whatever its renderer makes
 * of it in the end: one that never takes anything back is calm, but keeps what it misread. Whoever shows nothing is
 * calm too: behind are the characters that would show if the answer ended there, and do not.
 */

import { answers } from '../../support/markdown/corpora.ts';
import { openPage } from './browser.ts';
import type * as calmPage from './calm-page.ts';

declare const bench: typeof calmPage;

const seeds = [1, 2, 3];

const { page, close } = await openPage(new URL('./calm-page.ts', import.meta.url));
try {
  const table: Record<string, Record<string, string | number>> = {};
  for (const name of await page.evaluate(() => bench.names())) {
    const total = { frames: 0, restless: 0, raw: 0, wrong: 0 };
    const behind: number[] = [];
    for (const { name: answer, text } of answers) {
      for (const seed of seeds) {
        const calm = await page.evaluate(([a, b, c]) => bench.watch(a, b, c), [name, text, seed] as const);
        total.frames += calm.frames;
        total.restless += calm.restless;
        total.raw += calm.raw;
        total.wrong += calm.wrong;
        behind.push(...calm.behind);
        if (process.argv.includes('--examples') && name === 'rivulet')
          for (const example of calm.examples) console.log(`${answer}: ${example}`);
      }
    }
    table[name] = {
      frames: total.frames,
      'restless %': percent(total.restless / total.frames),
      'raw %': percent(total.raw / total.frames),
      'wrong %': percent(total.wrong / total.frames),
      'behind, mean': (behind.reduce((sum, characters) => sum + characters, 0) / behind.length).toFixed(2),
      'behind, most': Math.max(...behind),
    };
  }
  console.table(table);
} finally {
  await close();
}

function percent(share: number): string {
  return (100 * share).toFixed(2);
}
