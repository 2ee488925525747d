/** The page's say in a site of several tabs, and after a reload: told once, changed once, and kept. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, openPage } from '../support/browser.ts';
import { startProxy, type TestProxy } from '../support/proxy.ts';
import { type Site, startSite } from '../support/site.ts';

declare const heard: string[];

let browser: Browser;
let proxy: TestProxy;
let site: Site;

before(async () => {
  [browser, proxy] = await Promise.all([launchBrowser(), startProxy()]);
  site = await startSite({
    '/': `<!doctype html><title>Boots</title><rivulet-chat context="In the cart: 2"></rivulet-chat>
      <script src="${proxy.url}/widget.js" async></script>
      <script>
        var heard = [];
        for (const type of ['rivulet-send', 'rivulet-answer', 'rivulet-error'])
          addEventListener(type, () => heard.push(type));
        document.querySelector('rivulet-chat').afterReceive = ({ content }) => content + '\\n\\nChecked.';
      </script>`,
  });
});
after(async () => {
  await browser.close();
  site.close();
  await proxy.close();
});

const answer = (page: Page) => page.locator('rivulet-answer .text');
const checked = (page: Page) => answer(page).getByText('Checked.');
const told = (page: Page) => page.evaluate(() => heard);

test('one tab tells an answer and changes it, all tabs show it, and so does the next page', async () => {
  const { page: first, problems } = await openPage(browser);
  await first.goto(site.origin);
  const second = await first.context().newPage();
  await second.goto(site.origin);
  await first.bringToFront();
  await first.getByRole('textbox').fill('Hello');
  await first.getByRole('textbox').press('Enter');
  for (const page of [first, second]) await checked(page).waitFor();
  assert.deepEqual([...(await told(first)), ...(await told(second))].sort(), [
    'rivulet-answer',
    'rivulet-send',
  ]);
  await second.reload();
  await checked(second).waitFor();
  assert.equal(await checked(second).count(), 1);
  assert.deepEqual(await told(second), []);
  const added = second.locator('.question details');
  await added.getByText('Boots').click();
  await added.getByText('In the cart: 2').waitFor();
  assert.deepEqual(problems, []);
});
