/**
 * What the last block costs when it is giant: `node --import tsx test/bench/markdown/giant.ts`.
 *
 * Each grows by 64 characters a frame, with the transcript pinned to its end. The cost of a frame is printed for the
 * first and the last quarter: if it does not depend on what is already shown, the two are about the same.
 */

import { openPage } from './browser.ts';
import type * as giantPage from './giant-page.ts';

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

const rows: Array<Record<string, string>> = [];
for (const name of ['rivulet', 'streaming-markdown']) {
  for (const [giant, text] of Object.entries(giants)) {
    const { page, close } = await openPage(new URL('./giant-page.ts', import.meta.url));
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
    await page.evaluate(a => bench.begin(a), name);
    const quarter = Math.ceil(text.length / 4);
    const costs: Array<{ layout: number; all: number }> = [];
    for (let start = 0; start < text.length; start += quarter) {
      const before = await counters();
      const frames = await page.evaluate(([a, b]) => bench.grow(a, b), [
        text.slice(start, start + quarter),
        perFrame,
      ] as const);
      const after = await counters();
      const perFrameMs = (counter: string) =>
        (1000 * ((after.get(counter) ?? 0) - (before.get(counter) ?? 0))) / frames;
      costs.push({
        layout: perFrameMs('LayoutDuration') + perFrameMs('RecalcStyleDuration'),
        all: perFrameMs('TaskDuration'),
      });
    }
    const [first, last] = [costs[0], costs.at(-1)];
    rows.push({
      name,
      giant,
      'layout ms a frame, first quarter': (first?.layout ?? 0).toFixed(2),
      'last quarter': (last?.layout ?? 0).toFixed(2),
      'all ms a frame, first quarter': (first?.all ?? 0).toFixed(2),
      'all, last quarter': (last?.all ?? 0).toFixed(2),
    });
    await close();

    async function counters(): Promise<Map<string, number>> {
      const { metrics } = await devtools.send('Performance.getMetrics');
      return new Map(metrics.map(metric => [metric.name, metric.value]));
    }
  }
}
console.table(rows);
