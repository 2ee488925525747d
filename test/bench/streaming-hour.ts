/**
 * Whether a page that streams for an hour has its memory back: `node --import tsx test/bench/streaming-hour.ts`, with
 * `--tokens=360000` (an hour at 100 a second), `--answers=180` and `--only=new` to choose.
 *
 * The built widget is asked for that many answers, as fast as they are taken: all in one conversation, which shows its
 * text and so may grow, and each in a new one, where nothing may but what is stored: until it is left, a page has that in
 * memory too, for the day when the storage fails. At the end the page begins a new chat, and then takes the widget out.
 * What is counted is what a collection of garbage leaves.
 */

import type { CDPSession, Page } from 'playwright-core';
import type { RivuletChat } from '../../widget/index.ts';
import { buildIfStale } from '../support/clone.mjs';
import { launch } from './markdown/browser.ts';
import { setting } from './markdown/settings.ts';
import { openWidget, widgetFiles } from './markdown/widget.ts';
import { startWire, tokenLength } from './markdown/wire.ts';

const tokens = Number(setting('tokens', '360000'));
const answers = Number(setting('answers', '180'));
const only = new RegExp(setting('only', ''));
const TENTHS = 10;
const WARM_UP = 10;
/** Until colours, figures and what is told to screen readers have come to their end. */
const LATE_MS = 5000;
/** Two bytes a character, and half as much again for what is stored beside it. */
const STORED_KB = (1.5 * 2 * tokens * tokenLength) / 1000;
/** What a page may have more than before: what is stored, caches of the browser, and a few nodes and listeners. */
const MORE = { heapKB: STORED_KB + 1500, nodes: 150, listeners: 40 };

type Kept = Record<keyof typeof MORE, number>;

buildIfStale();
const wire = await startWire(widgetFiles(`${Math.round(tokens / answers)}:0`));
try {
  for (const name of ['one conversation', 'new conversations'].filter(name => only.test(name)))
    await measure(name, name === 'new conversations');
} finally {
  wire.close();
}

async function measure(name: string, isNew: boolean): Promise<void> {
  console.log(`\n${name}: ${tokens} tokens in ${answers} answers`);
  console.log(['', 'heap kB', 'nodes', 'listeners', 's'].map(cell => cell.padStart(12)).join(''));
  const browser = await launch();
  try {
    const page = await browser.newPage({ viewport: { width: 420, height: 720 } });
    page.on('pageerror', error => fault(String(error)));
    await openWidget(page, wire.origin);
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Performance.enable');
    const began = performance.now();
    const row = async (what: string): Promise<Kept> => {
      await page.waitForTimeout(LATE_MS);
      const now = await kept(devtools);
      const cells = [what, ...Object.values(now), (performance.now() - began) / 1000];
      console.log(
        cells.map(cell => (typeof cell === 'number' ? cell.toFixed() : cell).padStart(12)).join(''),
      );
      return now;
    };
    // By then all is loaded and compiled that an answer needs.
    await ask(page, WARM_UP, true);
    await chat(page, chat => chat.newChat());
    const before = await row('before');
    for (let tenth = 1; tenth <= TENTHS; tenth += 1) {
      await ask(page, Math.round(answers / TENTHS), isNew);
      await row(`${tenth}/${TENTHS}`);
    }
    await chat(page, chat => chat.newChat());
    check('what a new chat leaves', before, await row('new chat'));
    await chat(page, chat => chat.remove());
    check('what a chat leaves that is taken out', before, await row('removed'));
  } finally {
    await browser.close();
  }
}

function chat<Result>(page: Page, act: (chat: RivuletChat) => Result) {
  return page.locator('rivulet-chat').evaluate(act as (element: Node) => Result);
}

/** One answer after the other, each to its end. */
async function ask(page: Page, times: number, isNew: boolean): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    if (isNew) await chat(page, chat => chat.newChat());
    await chat(page, chat => chat.send('How is that done, and why?'));
    await page.waitForFunction(() => document.querySelector('rivulet-chat')!.busy === false, undefined, {
      polling: 50,
      timeout: 600_000,
    });
  }
}

/** What is left when all is thrown away that nobody has hold of. */
async function kept(devtools: CDPSession): Promise<Kept> {
  // What one collection lets go of, the next one frees.
  for (let round = 0; round < 3; round += 1) await devtools.send('HeapProfiler.collectGarbage');
  const { metrics } = await devtools.send('Performance.getMetrics');
  const value = (name: string) => metrics.find(metric => metric.name === name)!.value;
  return {
    heapKB: value('JSHeapUsedSize') / 1000,
    nodes: value('Nodes'),
    listeners: value('JSEventListeners'),
  };
}

function check(what: string, before: Kept, after: Kept): void {
  const more = (Object.keys(MORE) as Array<keyof Kept>).filter(key => after[key] > before[key] + MORE[key]);
  if (more.length === 0) console.log(`yes  ${what}: no more than is stored`);
  else fault(`${what}: ${more.map(key => `${(after[key] - before[key]).toFixed()} ${key}`).join(', ')}`);
}

function fault(what: string): void {
  console.log(`NO   ${what}`);
  process.exitCode = 1;
}
