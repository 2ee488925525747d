/** Functions of the page, with the proxy between: over reloads, tabs and broken connections, and on a page with a strict policy. */

import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchBrowser, openPage } from '../support/browser.ts';
import { startCuttingProxy } from '../support/cutting-proxy.ts';
import { eventually } from '../support/eventually.ts';
import { ask } from '../support/kept-chat.ts';
import { startProxy, type TestProxy, upstreamSettings } from '../support/proxy.ts';
import { type Site, startSite } from '../support/site.ts';
import { startUpstream, type Upstream } from '../support/start-upstream.ts';

let browser: Browser;
let upstream: Upstream;
let proxy: TestProxy;
let demo: TestProxy;
let wire: Awaited<ReturnType<typeof startCuttingProxy>>;
let site: Site;
let context: BrowserContext;

/** Calls `say` with a character that is cut in two, whatever it is told. */
const ALWAYS = 'tool-calls:cut in a surrogate';

/** What a page does as its own script: it notes each run, and ends it when the test says so. */
const script = `
  window.runs = [];
  const chat = document.querySelector('rivulet-chat');
  const run = args => {
    runs.push(args);
    return new Promise(resolve => (window.finish = resolve));
  };
  const say = args => (runs.push(args), 'said');
  chat.tools = [
    { name: 'book', confirm: location.hash === '#ask', parameters: { type: 'object' }, run },
    { name: 'say', run: say },
  ];`;
const card = `
  document.querySelector('rivulet-chat').tools = [{
    name: 'card',
    run() {
      const element = document.createElement('p');
      element.textContent = 'A card of the page';
      element.id = 'card';
      return { element, text: 'shown' };
    },
  }];`;

before(async () => {
  browser = await launchBrowser();
  upstream = await startUpstream();
  const resume = { graceSeconds: 20, keepSeconds: 60 };
  const settings = { tools: ['book', 'say'], resume, limits: { streamsPerClient: 50 } };
  proxy = await startProxy(
    upstreamSettings(upstream.url, ['calls-tool:0', 'calls-tool:200', ALWAYS, 'ok:150:20'], settings),
  );
  demo = await startProxy({ tools: ['card'] });
  wire = await startCuttingProxy(proxy.url);
  const page = (url: string, model: string, own: string) =>
    `<!doctype html><html lang="en"><title>Site</title><body>` +
    `<rivulet-chat mode="inline" ${model && `model="${model}"`}></rivulet-chat>` +
    `<script src="${url}/widget.js" async></script>${own}`;
  const inline = (text: string) => `<script>${text}</script>`;
  const csp = [
    "default-src 'none'",
    `script-src ${demo.url} 'self'`,
    `connect-src ${demo.url}`,
    "style-src 'self'",
    "require-trusted-types-for 'script'",
    'trusted-types lit-html',
  ].join('; ');
  site = await startSite({
    '/': page(wire.url, 'calls-tool:0', inline(script)),
    '/slow': page(wire.url, 'calls-tool:200', inline(script)),
    '/always': page(wire.url, ALWAYS, inline(script)),
    '/late': page(wire.url, 'calls-tool:0', inline(`setTimeout(() => {${script}}, 1_500);`)),
    '/none': page(wire.url, 'calls-tool:0', ''),
    '/plain': page(wire.url, 'ok:150:20', ''),
    '/strict': {
      html: page(demo.url, '', '<script src="/card.js"></script>'),
      headers: { 'Content-Security-Policy': csp },
    },
    '/card.js': { html: card, headers: { 'Content-Type': 'text/javascript' } },
  });
});
after(async () => {
  await browser.close();
  site.close();
  await wire.close();
  await Promise.all([proxy.close(), demo.close()]);
  await upstream.close();
});
beforeEach(async () => {
  await context?.close();
  context = await browser.newContext();
  await upstream.reset();
});

async function open(path: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${site.origin}${path}`);
  return page;
}

const ARGS = { seat: '12A', name: '上海 🌊' };
const runs = (page: Page) => page.evaluate(() => (globalThis as unknown as { runs: unknown[] }).runs);
const finish = (page: Page) =>
  page.evaluate(() => (globalThis as unknown as { finish(result: string): void }).finish('booked'));
const text = (page: Page) =>
  page
    .locator('rivulet-answer')
    .last()
    .locator('.text')
    .allInnerTexts()
    .then(all => all.filter(Boolean));
const state = (page: Page) => page.locator('.call .state').last().innerText();

async function has<T>(read: () => Promise<T>, expected: T): Promise<void> {
  const now = () => read().catch(() => undefined);
  const last = await eventually(now, now => JSON.stringify(now) === JSON.stringify(expected), 10_000);
  assert.deepEqual(last, expected);
}
const isBooked = (page: Page) => has(() => text(page), ['I book.', 'The page says booked']);

test('a tool runs once, and the answer goes on with what it gave', async () => {
  const page = await open('/');
  await ask(page, 'Book');
  await has(() => runs(page), [ARGS]);
  await finish(page);
  await isBooked(page);
  assert.equal(await state(page), 'Done');
  assert.equal((await upstream.stats()).requests, 2);
});

test('a tool that never returns is stopped with its answer, and the conversation goes on', async () => {
  const page = await open('/');
  await ask(page, 'Book');
  await has(() => state(page), 'Running…');
  await page.keyboard.press('Escape');
  await has(() => state(page), 'Interrupted');
  assert.equal((await upstream.stats()).requests, 1);
  await ask(page, 'And now?');
  await has(() => text(page), ['The page says Interrupted. It is not known what it did.']);
  assert.deepEqual(await runs(page), [ARGS]);
});

test('a character that is cut in two comes whole to the tool, and a model that calls for ever comes to an end', async () => {
  const page = await open('/always');
  await ask(page, 'Say it');
  await page.getByText('This answer has used this page 8 times, which is the limit.').waitFor();
  await page.locator('rivulet-answer article[aria-busy=false]').waitFor();
  assert.deepEqual(await runs(page), Array(8).fill({ text: '🌊' }));
  assert.equal((await upstream.stats()).requests, 9);
});

test('a call that was being written when the page was left is whole on the next one, and runs once', async () => {
  const page = await open('/slow');
  await ask(page, 'Book');
  await has(() => state(page), 'Preparing…');
  // What has come is kept by now, and more is to come.
  await page.waitForTimeout(600);
  await page.reload();
  await has(() => runs(page), [ARGS]);
  await finish(page);
  await isBooked(page);
  assert.equal((await upstream.stats()).requests, 2);
});

test('a call whose connections break while it is written is whole', async () => {
  const page = await open('/slow');
  await ask(page, 'Book');
  await has(() => state(page), 'Preparing…');
  wire.cutAll();
  await has(() => runs(page), [ARGS]);
  await finish(page);
  await isBooked(page);
  assert.equal((await upstream.stats()).requests, 2);
});

test('a tool that was running when the page was left does not run again by itself', async () => {
  const page = await open('/');
  await ask(page, 'Book');
  await has(() => runs(page), [ARGS]);
  await page.waitForTimeout(600);
  await page.reload();
  await has(() => state(page), 'Interrupted');
  await page.locator('rivulet-note').getByText('The answer was interrupted.').waitFor();
  assert.deepEqual(await runs(page), []);
  assert.equal((await upstream.stats()).requests, 1);
  await page.getByRole('button', { name: 'Continue' }).click();
  await has(() => text(page), ['I book.', 'The page says Interrupted. It is not known what it did.']);
  assert.deepEqual(await runs(page), []);
});

test('a call that waited for the visitor when the page was left waits again, and runs once they allow it', async () => {
  const page = await open('/#ask');
  await ask(page, 'Book');
  await page.locator('.asks').waitFor();
  await page.waitForTimeout(600);
  await page.reload();
  await page.locator('.asks').waitFor();
  assert.equal(await state(page), 'Waits for you');
  assert.deepEqual(await runs(page), []);
  // In another tab that takes over as well.
  const other = await open('/#ask');
  await other.locator('.asks').waitFor();
  await page.close();
  const allow = other.getByRole('button', { name: 'Allow', exact: true });
  await allow.focus();
  await has(async () => {
    // Until it has taken over there is nobody who hears it.
    if (await allow.isVisible()) await allow.press('Enter');
    return runs(other);
  }, [ARGS]);
  await finish(other);
  await isBooked(other);
  assert.equal((await upstream.stats()).requests, 2);
});

test('a tool that its page gives a while after the chat has gone on is found', async () => {
  const page = await open('/late#ask');
  await page.waitForFunction(() => document.querySelector('rivulet-chat')?.tools);
  await ask(page, 'Book');
  await page.locator('.asks').waitFor();
  await page.waitForTimeout(600);
  await page.reload();
  await page.locator('.asks').waitFor();
  await page.waitForFunction(() => document.querySelector('rivulet-chat')?.tools);
  await has(() => state(page), 'Waits for you');
  const allow = page.getByRole('button', { name: 'Allow', exact: true });
  await has(async () => {
    // Until it has looked for its tool there is nobody who hears it.
    if (await allow.isVisible()) await allow.press('Enter');
    return runs(page);
  }, [ARGS]);
  await finish(page);
  await isBooked(page);
});

test('of two tabs one runs the tool, and the visitor may allow it in the other', async () => {
  const first = await open('/#ask');
  await ask(first, 'Book');
  await first.locator('.asks').waitFor();
  const second = await open('/#ask');
  await second.locator('.asks').waitFor();
  assert.match(await second.locator('.asks pre').innerText(), /12A/);
  await second.getByRole('button', { name: 'Allow', exact: true }).click();
  await has(() => runs(first), [ARGS]);
  await finish(first);
  for (const page of [first, second]) await isBooked(page);
  assert.deepEqual(await runs(second), []);
});

test('a page without the tool goes on with the answer of one that had it, and runs nothing', async () => {
  const first = await open('/slow');
  await ask(first, 'Book');
  await has(() => state(first), 'Preparing…');
  const second = await open('/none');
  await has(() => state(second), 'Preparing…');
  await first.close();
  await has(() => state(second), 'Not there on this page');
  await has(() => text(second), ['I book.', 'I cannot.']);
  const { requests, lastRequest } = await upstream.stats();
  assert.equal(requests, 2);
  assert.equal(lastRequest!.body.tools, undefined);
});

const hasToken = (page: Page) => page.getByText('token 1').first().waitFor();
const asked = async () => (await upstream.stats()).asked.map(({ model }) => model);

test('what is asked while a page without the tool answers is answered by the page that has it', async () => {
  const first = await open('/plain');
  await ask(first, 'Count');
  await hasToken(first);
  const second = await open('/');
  await hasToken(second);
  await ask(second, 'Book');
  for (const page of [first, second]) await page.getByRole('list', { name: 'Asked next' }).waitFor();
  await has(() => runs(second), [ARGS]);
  await finish(second);
  for (const page of [first, second]) await isBooked(page);
  assert.deepEqual(await asked(), ['ok:150:20', 'calls-tool:0', 'calls-tool:0']);
});

test('what was asked by a page that has gone meanwhile is answered by the one that is there', async () => {
  const first = await open('/plain');
  await ask(first, 'Count');
  await hasToken(first);
  const second = await open('/');
  await hasToken(second);
  await ask(second, 'Book');
  await first.getByRole('list', { name: 'Asked next' }).waitFor();
  await second.close();
  await has(asked, ['ok:150:20', 'ok:150:20']);
  await first.locator('.question', { hasText: 'Book' }).waitFor();
});

test('an element of a page with a strict policy shows in the answer', async () => {
  const { page, problems } = await openPage(browser);
  await page.goto(`${site.origin}/strict`);
  await ask(page, '/tools');
  await page.locator('#card').waitFor();
  assert.ok(await page.locator('#card').isVisible());
  await page.locator('rivulet-answer').getByText('This is what it told me').waitFor();
  await page.locator('rivulet-answer article[aria-busy=false]').waitFor();
  assert.deepEqual(problems, []);
  await page.context().close();
});
