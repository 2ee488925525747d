/** The whole: a page of another origin, the script tag, the proxy and an upstream, in a real browser. */

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import type { Browser, Locator, Page } from 'playwright-core';
import { launchBrowser, openPage } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { startProxy, type TestProxy, upstreamSettings } from '../support/proxy.ts';
import { recording, startPlainServer } from '../support/plain-server.ts';
import { type Site, startSite } from '../support/site.ts';
import { startUpstream } from '../support/start-upstream.ts';
import { strictPolicy } from '../support/strict-policy.ts';

let browser: Browser;
let upstream: Awaited<ReturnType<typeof startUpstream>>;
/** With the built-in demo model. */
let demo: TestProxy;
/** With the upstream that misbehaves. */
let proxy: TestProxy;
let site: Site;
/** An OpenAI-compatible server without anything of ours, open to all pages as Ollama can be. */
let plain: Awaited<ReturnType<typeof startPlainServer>>;

const models = ['ok', 'ok:400:20', 'reset-midway', '401', '429', 'empty', 'hang-before-first'];

before(async () => {
  browser = await launchBrowser();
  upstream = await startUpstream();
  demo = await startProxy({ widget: { title: 'Ask the demo' } });
  proxy = await startProxy(upstreamSettings(upstream.url, models, { resume: { graceSeconds: 1 } }));
  plain = await startPlainServer();
  const tag = (attributes: string) => `<script src="${demo.url}/widget.js" ${attributes}></script>`;
  const page = (body: string) =>
    `<!doctype html><html lang="en"><title>Site</title><body><h1>A site</h1>${body}`;
  const strict = (html: string) => ({ html, headers: strictPolicy(demo) });
  site = await startSite({
    '/classic': strict(page(tag('async data-greeting="Hello from the tag"'))),
    '/module': strict(page(tag('type="module" data-greeting="Hello from the tag"'))),
    '/inline': page(`<rivulet-chat mode="inline"></rivulet-chat>${tag('async')}`),
    '/other': page(`<rivulet-chat mode="inline" endpoint="${proxy.url}"></rivulet-chat>${tag('async')}`),
    '/plain': page(
      `<rivulet-chat mode="inline" endpoint="${plain.url}" model="qwen3:8b"></rivulet-chat>${tag('async')}`,
    ),
  });
});

after(async () => {
  await browser.close();
  site.close();
  plain.close();
  await Promise.all([demo.close(), proxy.close(), upstream.close()]);
});

const composer = (page: Page): Locator => page.locator('rivulet-composer textarea');
const answer = (page: Page): Locator => page.locator('rivulet-answer').last();
const button = (page: Page, name: string | RegExp): Locator => page.getByRole('button', { name });

async function ask(page: Page, question: string): Promise<void> {
  await composer(page).fill(question);
  await composer(page).press('Enter');
}

async function isComplete(page: Page): Promise<void> {
  await page.locator('rivulet-answer article[aria-busy=false]').last().waitFor();
}

/** Waits until the last answer has so many characters. */
async function hasText(page: Page, length: number): Promise<void> {
  const text = await eventually(
    () => answer(page).locator('.text').innerText(),
    text => text.length >= length,
  );
  assert.ok(text.length >= length, text);
}

async function upstreamSees(expected: { aborted: number; answering: number }): Promise<void> {
  const { aborted, answering } = await eventually(
    () => upstream.stats(),
    stats => stats.aborted === expected.aborted && stats.answering === expected.answering,
  );
  assert.deepEqual({ aborted, answering }, expected);
}

for (const kind of ['classic', 'module']) {
  test(`a ${kind} script tag gives a page of another origin the chat, under a strict policy, from nobody else`, async () => {
    const { page, problems, requests } = await openPage(browser);
    await page.goto(`${site.origin}/${kind}`);
    await button(page, 'Open the chat').click();
    await page.getByText('Hello from the tag').waitFor();
    await page.getByText('Ask the demo').waitFor();
    await ask(page, '用中文介绍一下 😀');
    await isComplete(page);
    assert.match(await answer(page).innerText(), /演示模型[\s\S]*😀/);
    assert.deepEqual(problems, []);
    const origins = new Set(requests.map(url => new URL(url).origin));
    assert.deepEqual(origins, new Set([site.origin, demo.url]));
    await page.context().close();
  });
}

test('all that an answer can be written with shows under a strict policy, and an image is fetched by a click alone', async () => {
  const { page, problems, requests } = await openPage(browser);
  await page.goto(`${site.origin}/classic`);
  await button(page, 'Open the chat').click();
  await ask(page, '/markdown');
  await isComplete(page);
  const text = answer(page).locator('.text');
  await text.locator('.hljs-keyword, .keyword').first().waitFor();
  await text.locator('math').nth(1).waitFor();
  assert.equal(await text.locator('tbody tr').count(), 2);
  assert.equal(await text.locator('a').getAttribute('rel'), 'noopener noreferrer nofollow');
  assert.equal(await text.locator('input[type=checkbox]').count(), 2);
  assert.match(await text.locator('.footnotes').innerText(), /Notes stand at the end/);
  assert.deepEqual(problems, []);
  const origins = new Set(requests.map(url => new URL(url).origin));
  assert.deepEqual(origins, new Set([site.origin, demo.url]));
  await button(page, /Load image from example.com/).click();
  // The page's policy allows no image, and says so: it was asked for now.
  await eventually(
    async () => problems.join(),
    said => said.includes('example.com'),
  );
  assert.match(problems.join(), /example\.com\/stream\.jpg/);
  await page.context().close();
});

test('an answer is copied by buttons that come when it has ended, and show under others where one points', async () => {
  const { page, problems } = await openPage(browser, {
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  await page.goto(`${site.origin}/classic`);
  await button(page, 'Open the chat').click();
  await ask(page, '/markdown');
  await hasText(page, 200);
  assert.equal(await button(page, 'Copy Markdown').count(), 0);
  await isComplete(page);
  await button(page, 'Copy Markdown').click();
  await button(page, 'Copied').waitFor();
  const written = await page.evaluate(() => navigator.clipboard.readText());
  for (const part of ['# ', '| ', '[^', '- [x]', '```']) assert.ok(written.includes(part), part);
  await ask(page, 'Hello');
  const first = page.locator('rivulet-answer').first();
  const opacity = () => first.locator('.actions').evaluate(element => getComputedStyle(element).opacity);
  await page.mouse.move(0, 0);
  assert.equal(await eventually(opacity, value => value === '0'), '0');
  await first.hover();
  assert.equal(await eventually(opacity, value => value === '1'), '1');
  assert.deepEqual(problems, []);
  await page.context().close();
});

test('a page with the element gets no launcher', async () => {
  const { page, problems } = await openPage(browser);
  await page.goto(`${site.origin}/inline`);
  await ask(page, 'Hello');
  await isComplete(page);
  assert.match(await answer(page).innerText(), /built-in demo model/);
  assert.equal(await page.locator('rivulet-launcher').count(), 0);
  assert.deepEqual(problems, []);
  await page.context().close();
});

test('an ordinary OpenAI-compatible server answers too', async () => {
  const { page } = await openPage(browser);
  await page.goto(`${site.origin}/plain`);
  await ask(page, 'Hello');
  await isComplete(page);
  const { content } = JSON.parse(await readFile(recording('ollama.json'), 'utf8')) as { content: string };
  const words = (text: string) => text.replace(/\s+/g, ' ').trim();
  // What it is written in may come after its end.
  const shown = await eventually(
    async () => words(await answer(page).locator('.text').innerText()),
    text => text === words(content),
  );
  assert.equal(shown, words(content));
  assert.equal(await page.locator('rivulet-note').count(), 0);
  await page.context().close();
});

async function openOther(model: string) {
  await upstream.reset();
  const watched = await openPage(browser);
  await watched.page.goto(`${site.origin}/other`);
  await watched.page
    .locator('rivulet-chat')
    .evaluate((chat, model) => chat.setAttribute('model', model), model);
  return watched;
}

test('Stop ends the request to the upstream and keeps what has arrived', async () => {
  const { page } = await openOther('ok:400:20');
  await ask(page, 'Hello');
  await hasText(page, 10);
  await button(page, 'Stop the answer').click();
  await page.getByText('Stopped.', { exact: true }).first().waitFor();
  const kept = await answer(page).locator('.text').innerText();
  await upstreamSees({ aborted: 1, answering: 0 });
  assert.equal(await answer(page).locator('.text').innerText(), kept, 'no late token');
  // A second question, and a second Stop.
  await ask(page, 'Again');
  await hasText(page, 10);
  await button(page, 'Stop the answer').click();
  await upstreamSees({ aborted: 2, answering: 0 });
  await page.context().close();
});

test('a visitor who leaves and does not come back ends the request to the upstream', async () => {
  const { page } = await openOther('hang-before-first');
  await ask(page, 'Hello');
  await upstreamSees({ aborted: 0, answering: 1 });
  await page.close();
  await upstreamSees({ aborted: 1, answering: 0 });
});

test('new chat while an answer streams: nothing of the old one shows', async () => {
  const { page } = await openOther('ok:400:20');
  await ask(page, 'Hello');
  await hasText(page, 10);
  await button(page, 'New chat').click();
  await eventually(
    () => page.locator('rivulet-answer').count(),
    count => count === 0,
  );
  await page.waitForTimeout(200);
  assert.equal(await page.locator('rivulet-answer').count(), 0);
  // It goes on where it was asked, and can be come back to.
  await upstreamSees({ aborted: 0, answering: 1 });
  await page.context().close();
});

test('a connection that breaks in the middle keeps the text and offers to continue', async () => {
  const { page } = await openOther('reset-midway');
  await ask(page, 'Hello');
  await button(page, 'Continue').waitFor();
  const before = await answer(page).locator('.text').innerText();
  assert.notEqual(before.trim(), '');
  await page.locator('rivulet-chat').evaluate(chat => chat.setAttribute('model', 'ok'));
  await button(page, 'Continue').click();
  await isComplete(page);
  await hasText(page, before.length + 1);
  assert.equal(await page.locator('.question').count(), 1, 'what asks to go on is not shown');
  await page.context().close();
});

for (const [model, words, remedy] of [
  ['401', /not set up right/, 'Retry'],
  ['429', /too much to do/, /Try again in|Retry/],
  ['empty', /No answer came/, 'Retry'],
] as const) {
  test(`an upstream that answers ${model} is put into plain words with one button`, async () => {
    const { page } = await openOther(model);
    await ask(page, 'Hello');
    await answer(page).getByText(words).waitFor();
    await answer(page).getByRole('button', { name: remedy }).waitFor();
    const text = await page.locator('rivulet-chat').innerText();
    assert.doesNotMatch(text, /undefined|null|\[object|error_|sk-|Error:/);
    await page.context().close();
  });
}

test('a question without a network waits, and goes out once when there is one', async () => {
  const { page } = await openOther('ok');
  await ask(page, 'first');
  await isComplete(page);
  await page.context().setOffline(true);
  await ask(page, 'second');
  const waiting = answer(page).getByText('Waiting to be sent.');
  await waiting.waitFor();
  await page.context().setOffline(false);
  await waiting.waitFor({ state: 'detached' });
  await isComplete(page);
  assert.equal(await page.locator('.question').count(), 2);
  assert.equal((await upstream.stats()).requests, 2);
  await page.context().close();
});

test('an Enter that belongs to an input method sends nothing', async () => {
  const { page } = await openOther('ok');
  await composer(page).focus();
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Input.imeSetComposition', { text: 'ni hao', selectionStart: 6, selectionEnd: 6 });
  await devtools.send('Input.dispatchKeyEvent', {
    type: 'rawKeyDown',
    key: 'Enter',
    code: 'Enter',
    windowsVirtualKeyCode: 229,
  });
  await devtools.send('Input.insertText', { text: '你好' });
  assert.equal(await page.locator('.question').count(), 0);
  assert.equal(await composer(page).inputValue(), '你好');
  await composer(page).press('Enter');
  await isComplete(page);
  assert.equal(await page.locator('.question').innerText(), '你好');
  await page.context().close();
});

test('the demo page shows the tag to paste, the models and the situations', async () => {
  const { page, problems } = await openPage(browser);
  await page.goto(demo.url);
  assert.equal(await page.locator('#tag').innerText(), `<script src="${demo.url}/widget.js" async></script>`);
  await page.getByRole('cell', { name: 'Demo', exact: true }).waitFor();
  await page.locator('rivulet-chat').getByRole('button', { name: 'Demo' }).click();
  await page.getByRole('radio', { name: 'Demo, in no hurry' }).waitFor();
  await page.keyboard.press('Escape');
  await button(page, 'Cut at its length').click();
  await answer(page).getByText('The answer was cut at its length limit.').waitFor();
  await page.goto(`${demo.url}/embed.html`);
  await button(page, 'Open the chat').click();
  await composer(page).waitFor();
  assert.deepEqual(problems, []);
  await page.context().close();
});

test('a site that is not allowed is told so in words', async () => {
  const closed = await startProxy({ allowedOrigins: ['https://example.com'] });
  const { page } = await openPage(browser);
  await page.goto(`${site.origin}/other`);
  await page.locator('rivulet-chat').evaluate((chat, url) => chat.setAttribute('endpoint', url), closed.url);
  await ask(page, 'Hello');
  await answer(page).getByText('This chat is not set up for this site.').waitFor();
  await page.context().close();
  await closed.close();
});
