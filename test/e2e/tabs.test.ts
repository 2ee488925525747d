/** What tabs share, with real pages of one browser: closed, crashed, frozen, busy, put away, many at once. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import { root } from '../support/clone.mjs';
import { eventually } from '../support/eventually.ts';
import type { LogTab } from '../support/log-tab.ts';
import { launchPlainBrowser, type PlainPage } from '../support/plain-browser.ts';
import { seededRandom } from '../support/random.ts';
import { type Site, startSite } from '../support/site.ts';
import { chromiumFlags, ensureBrowser } from '../support/system.mjs';

declare const tab: LogTab;

let browser: Browser;
let site: Site;
let context: BrowserContext;

before(async () => {
  browser = await chromium.launch({
    executablePath: ensureBrowser(),
    // Each page in a process of its own, also where memory is short: one is crashed.
    args: [...chromiumFlags, '--renderer-process-limit=100'],
  });
  const code = await bundle('test/support/log-tab.ts');
  site = await startSite({
    '/': `<!doctype html><title>Tab</title><script>${code}; var tab = new tabs.LogTab('log');</script>`,
    '/elsewhere': '<!doctype html><title>Elsewhere</title>',
  });
});

after(async () => {
  await browser.close();
  site.close();
});

async function bundle(entry: string): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    root,
    build: { write: false, lib: { entry, formats: ['iife'], name: 'tabs' } },
  });
  const [output] = [built].flat();
  assert.ok(output && 'output' in output);
  return output.output[0].code;
}

async function openTabs(count: number): Promise<Page[]> {
  context = await browser.newContext();
  const pages: Page[] = [];
  while (pages.length < count) pages.push(await openTab());
  return pages;
}

/** One that has joined. */
async function openTab(): Promise<Page> {
  const page = await context.newPage();
  await page.goto(site.origin);
  await page.waitForFunction(() => tab.calls.length > 0);
  return page;
}

const logs = (pages: Page[]) => Promise.all(pages.map(page => page.evaluate(() => tab.log)));
const numbers = (page: Page) => page.evaluate(() => tab.numbers());
const counted = (count: number) => Array.from({ length: count }, (_, number) => number);

/** The log of all, when it is one. */
async function agreed(pages: Page[], passes: (log: string[]) => boolean = () => true): Promise<string[]> {
  const isOne = (seen: string[][]) =>
    seen.every(log => log.join() === seen[0]?.join()) && passes(seen[0] ?? []);
  const [first = [], ...others] = await eventually(() => logs(pages), isOne);
  for (const log of others) assert.deepEqual(log, first);
  assert.ok(passes(first), first.join());
  return first;
}

async function ownerOf(pages: Page[]): Promise<Page> {
  const owns = () => Promise.all(pages.map(page => page.evaluate(() => tab.shared.isOwner)));
  const seen = await eventually(owns, owners => owners.filter(Boolean).length === 1);
  assert.equal(seen.filter(Boolean).length, 1, 'one owns');
  return pages[seen.indexOf(true)]!;
}

async function hasNumbers(page: Page, count: number): Promise<void> {
  await page.waitForFunction(least => tab.numbers().length >= least, count);
}

/** Those that are left go on where the last owner was: no number is lost or double. */
async function goOn(pages: Page[]): Promise<Page> {
  const owner = await ownerOf(pages);
  const { length } = await numbers(owner);
  await owner.evaluate(() => tab.stream());
  await hasNumbers(owner, length + 100);
  await owner.evaluate(() => tab.endStream());
  await agreed(pages);
  const all = await numbers(owner);
  assert.deepEqual(all, counted(all.length));
  return owner;
}

test('five tabs that come in the middle of a fast stream, and ask at the same moment, have one log', async () => {
  const pages = await openTabs(1);
  await pages[0]!.evaluate(() => tab.stream());
  pages.push(...(await Promise.all(counted(4).map(openTab))));
  const askAll = (page: Page, index: number) =>
    page.evaluate(own => {
      for (let count = 0; count < 20; count += 1) tab.shared.ask(`${own}-${count}`);
    }, index);
  await Promise.all(pages.map(askAll));
  await pages[0]!.evaluate(() => tab.endStream());
  const asked = (log: string[]) => log.filter(entry => entry.includes('-'));
  const log = await agreed(pages, entries => asked(entries).length === 100);
  for (const index of counted(5))
    assert.deepEqual(
      asked(log).filter(entry => entry.startsWith(`${index}-`)),
      counted(20).map(count => `${index}-${count}`),
    );
  const streamed = await numbers(pages[4]!);
  assert.deepEqual(streamed, counted(streamed.length));
  await context.close();
});

for (const way of ['closed', 'crashed'] as const) {
  test(`when the owner is ${way} in the middle of telling, one other leads and goes on where it was`, async () => {
    const pages = await openTabs(4);
    const [owner, ...others] = pages as [Page, ...Page[]];
    await owner.evaluate(() => tab.stream());
    await hasNumbers(others[2]!, 100);
    if (way === 'closed') await owner.close();
    else {
      const session = await context.newCDPSession(owner);
      session.send('Page.crash').catch(() => {});
    }
    const next = await goOn(others);
    const leads = await Promise.all(others.map(page => page.evaluate(() => tab.calls.includes('lead'))));
    assert.deepEqual(leads.filter(Boolean), [true]);
    const other = others.find(page => page !== next)!;
    await other.evaluate(() => tab.shared.ask('still asked'));
    await agreed(others, log => log.at(-1) === 'still asked');
    await context.close();
  });
}

test('a tab that was busy when the owner went has heard all before it leads', async () => {
  const pages = await openTabs(2);
  const [owner, busy] = pages as [Page, Page];
  const wakes = busy.evaluate(() => {
    const end = performance.now() + 1500;
    while (performance.now() < end);
  });
  await owner.evaluate(() => {
    for (let count = 0; count < 3000; count += 1) tab.add(`e${count}`);
    tab.shared.close();
  });
  await wakes;
  await busy.waitForFunction(() => tab.shared.isOwner);
  assert.deepEqual(await numbers(busy), counted(3000));
  assert.deepEqual(await busy.evaluate(() => tab.calls), ['adopt', 'apply', 'lead']);
  await context.close();
});

test('an owner that does not answer is not waited for; when it wakes, nobody hears what it tells', async () => {
  const pages = await openTabs(3);
  const [owner, asking] = pages as [Page, Page, Page];
  await owner.evaluate(() => tab.add('before'));
  await agreed(pages, log => log.length === 1);
  const asleep = owner.evaluate(() => {
    const end = performance.now() + 6000;
    while (performance.now() < end);
    // It does not know yet that it has lost its lock.
    const believes = tab.shared.isOwner;
    tab.add('stale');
    tab.shared.ask('asked by the sleeper');
    return believes;
  });
  // In the queue of the sleeper: it must not do it when it wakes.
  await asking.evaluate(() => tab.shared.ask('asked meanwhile'));
  await asking.waitForFunction(() => tab.log.length === 2);
  assert.equal(await asking.evaluate(() => tab.shared.isOwner), true);
  assert.equal(await asleep, true);
  const log = await agreed(pages, entries => entries.length === 3);
  assert.deepEqual(log, ['before', 'asked meanwhile', 'asked by the sleeper']);
  assert.deepEqual(await owner.evaluate(() => tab.calls), ['lead', 'yield', 'adopt', 'apply']);
  assert.deepEqual(await owner.evaluate(() => tab.performed), []);
  assert.equal(await ownerOf(pages), asking);
  await context.close();
});

test('an owner that sleeps is not waited for by a tab that comes, and that has what the others know', async () => {
  const pages = await openTabs(2);
  const [owner] = pages as [Page, Page];
  await owner.evaluate(() => tab.add('before'));
  await agreed(pages, log => log.length === 1);
  const asleep = owner.evaluate(() => {
    const end = performance.now() + 6000;
    while (performance.now() < end);
  });
  const late = await openTab();
  await late.evaluate(() => tab.shared.ask('after'));
  await asleep;
  assert.deepEqual(await agreed([...pages, late], log => log.length === 2), ['before', 'after']);
  await context.close();
});

async function sees(page: PlainPage, expression: string): Promise<void> {
  const seen = await eventually(() => page.evaluate(`'tab' in window && ${expression}`), Boolean);
  assert.ok(seen, `${expression}, but: ${await page.evaluate('JSON.stringify(window.tab)')}`);
}

for (const way of ['frozen', 'put away for another page'] as const) {
  test(`an owner that is ${way} leaves in good order, and follows when it is back`, async () => {
    const plain = await launchPlainBrowser();
    try {
      const owner = await plain.open(site.origin);
      await sees(owner, 'tab.shared.isOwner');
      await owner.evaluate(`for (let count = 0; count < 100; count += 1) tab.add('e' + count)`);
      // It covers the first, as only what is hidden can be frozen.
      const other = await plain.open(site.origin);
      await sees(other, 'tab.numbers().length === 100');

      if (way === 'frozen') await owner.send('Page.setWebLifecycleState', { state: 'frozen' });
      else await owner.evaluate(`location.href = '/elsewhere'`);
      await sees(other, 'tab.shared.isOwner');
      await other.evaluate(`for (let count = 100; count < 200; count += 1) tab.add('e' + count)`);
      if (way === 'frozen') await owner.send('Page.setWebLifecycleState', { state: 'active' });
      else await owner.evaluate('history.back()');

      await sees(owner, 'tab.numbers().length === 200');
      await owner.evaluate(`tab.shared.ask('back')`);
      await sees(other, `tab.log.at(-1) === 'back'`);
      // The same page, and not a new one.
      assert.deepEqual(await owner.evaluate('tab.calls'), ['lead', 'yield', 'adopt', 'apply']);
      assert.deepEqual(await owner.evaluate('tab.log'), await other.evaluate('tab.log'));
      assert.deepEqual(await other.evaluate('tab.numbers()'), counted(200));
    } finally {
      await plain.close();
    }
  });
}

test('pages that come, go, sleep, ask and tell at random end with one log, and all that they asked for is done once', async () => {
  const random = seededRandom(7);
  const below = (count: number) => Math.floor(random() * count);
  const pages = await openTabs(3);
  const asked = new Map<Page, string[]>(pages.map(page => [page, []]));
  let count = 0;
  const ask = (page: Page) => {
    const command = `asked ${count++}`;
    asked.get(page)?.push(command);
    return page.evaluate(word => tab.shared.ask(word), command);
  };
  const run: Array<Promise<unknown>> = [];
  const end = performance.now() + 8000;
  while (performance.now() < end) {
    const chance = random();
    const page = pages[below(pages.length)]!;
    if (pages.length < 2 || (chance < 0.03 && pages.length < 5)) {
      const opened = await openTab();
      pages.push(opened);
      asked.set(opened, []);
    } else if (chance < 0.05) {
      pages.splice(pages.indexOf(page), 1);
      run.push(page.close());
    } else if (chance < 0.06) {
      run.push(
        page
          .evaluate(() => {
            const wake = performance.now() + 4000;
            while (performance.now() < wake);
          })
          .catch(() => {}),
      );
    } else if (chance < 0.4) {
      run.push(page.evaluate(word => tab.shared.isOwner && tab.add(word), `told ${count++}`).catch(() => {}));
    } else run.push(ask(page).catch(() => {}));
    await pause(20 * random());
  }
  await Promise.all(run);
  await Promise.all(pages.map(ask));
  const isDone = (log: string[]) => pages.every(page => log.includes(asked.get(page)?.at(-1) ?? ''));
  const log = await agreed(pages, isDone);
  assert.equal(new Set(log).size, log.length, 'nothing is double');
  for (const page of pages) {
    const own = asked.get(page) ?? [];
    assert.deepEqual(
      log.filter(entry => own.includes(entry)),
      own,
    );
  }
  await context.close();
});
