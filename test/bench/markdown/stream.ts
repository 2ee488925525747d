/**
 * What a streamed answer costs: `node --import tsx test/bench/markdown/stream.ts`, with `--tokens=1000,4000,16000,64000`,
 * `--rate=400` (tokens a second) or `--only=rivulet` to choose.
 *
 * Answers of so many tokens of four characters are streamed into a transcript that follows them, in a real browser, by
 * each contestant in turn. Times are of the main thread's own clock, so that neither waiting nor other programs count.
 * Compare within one run only: machines differ.
 */

import type { CDPSession } from 'playwright-core';
import { longAnswer } from '../../support/markdown/corpora.ts';
import { openPage } from './browser.ts';
import type * as streamPage from './stream-page.ts';

declare const bench: typeof streamPage;

const rate = Number(setting('rate') ?? 400);
const sizes = (setting('tokens') ?? '1000,4000,16000').split(',').map(Number);
const only = setting('only') ?? '';

const names = (await inPage(page => page.evaluate(() => bench.names()))).filter(name => name.includes(only));
const rows: Array<Record<string, string | number>> = [];
for (const tokens of sizes) {
  const text = longAnswer(4 * tokens);
  for (const name of names) {
    // A new browser each time: what one leaves behind is not the next one's.
    rows.push(
      await inPage(async (page, devtools) => {
        await devtools.send('HeapProfiler.collectGarbage');
        const before = await counters(devtools);
        const run = await page.evaluate(([a, b, c]) => bench.stream(a, b, c), [name, text, rate] as const);
        const after = await counters(devtools);
        const spent = (counter: string) => (after.get(counter) ?? 0) - (before.get(counter) ?? 0);
        await devtools.send('HeapProfiler.collectGarbage');
        const kept = await counters(devtools);
        const ms = (seconds: number) => (1000 * seconds).toFixed(0);
        return {
          tokens,
          name,
          'µs/token': ((1e6 * spent('TaskDuration')) / tokens).toFixed(0),
          'main thread ms': ms(spent('TaskDuration')),
          'script ms': ms(spent('ScriptDuration')),
          'style ms': ms(spent('RecalcStyleDuration')),
          'layout ms': ms(spent('LayoutDuration')),
          'longest task ms': run.longestTask.toFixed(0),
          'settled ms': run.settledMs.toFixed(0),
          'heap kB': (
            ((kept.get('JSHeapUsedSize') ?? 0) - (before.get('JSHeapUsedSize') ?? 0)) /
            1000
          ).toFixed(0),
          nodes: (kept.get('Nodes') ?? 0) - (before.get('Nodes') ?? 0),
        };
      }),
    );
    console.log(JSON.stringify(rows.at(-1)));
  }
}
console.table(rows);

function setting(name: string): string | undefined {
  return process.argv.find(argument => argument.startsWith(`--${name}=`))?.split('=')[1];
}

type Page = Awaited<ReturnType<typeof openPage>>['page'];

async function inPage<T>(use: (page: Page, devtools: CDPSession) => Promise<T>): Promise<T> {
  const { page, close } = await openPage(new URL('./stream-page.ts', import.meta.url));
  try {
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
    return await use(page, devtools);
  } finally {
    await close();
  }
}

async function counters(devtools: CDPSession): Promise<Map<string, number>> {
  const { metrics } = await devtools.send('Performance.getMetrics');
  return new Map(metrics.map(({ name, value }) => [name, value]));
}
