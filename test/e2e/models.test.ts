/** The choice of a model, commands, quotes and follow-ups, with the proxy that offers them. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { launchBrowser, openPage } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { ask, isComplete, logout, storedTexts } from '../support/kept-chat.ts';
import { startCuttingProxy } from '../support/cutting-proxy.ts';
import { startProxy, upstreamSettings } from '../support/proxy.ts';
import { startSite } from '../support/site.ts';
import { startUpstream } from '../support/start-upstream.ts';
import { strictPolicy } from '../support/strict-policy.ts';
import { useVisitor } from '../support/visitor.ts';

const visitor = useVisitor();

const chip = (page: Page) => page.locator('.model');

async function choose(page: Page, model: string): Promise<void> {
  await page.locator('button.model').click();
  await page.getByRole('radio', { name: model }).click();
  await chip(page).getByText(model).waitFor();
}

test('a chosen model answers after a reload and in another tab, and is forgotten with its visitor', async () => {
  const page = await visitor.open('/');
  await choose(page, 'ok:400:20');
  await page.reload();
  await chip(page).getByText('ok:400:20').waitFor();
  const second = await visitor.open('/');
  await chip(second).getByText('ok:400:20').waitFor();
  await choose(second, 'ok:100:20');
  await chip(page).getByText('ok:100:20').waitFor();
  await choose(page, 'ok:400:20');
  await ask(page, 'one');
  await page.locator('rivulet-answer .text', { hasText: 'token 1' }).waitFor();
  assert.deepEqual(
    (await visitor.chat.upstream.stats()).asked.map(({ model }) => model),
    ['ok:400:20'],
  );
  await logout(page);
  await chip(page).getByText('ok:100:20').waitFor();
  assert.doesNotMatch(await storedTexts(page), /ok:400:20/);
});

test('a chosen model that the proxy no longer has gives way to its default, once, and the answer says so', async () => {
  const upstream = await startUpstream();
  const browser = await launchBrowser();
  let proxy = await startProxy(upstreamSettings(upstream.url, ['ok', 'echo', 'ok:9:1']));
  const site = await startSite({
    '/': `<!doctype html><html lang="en"><title>Site</title><rivulet-chat></rivulet-chat><script src="${proxy.url}/widget.js" async></script>`,
  });
  try {
    const { page } = await openPage(browser);
    await page.goto(site.origin);
    await choose(page, 'echo');
    const port = Number(new URL(proxy.url).port);
    await proxy.close();
    proxy = await startProxy({ port, ...upstreamSettings(upstream.url, ['ok', 'ok:9:1']) });
    await ask(page, 'one');
    await isComplete(page);
    await page.getByText('“echo” is no longer available').waitFor();
    await page.locator('.model', { hasText: /^Model ok$/ }).waitFor();
    await ask(page, 'two');
    await isComplete(page);
    const asked = await eventually(
      () => upstream.stats(),
      ({ asked }) => asked.length === 2,
    );
    assert.deepEqual(
      asked.asked.map(({ model }) => model),
      ['ok', 'ok'],
    );
  } finally {
    site.close();
    await browser.close();
    await Promise.all([proxy.close(), upstream.close()]);
  }
});

test('a question that was lost on the way to one model is asked of another that is chosen then', async () => {
  const upstream = await startUpstream();
  const browser = await launchBrowser();
  const proxy = await startProxy(upstreamSettings(upstream.url, ['slow-head:60000', 'ok:3']));
  const wire = await startCuttingProxy(proxy.url);
  const site = await startSite({
    '/': `<!doctype html><html lang="en"><title>Site</title><rivulet-chat></rivulet-chat><script src="${wire.url}/widget.js" async></script>`,
  });
  try {
    const { page } = await openPage(browser);
    await page.goto(site.origin);
    await ask(page, 'one');
    const retry = page.getByRole('button', { name: 'Retry' });
    while (!(await retry.isVisible())) {
      await page.waitForTimeout(100);
      if ((await upstream.stats()).requests > 0) wire.cutAll();
    }
    await choose(page, 'ok:3');
    await retry.click();
    await page.locator('rivulet-answer .text', { hasText: 'token 1 token 2 token 3' }).waitFor();
  } finally {
    site.close();
    await browser.close();
    await wire.close();
    await Promise.all([proxy.close(), upstream.close()]);
  }
});

test('the settings of the proxy bring commands and follow-ups, and a selection is asked about under a strict policy', async () => {
  const browser = await launchBrowser();
  const commands = [{ name: 'order', text: 'Where is my order?' }];
  const proxy = await startProxy({ widget: { commands, followUps: true } });
  const html =
    `<!doctype html><html lang="en"><title>Site</title><p id="price">The price is 3 €.</p>` +
    `<script src="${proxy.url}/widget.js" async data-quote="page"></script>`;
  const site = await startSite({ '/': { html, headers: strictPolicy(proxy) } });
  try {
    const { page, problems } = await openPage(browser);
    await page.goto(site.origin);
    await page.locator('#price').click({ clickCount: 3 });
    await page.getByRole('button', { name: 'Ask about this' }).click();
    await page.locator('rivulet-dock q', { hasText: 'The price is 3 €.' }).waitFor();
    const field = page.locator('rivulet-composer textarea');
    await field.pressSequentially('/or');
    await page.getByRole('option', { name: '/order' }).waitFor();
    await field.press('Enter');
    assert.equal(await field.inputValue(), 'Where is my order?');
    await field.press('Enter');
    await isComplete(page);
    await page.locator('.question blockquote', { hasText: 'The price is 3 €.' }).waitFor();
    await page.getByRole('button', { name: '/reasoning' }).click();
    await page.locator('.question p', { hasText: '/reasoning' }).waitFor();
    assert.deepEqual(problems, []);
  } finally {
    site.close();
    await browser.close();
    await proxy.close();
  }
});
