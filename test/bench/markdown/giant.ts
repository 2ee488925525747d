/**
 * What the last block costs when it is giant: `node --import tsx test/bench/markdown/giant.ts`, with `--only=list` and
 * `--names=rivulet` to choose.
 *
 * Each grows by 64 characters a frame, in the real transcript, which follows its end. The cost of a frame is printed for
 * each fifth of the block: if it does not depend on what is already shown, they are all about the same.
 */

import { openPage } from './browser.ts';
import type * as giantPage from './giant-page.ts';
import { setting } from './settings.ts';

declare const bench: typeof giantPage;

const perFrame = 64;

const times = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => line(i)).join('');

const giants: Record<string, string> = {
  'code of 2,000 lines': `\`\`\`js\n${times(2000, i => `const value${i} = compute(${i}, 'some text');\n`)}`,
  'table of 500 rows': `| a | b | c |\n|---|---|---|\n${times(500, i => `| row ${i} | *some* text | ${i * 3} and more |\n`)}`,
  'list of 1,000 items': times(1000, i => `- item **${i}** with some text\n`),
  'paragraph of 34 kB': times(
    500,
    i => `A sentence with *emphasis*, number ${i}, that goes on and on for a while. `,
  ),
  'word of 50 kB': 'word'.repeat(12_500),
};

const fifths = 5;
const only = new RegExp(setting('only', ''));

const rows: Array<Record<string, string>> = [];
for (const [giant, text] of Object.entries(giants).filter(([giant]) => only.test(giant)))
  for (const name of setting('names', 'rivulet,streaming-markdown').split(',')) {
    const { page, close } = await openPage(new URL('./giant-page.ts', import.meta.url));
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
    await page.evaluate(a => bench.begin(a), name);
    const length = Math.ceil(text.length / fifths);
    const layout: string[] = [];
    const all: string[] = [];
    for (let start = 0; start < text.length; start += length) {
      const before = await counters();
      const frames = await page.evaluate(([a, b]) => bench.grow(a, b), [
        text.slice(start, start + length),
        perFrame,
      ] as const);
      const after = await counters();
      const perFrameMs = (...names: string[]) =>
        names
          .reduce(
            (sum, name) => sum + (1000 * ((after.get(name) ?? 0) - (before.get(name) ?? 0))) / frames,
            0,
          )
          .toFixed(2);
      layout.push(perFrameMs('LayoutDuration', 'RecalcStyleDuration'));
      all.push(perFrameMs('TaskDuration'));
    }
    rows.push({
      giant,
      name,
      'layout and style, ms a frame': layout.join('  '),
      'all, ms a frame': all.join('  '),
    });
    console.log(Object.values(rows.at(-1)!).join(' | '));
    await close();

    async function counters(): Promise<Map<string, number>> {
      const { metrics } = await devtools.send('Performance.getMetrics');
      return new Map(metrics.map(metric => [metric.name, metric.value]));
    }
  }
console.table(rows);
