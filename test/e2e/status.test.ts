/** The operator's page, in a real browser: what it shows, for whom, and under which policy. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { ask } from '../support/ask.ts';
import { launchBrowser, openPage } from '../support/browser.ts';
import { startProxy, type TestProxy } from '../support/proxy.ts';

const TOKEN = 'a-token-of-the-operator';
let proxy: TestProxy;
let browser: Browser;
before(async () => {
  [proxy, browser] = await Promise.all([startProxy({ metrics: { token: TOKEN } }), launchBrowser()]);
  const messages = (content: string) => ({ messages: [{ role: 'user', content }] });
  for (const question of ['/fast', '/fast', '/busy'])
    await ask(`${proxy.url}/v1`, { body: messages(question) });
  await ask(`${proxy.url}/v1`, { model: 'not-offered' });
});
after(async () => {
  await browser.close();
  await proxy.close();
});

async function status(options: BrowserContextOptions = {}) {
  const httpCredentials = { username: 'me', password: TOKEN };
  const opened = await openPage(browser, { httpCredentials, ...options });
  await opened.page.goto(`${proxy.url}/status`);
  return opened;
}

const figure = (page: Page, name: string) =>
  page.locator('#figures div', { hasText: name }).locator('dd').innerText();

test('it shows the hour as figures, plots and tables, and breaks no rule of its policy', async () => {
  const { page, problems, requests } = await status();
  await page.locator('#minutes tbody tr').first().waitFor({ state: 'attached' });
  assert.equal(await figure(page, 'Answers'), '3');
  assert.equal(await figure(page, 'Failed'), '1');
  assert.equal(await figure(page, 'Refused'), '1');
  assert.match(await figure(page, 'First token'), /^\d+ ms$/);
  assert.match(
    await page.locator('#models tbody tr').innerText(),
    /^rivulet-demo\s+\d+ ms\s+\d+ ms\s+\d+\s+3\s+1\s/,
  );
  assert.equal(await page.locator('#plots svg').count(), 3);
  assert.equal(await page.locator('#minutes tbody tr').count(), 60);
  assert.deepEqual(problems, []);
  assert.deepEqual(
    requests.filter(url => !url.startsWith(proxy.url)),
    [],
  );
  await page.context().close();
});

test('a model that is chosen is asked for alone', async () => {
  const { page } = await status();
  await page.locator('#model option[value="rivulet-demo"]').waitFor({ state: 'attached' });
  const asked = page.waitForRequest(/status\.json\?model=rivulet-demo$/);
  await page.getByLabel('Answers of').selectOption('rivulet-demo');
  await asked;
  await page.context().close();
});

test('the arrow keys go along a plot, and each minute is said', async () => {
  const { page } = await status();
  const plot = page.getByRole('slider', { name: 'Time to first token, by minute' });
  await page.locator('#minutes tbody tr').first().waitFor({ state: 'attached' });
  await plot.focus();
  assert.equal(await plot.getAttribute('aria-valuenow'), '59');
  const said = await plot.getAttribute('aria-valuetext');
  await page.keyboard.press('Home');
  assert.equal(await plot.getAttribute('aria-valuenow'), '0');
  assert.match((await plot.getAttribute('aria-valuetext')) ?? '', /no answer/);
  await page.keyboard.press('ArrowLeft');
  assert.equal(await plot.getAttribute('aria-valuenow'), '0');
  await page.keyboard.press('End');
  assert.equal(await plot.getAttribute('aria-valuetext'), said);
  assert.equal(await page.locator('#plots figcaption span').first().innerText(), said);
  await page.context().close();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`a phone shows all of it without scrolling sideways (${colorScheme})`, async () => {
    const { page } = await status({ viewport: { width: 360, height: 700 }, colorScheme });
    await page.locator('#minutes tbody tr').first().waitFor({ state: 'attached' });
    await page.getByText('Minute by minute').click();
    const { scrollWidth, clientWidth } = await page.evaluate(() => ({
      scrollWidth: document.documentElement.scrollWidth,
      clientWidth: document.documentElement.clientWidth,
    }));
    assert.ok(scrollWidth <= clientWidth, `${scrollWidth} > ${clientWidth}`);
    await page.context().close();
  });
}

test('a proxy that is gone is told, and what was seen stays', async () => {
  const { page } = await status();
  await page.locator('#minutes tbody tr').first().waitFor({ state: 'attached' });
  await page.route('**/status.json*', route => route.abort());
  await page.getByLabel('Answers of').selectOption('rivulet-demo');
  await page.getByText('What is here may be old').waitFor();
  assert.equal(await page.locator('#minutes tbody tr').count(), 60);
  await page.context().close();
});

test('without the token there is no page', async () => {
  const response = await fetch(`${proxy.url}/status`);
  assert.equal(response.status, 401);
  const allowed = await fetch(`${proxy.url}/status`, { headers: { Authorization: `Bearer ${TOKEN}` } });
  assert.match(
    allowed.headers.get('content-security-policy') ?? '',
    /default-src 'none'.*trusted-types 'none'/,
  );
  assert.match(await allowed.text(), /<h1>The last hour/);
});
