/**
 * What a streamed answer costs: `node --import tsx test/bench/markdown/stream.ts`, with `--tokens=1000,4000,16000,64000`,
 * `--rate=2000` (tokens a second), `--limit=60` (seconds that one answer may take) or `--only=rivulet` to choose.
 *
 * Answers of so many tokens of four characters are streamed into a transcript that follows them, in a real browser, by
 * each contestant in turn. Times are of the main thread's own clock, so that neither waiting nor other programs count.
 * The nodes that are touched are counted in a second pass, as that takes time. Who does not come to the end in time is
 * stopped, and said to be: its figures are those of the tokens that it showed.
 * Compare within one run only: machines differ.
 */

import { setTimeout as pause } from 'node:timers/promises';
import type { CDPSession, Page } from 'playwright-core';
import { longAnswer } from '../../support/markdown/corpora.ts';
import { openPage } from './browser.ts';
import { installPeers, packagesFrom } from './peers.ts';
import { setting } from './settings.ts';
import type * as streamPage from './stream-page.ts';

declare const bench: typeof streamPage;

const tokensPerSecond = Number(setting('rate', '2000'));
const limitMs = 1000 * Number(setting('limit', '60'));
/** Other chats take a while before they are ready. */
const openMs = 500;
/** A page that does not look at its clock is given up after so long. */
const stuckMs = 3 * limitMs + 10_000;
const sizes = setting('tokens', '1000,4000,16000,64000').split(',').map(Number);
const only = new RegExp(setting('only', ''));

type Row = Record<string, string | number>;

const peers = installPeers();
if (!peers)
  console.error('The packages of other chats could not be installed: streamdown and deep-chat are missing.');
const names = (await inPage(page => page.evaluate(() => bench.names()))).filter(name => only.test(name));
const rows: Row[] = [];
for (const tokens of sizes)
  for (const name of names) {
    // A new browser each time: what one leaves behind is not the next one's.
    const row = await inPage((page, devtools) => measure(page, devtools, name, tokens));
    rows.push({ tokens, name, ...row, ...(await inPage(page => touched(page, name, tokens))) });
    console.log(JSON.stringify(rows.at(-1)));
  }
console.table(rows);

async function measure(page: Page, devtools: CDPSession, name: string, tokens: number): Promise<Row> {
  await open(page, name);
  await devtools.send('HeapProfiler.collectGarbage');
  const before = await counters(devtools);
  const run = await stream(page, tokens, false);
  if (!run) return { ended: `stuck: stopped after ${stuckMs / 1000} s` };
  const after = await counters(devtools);
  const spent = (counter: string) => (after.get(counter) ?? 0) - (before.get(counter) ?? 0);
  await devtools.send('HeapProfiler.collectGarbage');
  const kept = await counters(devtools);
  const grown = (counter: string) => (kept.get(counter) ?? 0) - (before.get(counter) ?? 0);
  const ms = (seconds: number) => (1000 * seconds).toFixed(0);
  return {
    ended: run.tokens < tokens ? `stopped after ${limitMs / 1000} s, at ${run.tokens}` : 'yes',
    'µs/token': ((1e6 * spent('TaskDuration')) / run.tokens).toFixed(0),
    'main thread ms': ms(spent('TaskDuration')),
    'script ms': ms(spent('ScriptDuration')),
    'style ms': ms(spent('RecalcStyleDuration')),
    'layout ms': ms(spent('LayoutDuration')),
    'longest task ms': run.longestTask.toFixed(0),
    'settled ms': run.settledMs.toFixed(0),
    'heap kB': (grown('JSHeapUsedSize') / 1000).toFixed(0),
    nodes: grown('Nodes'),
    'characters shown': run.shown,
  };
}

async function touched(page: Page, name: string, tokens: number): Promise<Row> {
  await open(page, name);
  const run = await stream(page, tokens, true);
  return { 'nodes touched/token': run ? (run.touched / run.tokens).toFixed(1) : 'stuck' };
}

async function open(page: Page, name: string): Promise<void> {
  await page.evaluate(name => bench.open(name), name);
  await page.waitForTimeout(openMs);
}

async function stream(page: Page, tokens: number, counts: boolean) {
  const pace: streamPage.Pace = { tokensPerSecond, limitMs, counts };
  const text = longAnswer(4 * tokens);
  const done = new AbortController();
  const run = page.evaluate(([a, b]) => bench.stream(a, b), [text, pace] as const);
  // Given up, it ends with its browser, and nobody listens any more.
  run.catch(() => {}).finally(() => done.abort());
  return Promise.race([run, pause(stuckMs, undefined, { signal: done.signal }).catch(() => run)]);
}

async function inPage<T>(use: (page: Page, devtools: CDPSession) => Promise<T>): Promise<T> {
  const entry = new URL(peers ? './peers-stream.mjs' : './stream-page.ts', import.meta.url);
  const { page, close } = await openPage(entry, peers ? [packagesFrom(peers)] : []);
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
