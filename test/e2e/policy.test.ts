/** The README's policy, on a page on which all is used that is loaded late: the browser reports no violation of it. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, openPage } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { noisePng } from '../support/large-picture.ts';
import { lines, pdf } from '../support/pdf-files.ts';
import { startProxy, type TestProxy } from '../support/proxy.ts';
import { type Site, startSite } from '../support/site.ts';
import { strictPolicy } from '../support/strict-policy.ts';
import { startWebhook, WEBHOOK_SECRET, type Webhook } from '../support/webhook.ts';

let browser: Browser;
let webhook: Webhook;
let proxy: TestProxy;
let site: Site;

before(async () => {
  browser = await launchBrowser();
  webhook = await startWebhook();
  const commands = [{ name: 'order', text: 'Where is my order?' }];
  proxy = await startProxy({
    contact: { webhookUrl: webhook.url, webhookSecret: WEBHOOK_SECRET },
    widget: { commands, followUps: true },
    session: { secret: 'a secret that is long enough for tests' },
  });
  const html =
    `<!doctype html><html lang="en"><title>Site</title><body><p id="price">The price is 3 €.</p>` +
    `<rivulet-chat show-stats feedback quote="page" voice="dictation reading"></rivulet-chat>` +
    `<script src="${proxy.url}/widget.js" async></script>`;
  const popup = `<!doctype html><html lang="ar"><title>Site</title><body><script src="${proxy.url}/widget.js" async></script>`;
  const headers = strictPolicy(proxy);
  site = await startSite({ '/': { html, headers }, '/popup': { html: popup, headers } });
});

after(async () => {
  await browser.close();
  site.close();
  await proxy.close();
  webhook.close();
});

/** As text, as it names functions inside. No test machine has an ear. */
const reporting = `
  addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sourceFile }) =>
    console.error('violated: ' + effectiveDirective + ' ' + blockedURI + ' ' + sourceFile));
  window.SpeechRecognition = class extends EventTarget { start() {} stop() {} abort() {} };`;

const tools = `
  document.querySelector('rivulet-chat').tools = [
    { name: 'set_accent', confirm: true, run: () => 'done' },
    { name: 'show_clock', run: () => ({ element: document.createElement('time'), text: 'noon' }) },
  ];`;

/** Gives what the page has violated of its policy, and all else that went wrong. */
async function goTo(path: string) {
  const watched = await openPage(browser);
  const { page, problems } = watched;
  await page.addInitScript({ content: reporting });
  await page.goto(`${site.origin}${path}`);
  return { page, problems };
}

const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: typeof name === 'string' }).last();

async function ask(page: Page, question: string): Promise<void> {
  const answers = page.locator('rivulet-answer article[aria-busy=false]');
  const before = await answers.count();
  await page.locator('rivulet-composer textarea').fill(question);
  await page.locator('rivulet-composer textarea').press('Enter');
  await answers.nth(before).waitFor();
}

test('what an answer is written with, and has besides', async () => {
  const { page, problems } = await goTo('/');
  await ask(page, '/markdown');
  for (const part of ['table', 'math', 'a', '.keyword, .hljs-keyword', '.footnotes', 'input[type=checkbox]'])
    await page.locator(`rivulet-answer .text :is(${part})`).first().waitFor();
  await ask(page, '/think');
  await page
    .locator('rivulet-thinking')
    .last()
    .getByText(/^Thought/)
    .click();
  await page.locator('.thoughts').last().waitFor();
  await ask(page, '/sources');
  await page
    .getByRole('link', { name: /wikipedia/i })
    .first()
    .waitFor();
  await button(page, 'Bad answer').click();
  await page.getByRole('textbox', { name: /What was wrong/ }).waitFor();
  await button(page, 'Read aloud').click();
  await button(page, 'Copy Markdown').waitFor();
  await ask(page, '/error');
  await button(page, 'Continue').waitFor();
  assert.deepEqual(problems, []);
  await page.context().close();
});

test('functions of the page, and an element of its own', async () => {
  const { page, problems } = await goTo('/');
  await page.evaluate(tools);
  await page.locator('rivulet-composer textarea').fill('/tools');
  await page.locator('rivulet-composer textarea').press('Enter');
  await button(page, 'Allow').click();
  await page.locator('rivulet-chat > time').waitFor({ state: 'attached' });
  await page.locator('rivulet-answer article[aria-busy=false]').waitFor();
  assert.deepEqual(problems, []);
  await page.context().close();
});

test('files of all kinds, drawn again after a reload', async () => {
  const { page, problems } = await goTo('/');
  await button(page, 'Attach files').waitFor();
  await page.locator('rivulet-attachments input[type=file]').setInputFiles([
    { name: 'noise.png', mimeType: 'image/png', buffer: noisePng(60, 40) },
    { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('Remember the milk.') },
    { name: 'prices.pdf', mimeType: 'application/pdf', buffer: Buffer.from(pdf([lines('Prices')])) },
  ]);
  await page.locator('rivulet-attachments li[aria-busy=false]').nth(2).waitFor();
  await ask(page, 'What is this?');
  await page.locator('.question canvas').waitFor();
  await page.reload();
  await page.locator('.question canvas').waitFor();
  assert.deepEqual(problems, []);
  await page.context().close();
});

test('all that is beside the conversation', async () => {
  const { page, problems } = await goTo('/');
  await ask(page, 'Hello');
  await button(page, 'Edit').click();
  await page.getByRole('textbox', { name: 'Your changed question' }).press('Enter');
  await button(page, 'Previous version').waitFor();
  await page.locator('#price').click({ clickCount: 3 });
  await button(page, 'Ask about this').click();
  await page.locator('rivulet-dock q').waitFor();
  await page.locator('rivulet-composer textarea').pressSequentially('/or');
  await page.getByRole('option', { name: '/order' }).waitFor();
  await page.locator('rivulet-composer textarea').press('Escape');
  await button(page, 'Dictate').click();
  await button(page, 'Menu').click();
  await page.getByRole('searchbox', { name: 'Search conversations' }).fill('hello');
  await page.getByText('1 conversation found').waitFor();
  await button(page, 'Shortcuts').click();
  await page.locator('rivulet-sheet table, rivulet-sheet dl').first().waitFor();
  await page.keyboard.press('Escape');
  await button(page, 'Talk to a person').click();
  await page.getByLabel('Email').fill('ann@example.com');
  await page.getByLabel('Message', { exact: true }).fill('Call me.');
  await button(page, 'Send').click();
  await page.getByText('Sent. Thank you.').waitFor();
  assert.deepEqual(problems, []);
  await page.context().close();
});

test('the popup, in another language and in the dark, and what a page that violates it would hear', async () => {
  const { page, problems } = await goTo('/popup');
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.locator('rivulet-launcher button').click();
  await ask(page, '/reasoning');
  assert.deepEqual(problems, []);
  await page.evaluate(() => {
    document.head.append(document.createElement('style'));
    document.querySelector('style')!.textContent = 'p { color: red }';
  });
  await eventually(
    async () => problems.join(),
    said => said.includes('violated: style-src'),
  );
  assert.match(problems.join(), /violated: style-src/);
  await page.context().close();
});
