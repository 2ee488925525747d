/** The script tag on a network that fails when the chat is first wanted. */

import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { launchBrowser, openPage } from '../support/browser.ts';
import { startProxy, type TestProxy } from '../support/proxy.ts';
import { type Site, startSite } from '../support/site.ts';

let browser: Browser;
let proxy: TestProxy;
let site: Site;

before(async () => {
  browser = await launchBrowser();
  proxy = await startProxy();
  const tag = `<script src="${proxy.url}/widget.js" data-lang="de" async></script>`;
  site = await startSite({ '/': `<!doctype html><html lang="en"><title>Site</title><body>${tag}` });
});

after(async () => {
  await browser.close();
  site.close();
  await proxy.close();
});

test('a chat that comes at the second click is whole', async () => {
  const { page } = await openPage(browser);
  const ofChat = /\/chat-\w+\.js/;
  await page.route(ofChat, route => route.abort());
  await page.goto(site.origin);
  const launcher = page.locator('rivulet-launcher button');
  await launcher.click();
  await page.locator('rivulet-launcher [role=status]', { hasText: /\S/ }).waitFor();
  await page.unroute(ofChat);
  await launcher.click();
  await page.getByRole('button', { name: 'Menü' }).click();
  await page.getByRole('heading', { name: 'Menü' }).waitFor();
  await page.keyboard.press('Escape');
  await page.locator('rivulet-composer textarea').fill('Hello');
  await page.locator('rivulet-composer textarea').press('Enter');
  await page.locator('rivulet-answer article[aria-busy=false]').waitFor();
  await page.context().close();
});

test('a chat whose file failed once comes at the first click, whole', async () => {
  const { page } = await openPage(browser);
  await page.route(/\/widget\/chat-/, route => route.abort(), { times: 1 });
  await page.goto(site.origin);
  await page.locator('rivulet-launcher button').click();
  await page.getByRole('button', { name: 'Menü' }).click();
  await page.getByRole('heading', { name: 'Menü' }).waitFor();
  await page.context().close();
});
