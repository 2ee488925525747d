/** The built widget in a Firefox: what a visitor does most, and no error on the way. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import puppeteer, { type Browser, type ElementHandle, type Page } from 'puppeteer-core';
import { eventually } from '../support/eventually.ts';
import { startProxy, type TestProxy } from '../support/proxy.ts';
import { type Site, startSite } from '../support/site.ts';
import { strictPolicy } from '../support/strict-policy.ts';
import { ensureFirefox } from '../support/system.mjs';

/** Longer than the demo model takes on the slowest machine. */
const WAIT_MS = 15_000;

let browser: Browser;
let proxy: TestProxy;
let site: Site;

before(async () => {
  browser = await puppeteer.launch({ browser: 'firefox', executablePath: ensureFirefox() });
  proxy = await startProxy({ resume: { graceSeconds: 30 } });
  const html = `<!doctype html><html lang="en"><title>Site</title><body><script src="${proxy.url}/widget.js" async></script>`;
  site = await startSite({ '/': { html, headers: strictPolicy(proxy) } });
});

after(async () => {
  await browser.close();
  site.close();
  await proxy.close();
});

/** For a visitor who was never there; fails where something went wrong in the page. */
async function visit(url: string, act: (page: Page) => Promise<void>): Promise<void> {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  const problems: string[] = [];
  const tell = (problem: string) => {
    // Firefox asks for the icon of a page that has none, and its policy says no.
    if (!problem.includes('/favicon.ico')) problems.push(problem);
  };
  page.on('pageerror', error => tell(String(error)));
  page.on('console', message => message.type() === 'error' && tell(message.text()));
  await page.goto(url);
  await act(page);
  assert.deepEqual(problems, []);
  await context.close();
}

/** Also in the trees below. */
async function find(page: Page, selector: string): Promise<ElementHandle<HTMLElement>> {
  const found = await page.waitForSelector(`html >>> ${selector}`, { timeout: WAIT_MS });
  return found as ElementHandle<HTMLElement>;
}

async function click(page: Page, selector: string): Promise<void> {
  const found = await find(page, selector);
  await found.click();
}

const openPopup = (page: Page) => click(page, 'rivulet-launcher >>> button');

/** Types it, as `fill` would not. */
async function ask(page: Page, question: string): Promise<void> {
  await click(page, 'rivulet-composer >>> textarea');
  await page.keyboard.type(question);
  await page.keyboard.press('Enter');
}

async function textsOf(page: Page, selector: string): Promise<string[]> {
  return page.$$eval(`html >>> ${selector}`, found => found.map(({ textContent }) => textContent!.trim()));
}

/** The text of so many answers that have ended. */
async function answers(page: Page, count: number): Promise<string[]> {
  const look = () => textsOf(page, 'rivulet-answer article[aria-busy=false] .text');
  const texts = await eventually(look, texts => texts.length === count && !texts.includes(''), WAIT_MS);
  assert.equal(texts.length, count);
  return texts;
}

test('the demo page answers with all that Markdown has, and from right to left where its language is', () =>
  visit(`${proxy.url}/`, async page => {
    await ask(page, '/markdown');
    assert.match((await answers(page, 1))[0]!, /Notes stand at the end/);
    for (const part of ['table', 'math', '.footnotes']) await find(page, `rivulet-answer ${part}`);
    await page.select('#language', 'ar');
    const composer = await find(page, 'rivulet-composer >>> textarea[placeholder*="ا"]');
    assert.equal(await composer.evaluate(element => getComputedStyle(element).direction), 'rtl');
  }));

test('an answer in the popup is stopped, and what has arrived stays', () =>
  visit(site.origin, async page => {
    await openPopup(page);
    await ask(page, '/hang');
    await find(page, 'rivulet-answer .text p');
    await click(page, '[aria-label="Stop the answer"]');
    assert.match((await answers(page, 1))[0]!, /Paragraph 1/);
  }));

test('an answer goes on after a reload, and has each word once', () =>
  visit(site.origin, async page => {
    await openPopup(page);
    await ask(page, 'Hello');
    await find(page, 'rivulet-answer .text p');
    await page.reload();
    await answers(page, 1);
    await ask(page, 'Hello');
    const [resumed, whole] = await answers(page, 2);
    assert.equal(resumed, whole);
  }));

// It remembers that a file could not be loaded, and asks for it no more by that address.
test('a chat whose file failed once is there all the same, with all that comes later', async () => {
  const page = await (await browser.createBrowserContext()).newPage();
  await page.setRequestInterception(true);
  page.on('request', request => {
    if (/\/widget\/chat-/.test(request.url())) void request.abort();
    else void request.continue();
  });
  await page.goto(site.origin);
  await openPopup(page);
  await ask(page, 'Hello');
  await answers(page, 1);
  await click(page, '[aria-label="Menu"]');
  await find(page, 'rivulet-sheet >>> [role=dialog][aria-label="Menu"]');
  await page.browserContext().close();
});

test('Enter that ends a composition sends nothing, and the next one all of it', () =>
  visit(site.origin, async page => {
    await openPopup(page);
    await click(page, 'rivulet-composer >>> textarea');
    await page.keyboard.type('你好');
    const composer = await find(page, 'rivulet-composer >>> textarea');
    // Firefox says that the key was pressed before it says that the composition has ended.
    await composer.evaluate(element => {
      const key = {
        key: 'Enter',
        keyCode: 229,
        isComposing: true,
        bubbles: true,
        composed: true,
        cancelable: true,
      };
      element.dispatchEvent(new CompositionEvent('compositionstart', { bubbles: true, composed: true }));
      element.dispatchEvent(new KeyboardEvent('keydown', key));
      element.dispatchEvent(
        new CompositionEvent('compositionend', { bubbles: true, composed: true, data: '你好' }),
      );
    });
    await page.keyboard.type('吗');
    assert.deepEqual(await textsOf(page, '.question p'), []);
    await page.keyboard.press('Enter');
    assert.match((await answers(page, 1))[0]!, /\p{Script=Han}/u);
    assert.match((await textsOf(page, '.question p'))[0] ?? '', /你好吗/);
  }));
