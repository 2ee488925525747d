/** The forms that the script tag can give a chat, as they are built; and a phone's. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { launchBrowser, openPage, type WatchedPage } from '../support/browser.ts';
import { startProxy, type TestProxy } from '../support/proxy.ts';
import { type Site, startSite } from '../support/site.ts';

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const TEASER = 'Questions? We answer at once.';

let browser: Browser;
let proxy: TestProxy;
let site: Site;

before(async () => {
  browser = await launchBrowser();
  proxy = await startProxy({ widget: { teaser: 'The proxy’s own words.' } });
  const tag = (attributes: string) => `<script src="${proxy.url}/widget.js" ${attributes}></script>`;
  const page = (body: string) =>
    `<!doctype html><html lang="en"><title>Site</title><meta name="viewport" content="width=device-width, initial-scale=1">` +
    `<body style="margin: 0 auto; max-width: 600px"><h1>A site</h1>${body}<p style="height: 3000px">Its end</p>`;
  const policy = [
    `default-src 'none'; script-src ${proxy.url}; connect-src ${proxy.url}; style-src 'self'`,
    `style-src-attr 'unsafe-inline'; require-trusted-types-for 'script'; trusted-types lit-html`,
  ].join('; ');
  const strict = (html: string) => ({ html, headers: { 'Content-Security-Policy': policy } });
  const shadow = (inside: string) =>
    `<div id="host"><template shadowrootmode="open">${inside}</template></div>`;
  site = await startSite({
    '/popup': strict(page(tag('async'))),
    '/panel': strict(page(tag('async data-mode="panel" data-position="start"'))),
    '/page': strict(page(tag('async data-mode="page"'))),
    '/inline': strict(page(`<main>${tag('async data-mode="inline"')}</main>`)),
    '/shadow': strict(page(shadow(`<p>Before</p>${tag('data-mode="inline"')}<p>After</p>`))),
    '/rubbish': strict(page(tag('async data-mode="banner"'))),
    '/teaser': strict(page(tag(`async data-teaser="${TEASER}"`))),
    '/their-teaser': strict(page(tag('async data-teaser'))),
  });
});

after(async () => {
  await browser.close();
  site.close();
  await proxy.close();
});

const launcher = (page: Page) => page.getByRole('button', { name: 'Open the chat' });
const panel = (page: Page) => page.locator('rivulet-panel');
const composer = (page: Page) => page.getByRole('textbox', { name: 'Your message' });
const overflow = (page: Page) => page.evaluate(() => getComputedStyle(document.documentElement).overflow);

async function visit(path: string, options?: BrowserContextOptions): Promise<WatchedPage> {
  const watched = await openPage(browser, options);
  await watched.page.goto(`${site.origin}${path}`);
  return watched;
}

/** It has a form, answers in it, and the page had nothing to complain of. */
async function answers({ page, problems }: WatchedPage): Promise<void> {
  await composer(page).fill('Who are you?');
  await page.getByRole('button', { name: 'Send' }).click();
  await page.locator('rivulet-answer article[aria-busy=false]').waitFor();
  assert.deepEqual(problems, []);
  await page.context().close();
}

async function boxOf(page: Page, selector: string) {
  const { x, y, width, height } = (await page.locator(selector).first().boundingBox())!;
  return { x, y, width, height };
}

/** What is written goes to the composer. */
async function hasFocus(page: Page): Promise<void> {
  await page.waitForFunction(
    () => document.activeElement?.shadowRoot?.activeElement?.localName === 'rivulet-composer',
  );
}

/** Without the way there. */
async function settled(page: Page): Promise<void> {
  await panel(page).evaluate(panel => panel.getAnimations().map(animation => animation.finish()));
}

test('a panel is opened by its launcher, moves the page, and gives both back', async () => {
  const watched = await visit('/panel');
  const { page } = watched;
  const before = await boxOf(page, 'h1');
  await launcher(page).click();
  await composer(page).waitFor();
  await settled(page);
  assert.deepEqual(await boxOf(page, 'rivulet-panel'), { x: 0, y: 0, width: 409.59375, height: 720 });
  const moved = await boxOf(page, 'h1');
  assert.equal(Math.round(moved.x - before.x), Math.round(409.6 / 2));
  await hasFocus(page);
  assert.equal(await page.locator('body > rivulet-chat > rivulet-launcher button').isVisible(), false);
  await page.keyboard.press('Escape');
  assert.deepEqual(await boxOf(page, 'h1'), before);
  assert.equal(await page.evaluate(() => document.activeElement?.localName), 'rivulet-launcher');
  await page.keyboard.press('Enter');
  await hasFocus(page);
  await answers(watched);
});

test('a popup has the focus whenever it is opened', async () => {
  const { page } = await visit('/popup');
  for (let times = 0; times < 3; times += 1) {
    await launcher(page).click();
    await hasFocus(page);
    await page.keyboard.press('Escape');
  }
  await page.context().close();
});

test('a panel that was open is open on the next page, which is moved from the beginning', async () => {
  const { page } = await visit('/panel');
  await launcher(page).click();
  await composer(page).waitFor();
  await page.reload();
  await composer(page).waitFor();
  assert.equal(Math.round((await boxOf(page, 'html')).x), 410);
  await page.context().close();
});

test('a page is the chat, without a launcher', async () => {
  const watched = await visit('/page');
  const { page } = watched;
  await composer(page).waitFor();
  assert.deepEqual(await boxOf(page, 'rivulet-panel'), { x: 0, y: 0, width: 1280, height: 720 });
  assert.equal(await page.locator('rivulet-launcher').count(), 0);
  await answers(watched);
});

test('an inline chat is where its tag is', async () => {
  const watched = await visit('/inline');
  const { page } = watched;
  await composer(page).waitFor();
  assert.equal(await page.locator('main > script + rivulet-chat').count(), 1);
  assert.equal((await boxOf(page, 'rivulet-panel')).width, 600);
  await answers(watched);
});

test('also where that is in a shadow root, which has no current script', async () => {
  const watched = await visit('/shadow');
  const { page } = watched;
  await composer(page).waitFor();
  assert.equal(await page.locator('#host p + script + rivulet-chat').count(), 1);
  await answers(watched);
});

test('a mode that there is not is a popup', async () => {
  const watched = await visit('/rubbish');
  await launcher(watched.page).click();
  await answers(watched);
});

test('a popup on a wide screen loads no form', async () => {
  const watched = await visit('/popup');
  await launcher(watched.page).click();
  await composer(watched.page).waitFor();
  assert.deepEqual(
    watched.requests.filter(url => /forms|teaser/.test(url)),
    [],
  );
  await watched.page.context().close();
});

test('on a phone the chat is the screen, the page is held, and is where it was afterwards', async () => {
  const { page, problems } = await visit('/popup', PHONE);
  await page.evaluate(() => scrollTo(0, 500));
  await launcher(page).tap();
  await composer(page).waitFor();
  await page.waitForFunction(() => getComputedStyle(document.documentElement).overflow === 'hidden');
  await settled(page);
  assert.deepEqual(await boxOf(page, 'rivulet-panel'), { x: 0, y: 0, width: 390, height: 844 });
  // Turned, it is the screen too.
  await page.setViewportSize({ width: 844, height: 390 });
  await page.waitForFunction(() => innerWidth === 844);
  assert.deepEqual(await boxOf(page, 'rivulet-panel'), { x: 0, y: 0, width: 844, height: 390 });
  assert.equal(await overflow(page), 'hidden');
  await page.setViewportSize(PHONE.viewport);
  await page.locator('rivulet-panel').getByRole('button', { name: 'Close the chat' }).tap();
  await page.waitForFunction(() => getComputedStyle(document.documentElement).overflow !== 'hidden');
  assert.equal(await page.evaluate(() => scrollY), 500);
  assert.deepEqual(problems, []);
  await page.context().close();
});

test('who looks closer with two fingers changes nothing of it', async () => {
  const { page } = await visit('/popup', PHONE);
  await launcher(page).tap();
  await page.waitForFunction(() => getComputedStyle(document.documentElement).overflow === 'hidden');
  await settled(page);
  const height = () => panel(page).evaluate(panel => panel.clientHeight);
  const before = await height();
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Emulation.setPageScaleFactor', { pageScaleFactor: 2.5 });
  await page.waitForFunction(() => visualViewport!.scale > 2 && visualViewport!.height < 400);
  assert.equal(await height(), before);
  await page.context().close();
});

test('the chat keeps clear of what a phone’s screen has at its edges', async () => {
  const { page } = await visit('/popup', PHONE);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Emulation.setSafeAreaInsetsOverride', { insets: { top: 47, bottom: 34 } });
  await launcher(page).tap();
  await composer(page).waitFor();
  await settled(page);
  const { y } = await boxOf(page, 'rivulet-panel .header');
  const last = await boxOf(page, 'rivulet-composer');
  assert.deepEqual([y, last.y + last.height], [47, 844 - 34]);
  await page.context().close();
});

test('a teaser comes after a moment, says nothing aloud, and goes for good when it is hidden', async () => {
  const { page, problems, requests } = await openPage(browser, { reducedMotion: 'reduce' });
  await page.clock.install();
  await page.goto(`${site.origin}/teaser`);
  await launcher(page).waitFor();
  await page.waitForLoadState('networkidle');
  const teaser = page.getByText(TEASER);
  assert.equal(await teaser.count(), 0);
  await page.clock.fastForward(5_000);
  await teaser.waitFor();
  assert.equal(await page.getByRole('alert').count(), 0);
  assert.equal(await page.getByRole('status').filter({ hasText: TEASER }).count(), 0);
  assert.equal(await page.evaluate(() => document.getAnimations().length), 0);
  // Nothing but what shows it was loaded for it.
  assert.equal(await page.evaluate(() => customElements.get('rivulet-chat')), undefined);
  await page.getByRole('button', { name: 'Hide this message' }).click();
  assert.equal(await teaser.count(), 0);
  assert.equal(await page.evaluate(() => customElements.get('rivulet-chat')), undefined);
  await page.reload();
  await launcher(page).waitFor();
  await page.waitForLoadState('networkidle');
  await page.clock.fastForward(5_000);
  assert.equal(await teaser.count(), 0);
  assert.ok(requests.some(url => /teaser/.test(url)));
  assert.deepEqual(problems, []);
  await page.context().close();
});

test('a teaser opens the chat where it is clicked, and does not come back then', async () => {
  const { page, problems } = await openPage(browser, PHONE);
  await page.clock.install();
  await page.goto(`${site.origin}/their-teaser`);
  const teaser = page.getByText('The proxy’s own words.');
  await launcher(page).waitFor();
  await page.waitForFunction(() => document.querySelector('rivulet-launcher')?.getAttribute('teaser'));
  await page.clock.fastForward(5_000);
  const { width, height } = (await teaser.boundingBox())!;
  assert.ok(width < 270 && height < 100, `it is ${width} by ${height}`);
  await teaser.tap();
  await composer(page).waitFor();
  assert.equal(await teaser.isVisible(), false);
  await page.reload();
  await launcher(page).waitFor();
  await page.waitForLoadState('networkidle');
  await page.clock.fastForward(5_000);
  assert.equal(await teaser.count(), 0);
  assert.deepEqual(problems, []);
  await page.context().close();
});
