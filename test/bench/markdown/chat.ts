/**
 * What an answer costs in a whole chat, over a real event stream in a real browser: ours as it is built, and others.
 *
 * `node --import tsx test/bench/markdown/chat.ts`, with `--tokens=1000,4000`, `--rate=100` (a second; 0 is as fast as they
 * are taken), `--slow=4` (times that the processor is slowed), `--only=rivulet` and `--repeat=3` to choose.
 *
 * A system's fonts are loaded by whoever first shows a character of theirs, once in a page's life: 90 to 150 ms for Chinese
 * on a processor slowed four times. They are loaded before, for all alike; `--fonts=cold` leaves them to the answer.
 *
 * Each answer is asked for in a new browser. A round asks all contestants, and of several rounds the median is printed,
 * so that what else the machine does comes to all alike. Compare within one run only.
 */

import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { buildIfStale } from '../../support/clone.mjs';
import { longAnswer } from '../../support/markdown/corpora.ts';
import { bundle, launch } from './browser.ts';
import type * as chatPage from './chat-page.ts';
import { type Spent, spentOn } from './main-thread.ts';
import { installPeers, packagesFrom } from './peers.ts';
import { installProbe, type Probe } from './probe.ts';
import { setting } from './settings.ts';
import { openWidget, widgetFiles, widgetPage } from './widget.ts';
import { startWire, tokenLength } from './wire.ts';

declare const bench: typeof chatPage;

interface Contestant {
  name: string;
  /** Makes a page ready, and returns what sends the question. */
  open(page: Page, model: string): Promise<() => Promise<void>>;
}

type Sample = Spent & { visibleFrames: number; visibleMs: number; settledMs: number };

const sizes = setting('tokens', '1000,4000').split(',').map(Number);
const rate = Number(setting('rate', '100'));
const slow = Number(setting('slow', '1'));
const rounds = Number(setting('repeat', '1'));
const only = new RegExp(setting('only', ''));
const fonts = setting('fonts', 'warm');
/** After the end of an answer, for what is done when there is time: the colours of code. */
const lateMs = 1500;

const emptyPage =
  '<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><body></body></html>';

buildIfStale();
const { files, contestants } = await prepare();
const wire = await startWire(files);
const samples = new Map<string, Sample[]>();
for (let round = 0; round < rounds; round += 1)
  for (const tokens of sizes)
    for (const contestant of contestants.filter(({ name }) => only.test(name))) {
      const sample = await measure(contestant, tokens);
      const key = `${tokens} ${contestant.name}`;
      samples.set(key, [...(samples.get(key) ?? []), sample]);
      console.log(JSON.stringify({ key, load: loadavg()[0]?.toFixed(1), ...row(tokens, [sample]) }));
    }
wire.close();
console.table(
  Object.fromEntries([...samples].map(([key, list]) => [key, row(Number.parseInt(key, 10), list)])),
);

async function prepare(): Promise<{ files: Map<string, string | Buffer>; contestants: Contestant[] }> {
  const files = widgetFiles('');
  const contestants: Contestant[] = [{ name: 'rivulet', open: openRivulet }];
  const peers = installPeers();
  const pages = [
    { folder: '/chat', entry: './chat-page.ts', plugins: [] },
    ...(peers ? [{ folder: '/peers', entry: './peers-page.mjs', plugins: [packagesFrom(peers)] }] : []),
  ];
  for (const { folder, entry, plugins } of pages) {
    const scripts = await bundle(fileURLToPath(new URL(entry, import.meta.url)), plugins);
    for (const [name, code] of scripts) files.set(`${folder}/${name}`, code);
    files.set(`${folder}/`, emptyPage);
    contestants.push(
      ...(await namesIn(files, folder)).map(name => ({ name, open: openOther(folder, name) })),
    );
  }
  return { files, contestants };
}

async function namesIn(files: Map<string, string | Buffer>, folder: string): Promise<string[]> {
  const wire = await startWire(files);
  const browser = await launch();
  try {
    const page = await browser.newPage();
    await page.goto(`${wire.origin}${folder}/`);
    await page.evaluate("import('./entry.js').then(module => void (globalThis.bench = module))");
    return await page.evaluate(() => bench.names());
  } finally {
    await browser.close();
    wire.close();
  }
}

function openOther(folder: string, name: string): Contestant['open'] {
  return async (page, model) => {
    await page.goto(`${wire.origin}${folder}/`);
    await page.evaluate("import('./entry.js').then(module => void (globalThis.bench = module))");
    const send = await page.evaluateHandle(([a, b]) => bench.open(a, b), [name, model] as const);
    return () => send.evaluate(send => send());
  };
}

async function openRivulet(page: Page, model: string): Promise<() => Promise<void>> {
  files.set('/rivulet/', widgetPage(model));
  const composer = await openWidget(page, wire.origin);
  await page.evaluate(() => {
    const inside = (selector: string) =>
      document
        .querySelector('rivulet-chat')
        ?.shadowRoot?.querySelector('rivulet-transcript')
        ?.shadowRoot?.querySelector(selector);
    globalThis.shown = () => inside('.text')?.textContent ?? '';
    globalThis.isDone = () => inside('article[aria-busy=false]') !== null;
  });
  return () => composer.press('Enter');
}

/** Shows each character of a text for a moment, in the faces of an answer. Given to the page as text. */
async function showOnce(text: string): Promise<void> {
  const characters = new Set(Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment));
  const lines = document.createElement('div');
  lines.style.cssText =
    'position: fixed; inset: 0; font: 15px system-ui, sans-serif; overflow-wrap: anywhere';
  for (const face of ['', 'font-weight: bold', 'font-style: italic', 'font-family: ui-monospace, monospace'])
    lines.appendChild(document.createElement('div')).style.cssText = face;
  for (const line of lines.children) line.textContent = [...characters].join('');
  document.body.append(lines);
  for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
  lines.remove();
}

async function measure({ open }: Contestant, tokens: number): Promise<Sample> {
  const browser = await launch();
  try {
    const page = await browser.newPage({ viewport: { width: 420, height: 720 } });
    page.on('pageerror', error => console.error(error));
    // tsx lets functions keep their names by a function of its own, which a page has not.
    await page.addInitScript('globalThis.__name = value => value');
    await page.addInitScript(installProbe);
    const send = await open(page, `${tokens}:${rate}`);
    if (fonts === 'warm') await page.evaluate(showOnce, longAnswer(tokens * tokenLength));
    await page.waitForTimeout(500);
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: slow });
    const spent = await spentOn(page, async () => {
      await send();
      await page.waitForFunction(() => globalThis.probe.settled > 0, undefined, {
        polling: 200,
        timeout: 600_000,
      });
      await page.waitForTimeout(lateMs);
    });
    const { settled, frames, visibleMs } = await page.evaluate((): Probe => globalThis.probe);
    return { ...spent, visibleFrames: frames, visibleMs, settledMs: settled - wire.lastSent };
  } finally {
    await browser.close();
  }
}

function row(tokens: number, list: Sample[]): Record<string, string> {
  const of = (key: keyof Sample, digits = 0, per = 1) => {
    const sorted = list.map(sample => sample[key] / per).sort((a, b) => a - b);
    return sorted[Math.floor((sorted.length - 1) / 2)]!.toFixed(digits);
  };
  return {
    'main thread ms': of('allMs'),
    'µs/token': of('allMs', 0, tokens / 1000),
    'script ms': of('scriptMs'),
    'style ms': of('styleMs'),
    'layout ms': of('layoutMs'),
    layouts: of('layouts'),
    'longest task ms': of('longestMs'),
    'of its own': of('longestOwnMs'),
    'visible after frames': of('visibleFrames'),
    'after ms': of('visibleMs'),
    'settled ms': of('settledMs'),
    'heap kB': of('heapKB'),
    nodes: of('nodes'),
  };
}
