/** The built package without a bundler: the README's own interface, and the widget in one file. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { launchBrowser, openPage } from '../support/browser.ts';
import { importMap, serveScripts } from '../support/package-in-page.ts';
import { startProxy, type TestProxy } from '../support/proxy.ts';
import { readmeCode } from '../support/samples.ts';
import { type Site, startSite } from '../support/site.ts';

let browser: Browser;
let proxy: TestProxy;
let site: Site;

before(async () => {
  [browser, proxy] = await Promise.all([launchBrowser(), startProxy()]);
  site = await startSite({
    '/headless': `<!doctype html><title>Headless</title>${importMap}
      <div id="answer"></div><script type="module" src="/page.js"></script>`,
    '/standalone': `<!doctype html><title>One file</title><rivulet-chat endpoint="${proxy.url}" persist="none"></rivulet-chat>
      <script type="module" src="/dist/npm/standalone.js"></script>`,
  });
});
after(async () => {
  await browser.close();
  site.close();
  await proxy.close();
});

test('the README’s own interface shows an answer as the widget does', async () => {
  const { page, problems } = await openPage(browser);
  const chat = readmeCode('rivulet-chat/client').replace('https://your-proxy.example', proxy.url);
  const shown = readmeCode('rivulet-chat/markdown');
  await serveScripts(page, site.origin, {
    '/chat.js': chat,
    '/page.js': shown.replace("'Hello'", "'/markdown'"),
  });
  await page.goto(`${site.origin}/headless`);
  await page.locator('#answer table').waitFor();
  await page.locator('#answer pre code').first().waitFor();
  assert.equal(await page.locator('#answer a[href^="javascript"]').count(), 0);
  assert.deepEqual(problems, []);
});

test('the widget in one file answers, and asks for no other script', async () => {
  const { page, problems, requests } = await openPage(browser);
  await serveScripts(page, site.origin);
  await page.goto(`${site.origin}/standalone`);
  const chat = page.locator('rivulet-chat');
  await chat.getByRole('textbox').fill('Hello');
  await chat.getByRole('textbox').press('Enter');
  await chat.locator('rivulet-answer .actions button').first().waitFor();
  const scripts = requests.filter(url => url.endsWith('.js'));
  assert.deepEqual(scripts, [`${site.origin}/dist/npm/standalone.js`]);
  assert.deepEqual(problems, []);
});
