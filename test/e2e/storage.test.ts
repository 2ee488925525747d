/** Kept conversations in real tabs: reloads, other pages, a real quota, storage that the browser refuses. */

import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { after, before, test } from 'node:test';
import type { Browser, BrowserContext, Frame, Page } from 'playwright-core';
import { build } from 'vite';
import type { Conversation } from '../../widget/conversation/conversation.ts';
import type {} from '../support/storage-page.ts';
import { launchBrowser, openPage } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { type Site, startSite } from '../support/site.ts';

type Persist = 'local' | 'session' | 'none';

const endpoint = 'https://proxy.example';

let browser: Browser;
let site: Site;

before(async () => {
  const code = await bundle(fileURLToPath(new URL('../support/storage-page.ts', import.meta.url)));
  const html = `<!doctype html><title>Storage</title>
    <script type="module">import * as storage from '/storage.js'; window.storage = storage;</script>`;
  const script = { 'Content-Type': 'text/javascript', 'Access-Control-Allow-Origin': '*' };
  site = await startSite({
    '/': html,
    '/other': html,
    '/refused': '<!doctype html><iframe sandbox="allow-scripts" src="/"></iframe>',
    '/storage.js': { html: code, headers: script },
  });
  browser = await launchBrowser();
});

after(async () => {
  await browser.close();
  site.close();
});

test('a conversation that is saved in the moment of a reload is there after it', async () => {
  for (const persist of ['local', 'session'] as const) {
    const { page } = await openTab();
    await open(page, persist);
    await page.evaluate(({ kept }) => window.store.save(kept), { kept: said('a', 'Before') });
    await page.evaluate(() => window.store.setCurrent('a'));
    const reloaded = page.waitForEvent('load');
    await page.evaluate(
      ({ kept }) => {
        addEventListener('pagehide', () => void window.store.save(kept));
        location.reload();
      },
      { kept: said('a', 'In the last moment') },
    );
    await reloaded;
    await open(page, persist);
    assert.equal(await isMarked(page), true);
    assert.deepEqual(await openings(page), ['In the last moment']);
    assert.deepEqual(await page.evaluate(() => window.store.load()), said('a', 'In the last moment'));
  }
});

test('another page of the site has it, and another tab has what is kept over visits', async () => {
  for (const [persist, inOtherTab] of [
    ['local', ['Why?']],
    ['session', []],
    ['none', []],
  ] as const) {
    const { page, context } = await openTab();
    await open(page, persist);
    await page.evaluate(({ kept }) => window.store.save(kept), { kept: said('a', 'Why?') });
    await page.goto(`${site.origin}/other`);
    await open(page, persist);
    assert.deepEqual(await openings(page), persist === 'none' ? [] : ['Why?']);
    const tab = await newTab(context);
    await open(tab, persist);
    assert.deepEqual(await openings(tab), inOtherTab);
    assert.equal(await isMarked(tab), inOtherTab.length > 0);
  }
});

test('two tabs that save at the same time lose nothing, and a logout in one is one in both', async () => {
  const { page, context } = await openTab();
  const other = await newTab(context);
  await Promise.all([page, other].map(tab => open(tab, 'local', 'ann')));
  const ids = Array.from({ length: 10 }, (_, index) => String(index));
  await Promise.all(
    [page, other].map((tab, at) =>
      tab.evaluate(
        kept => Promise.all(kept.map(one => window.store.save(one))),
        [...ids.map(id => said(`${at}-${id}`, id))],
      ),
    ),
  );
  assert.equal((await openings(page)).length, 20);
  assert.equal((await openings(other)).length, 20);
  await other.evaluate(() => window.store.clear());
  assert.deepEqual(await openings(page), []);
  assert.equal(await isMarked(page, 'ann'), false);
});

test('a full disk: all stays on the page, what was kept before stays kept, and the visitor can be told', async () => {
  const { page, context } = await openTab();
  const session = await context.newCDPSession(page);
  // Before the first write, as Chromium remembers for a while how much room there is.
  await session.send('Storage.overrideQuotaForOrigin', { origin: site.origin, quotaSize: 1_000_000 });
  await open(page, 'local');
  await page.evaluate(({ kept }) => window.store.save(kept), { kept: said('a', 'Before') });
  const long = 'x'.repeat(2_000_000);
  await page.evaluate(({ kept }) => window.store.save(kept), { kept: said('b', long) });
  assert.deepEqual(await page.evaluate(() => [window.store.kept, window.turned]), ['memory', 1]);
  assert.deepEqual((await openings(page)).sort(), ['Before', 'x'.repeat(200)]);
  assert.deepEqual(await page.evaluate(() => window.store.load('b')), said('b', long));
  await page.evaluate(({ kept }) => window.store.save(kept), { kept: said('c', 'After') });
  assert.equal((await openings(page)).length, 3);
  assert.equal(await page.evaluate(() => window.turned), 1);

  await session.send('Storage.overrideQuotaForOrigin', { origin: site.origin });
  await page.reload();
  await open(page, 'local');
  assert.equal(await page.evaluate(() => window.store.kept), 'local');
  assert.deepEqual(await openings(page), ['Before']);
});

test('site data that the visitor clears while the page is open is gone, and the page goes on', async () => {
  const { page, context, problems } = await openTab();
  await open(page, 'local');
  await page.evaluate(({ kept }) => window.store.save(kept), { kept: said('a', 'Before') });
  const session = await context.newCDPSession(page);
  await session.send('Storage.clearDataForOrigin', { origin: site.origin, storageTypes: 'indexeddb' });
  await eventually(
    () => page.evaluate(() => window.store.kept),
    kept => kept === 'memory',
  );
  await page.evaluate(({ kept }) => window.store.save(kept), { kept: said('b', 'After') });
  assert.equal(await page.evaluate(() => window.turned), 1);
  assert.ok((await openings(page)).includes('After'));
  assert.deepEqual(problems, []);
});

test('a frame in which the browser refuses all storage has its conversations in memory', async () => {
  const { page, problems } = await openTab('/refused');
  const frame = page.frames()[1];
  assert.ok(frame);
  for (const persist of ['local', 'session', 'none'] as const) {
    await open(frame, persist);
    await frame.evaluate(({ kept }) => window.store.save(kept), { kept: said('a', 'Why?') });
    assert.deepEqual(await frame.evaluate(() => [window.store.kept, window.turned]), ['memory', 0]);
    assert.deepEqual(await openings(frame), ['Why?']);
    assert.equal(await isMarked(frame), false);
    await frame.evaluate(() => window.store.clear());
    assert.deepEqual(await openings(frame), []);
  }
  assert.deepEqual(problems, []);
});

/** A tab in a profile of its own. */
async function openTab(path = '/'): Promise<{ page: Page; context: BrowserContext; problems: string[] }> {
  const { page, problems } = await openPage(browser);
  await page.goto(site.origin + path);
  return { page, context: page.context(), problems };
}

async function newTab(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await page.goto(site.origin);
  return page;
}

async function open(place: Page | Frame, persist: Persist, userId?: string): Promise<void> {
  await place.waitForFunction(() => window.storage);
  const settings = { persist, endpoint, userId };
  await place.evaluate(settings => window.storage.open(settings), settings);
}

function openings(place: Page | Frame): Promise<string[]> {
  return place.evaluate(async () =>
    (await window.storage.listed(window.store)).map(({ opening }) => opening),
  );
}

function isMarked(place: Page | Frame, userId?: string): Promise<boolean> {
  return place.evaluate(scope => window.storage.isMarked(scope), { endpoint, userId });
}

function said(id: string, content: string): Conversation {
  return { id, messages: [{ id: 'q', role: 'user', content }] };
}

async function bundle(entry: string): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: { write: false, target: 'es2022', lib: { entry, formats: ['es'] } },
  });
  const [output] = [built].flat();
  if (!output || !('output' in output)) throw new Error('The page was not built.');
  return output.output[0].code;
}
