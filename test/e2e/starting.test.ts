/** What leads a visitor on, with the proxy: what its settings suggest, the page's own slot, and questions that could come next. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { launchBrowser, openPage } from '../support/browser.ts';
import { isComplete } from '../support/kept-chat.ts';
import { startProxy, type TestProxy } from '../support/proxy.ts';
import { type Site, startSite } from '../support/site.ts';

let proxy: TestProxy;
let site: Site;
let browser: Browser;
before(async () => {
  const suggestions = ['Who are you?', '从哪里开始？'];
  proxy = await startProxy({ widget: { greeting: 'Good day!', suggestions, followUps: true } });
  site = await startSite({
    '/':
      `<!doctype html><html lang="en"><title>Site</title><rivulet-chat><p slot="start">Ours alone</p></rivulet-chat>` +
      `<script src="${proxy.url}/widget.js" async></script>`,
  });
  browser = await launchBrowser();
});
after(async () => {
  await browser.close();
  site.close();
  await proxy.close();
});

test('a visitor is led from the greeting to the second question by the keyboard alone', async () => {
  const { page, requests } = await openPage(browser);
  const asked = () => requests.filter(url => url.endsWith('/chat/completions')).length;
  await page.goto(site.origin);
  await page.getByText('Good day!').waitFor();
  assert.ok(await page.getByText('Ours alone').isVisible());
  const suggestions = page.getByRole('list', { name: 'Suggestions' }).getByRole('button');
  assert.deepEqual(await suggestions.allInnerTexts(), ['Who are you?', '从哪里开始？']);
  await suggestions.last().focus();
  await page.keyboard.press('Enter');
  await isComplete(page);
  assert.match(await page.locator('rivulet-answer .text').innerText(), /我是内置的演示模型/);
  assert.equal(await page.getByText('Ours alone').isVisible(), false);

  const next = page.locator('.follow-ups button');
  await next.first().waitFor();
  // The answer, and a small request for what could come next.
  assert.equal(asked(), 2);
  assert.deepEqual(await next.allInnerTexts(), ['/markdown', '/reasoning', 'Who are you?']);
  await next.last().focus();
  await page.keyboard.press('Enter');
  await page.locator('rivulet-answer').nth(1).waitFor();
  assert.equal(await page.locator('.question').last().innerText(), 'Who are you?');
  await page.context().close();
});
