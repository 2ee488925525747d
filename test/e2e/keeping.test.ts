/** An answer outlives its connection, its page and its tab: whole, and asked for once. */

import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchBrowser } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { startProxy, type TestProxy, upstreamSettings } from '../support/proxy.ts';
import { startSite } from '../support/site.ts';
import { startUpstream, type Upstream } from '../support/start-upstream.ts';

/** Two seconds of it. */
const MODEL = 'ok:100:20';
/** Long enough to be stopped. */
const SLOW = 'ok:400:20';

let browser: Browser;
let context: BrowserContext;
let upstream: Upstream;
let proxy: TestProxy;
let site: Awaited<ReturnType<typeof startSite>>;
let whole = '';

before(async () => {
  browser = await launchBrowser();
  upstream = await startUpstream();
  const settings = { limits: { streamsPerClient: 50 }, resume: { graceSeconds: 20, keepSeconds: 60 } };
  proxy = await startProxy(upstreamSettings(upstream.url, [MODEL, SLOW], settings));
  const page = (attributes = '') =>
    `<!doctype html><html lang="en"><title>Site</title><body style="height: 600px"><rivulet-chat mode="inline" ${attributes}></rivulet-chat>` +
    `<script src="${proxy.url}/widget.js" async></script>`;
  site = await startSite({
    '/': page(),
    '/other': page(),
    '/slow': page(`model="${SLOW}"`),
    '/ann': page('user-id="ann"'),
    '/bob': page('user-id="bob"'),
    '/session': page('persist="session"'),
    '/none': page('persist="none"'),
  });
  context = await browser.newContext();
  const first = await open('/none');
  await ask(first, 'How long is it?');
  await isComplete(first);
  whole = await textOf(first);
  await context.close();
});
after(async () => {
  await browser.close();
  site.close();
  await proxy.close();
  await upstream.close();
});
beforeEach(async () => {
  await context.close();
  context = await browser.newContext();
  await upstream.reset();
});

async function open(path: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${site.origin}${path}`);
  return page;
}

async function ask(page: Page, question: string): Promise<void> {
  await page.locator('rivulet-composer textarea').fill(question);
  await page.locator('rivulet-composer textarea').press('Enter');
}

const textOf = (page: Page) => page.locator('rivulet-answer .text').last().innerText();

async function hasBegun(page: Page): Promise<void> {
  const text = await eventually(
    () => textOf(page).catch(() => ''),
    text => text.length > 20,
  );
  assert.ok(text.length > 20, `it has begun at ${page.url()}`);
  await eventually(
    () => page.evaluate(async () => (await navigator.locks.query()).held?.length),
    held => held === 1,
  );
  // What leads keeps at once; that takes a moment too.
  await page.waitForTimeout(300);
}

async function isComplete(page: Page): Promise<void> {
  await page.locator('rivulet-answer article[aria-busy=false]').last().waitFor();
}

/** The whole answer is shown, once, and the upstream was asked once. */
async function isWhole(page: Page): Promise<void> {
  const text = await eventually(
    () => textOf(page).catch(() => ''),
    text => text === whole,
  );
  assert.equal(text, whole);
  assert.equal(await page.locator('rivulet-answer').count(), 1);
  assert.equal(await page.locator('.question').count(), 1);
  assert.equal((await upstream.stats()).requests, 1);
}

test('a reload in the middle of an answer', async () => {
  const page = await open('/');
  await ask(page, 'Hello');
  await hasBegun(page);
  await page.reload();
  await isWhole(page);
});

test('another page of the site, and back', async () => {
  const page = await open('/');
  await ask(page, 'Hello');
  await hasBegun(page);
  await page.goto(`${site.origin}/other`);
  await hasBegun(page);
  await page.goBack();
  await isWhole(page);
});

test('a second tab has it live, and goes on with it when the first is closed', async () => {
  const first = await open('/');
  await ask(first, 'Hello');
  await hasBegun(first);
  const second = await open('/other');
  await hasBegun(second);
  await first.close();
  await isWhole(second);
});

test('a tab that is closed in the middle, and a new one', async () => {
  const first = await open('/');
  await ask(first, 'Hello');
  await hasBegun(first);
  await first.close();
  await isWhole(await open('/'));
});

test('Stop and New chat work from any tab', async () => {
  const first = await open('/slow');
  await ask(first, 'Hello');
  await hasBegun(first);
  const second = await open('/slow');
  await second.locator('rivulet-answer').waitFor();
  await second.getByRole('button', { name: 'Stop the answer' }).click();
  await first.getByText('Stopped.', { exact: true }).first().waitFor();
  const { aborted } = await eventually(
    () => upstream.stats(),
    stats => stats.aborted === 1,
  );
  assert.equal(aborted, 1);
  await second.getByRole('button', { name: 'New chat' }).click();
  await first.getByText('Hello! What would you like to know?').waitFor();
  await first.reload();
  await first.getByText('Hello! What would you like to know?').waitFor();
  assert.equal(await first.locator('.question').count(), 0);
});

test('what two tabs send at the same time stands in the same order in both', async () => {
  const first = await open('/');
  await ask(first, 'Begin');
  await isComplete(first);
  const second = await open('/other');
  await second.locator('.question').first().waitFor();
  // Before either can have heard of the other's.
  const at = Date.now() + 500;
  const sendAt = (page: Page, text: string) =>
    page.locator('rivulet-chat').evaluate(
      async (chat, [at, text]) => {
        await new Promise(resolve => setTimeout(resolve, at - Date.now()));
        (chat as HTMLElement & { send(text: string): boolean }).send(text);
      },
      [at, text] as const,
    );
  await Promise.all([sendAt(first, 'from the first'), sendAt(second, 'from the second')]);
  const questions = (page: Page) => page.locator('.question').allInnerTexts();
  for (const page of [first, second]) {
    await eventually(
      () => questions(page),
      texts => texts.length === 3,
    );
    await eventually(
      () => page.locator('rivulet-answer article[aria-busy=false]').count(),
      count => count === 3,
    );
  }
  assert.equal((await questions(first)).length, 3);
  assert.deepEqual(await questions(first), await questions(second));
  const { requests } = await eventually(
    () => upstream.stats(),
    stats => stats.requests === 3,
  );
  assert.equal(requests, 3);
});

test('each visitor has their own, and logout leaves nothing', async () => {
  const ann = await open('/ann');
  await ask(ann, 'I am Ann');
  await isComplete(ann);
  const bob = await open('/bob');
  await bob.getByText('Hello! What would you like to know?').waitFor();
  const other = await open('/ann');
  await other.getByText('I am Ann').waitFor();
  await ann
    .locator('rivulet-chat')
    .evaluate(chat => (chat as HTMLElement & { logout(): Promise<void> }).logout());
  await other.getByText('Hello! What would you like to know?').waitFor();
  await other.reload();
  await other.getByText('Hello! What would you like to know?').waitFor();
  assert.equal(await other.locator('.question').count(), 0);
});

test('where it is kept is the page’s to say', async () => {
  for (const [path, isKept] of [
    ['/session', true],
    ['/none', false],
  ] as const) {
    const page = await open(path);
    await ask(page, 'Hello');
    await isComplete(page);
    const fetched = await page.evaluate(() =>
      performance.getEntriesByType('resource').map(({ name }) => name),
    );
    assert.equal(
      fetched.some(name => name.includes('/keeping-')),
      isKept,
    );
    await page.reload();
    if (isKept) await page.locator('.question').waitFor();
    else await page.getByText('Hello! What would you like to know?').waitFor();
    assert.equal(await page.locator('.question').count(), isKept ? 1 : 0, path);
    await page.close();
  }
});

test('a network that goes away in the middle and comes back', async () => {
  const page = await open('/');
  await ask(page, 'Hello');
  await hasBegun(page);
  await context.setOffline(true);
  await page.waitForTimeout(300);
  await context.setOffline(false);
  await isWhole(page);
});
