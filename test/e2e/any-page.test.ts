/** Pages that would break a chat, and what a chat must not do to them. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, openPage } from '../support/browser.ts';
import { startProxy, type TestProxy } from '../support/proxy.ts';
import { type Site, startSite } from '../support/site.ts';

let browser: Browser;
let proxy: TestProxy;
let site: Site;

const hostileStyles = `<style>
  * { all: unset !important }
  *, *::before, *::after { box-sizing: content-box !important; position: static !important }
  html { font-size: 62.5% !important }
  body { font: italic 5px/4 cursive !important; letter-spacing: 9px !important; text-transform: uppercase !important;
    text-align: right !important; white-space: pre !important; color: red !important; cursor: wait !important;
    visibility: hidden !important; pointer-events: none !important; user-select: none !important }
  button, textarea, svg, div, p, h2, article, form { display: none !important }
</style>`;

/** As old libraries, polyfills and monitors do, on the sites that have them. */
const hostileScripts = `<script>
  window.define = () => { throw new Error('the page has an AMD loader') };
  define.amd = {};
  window.exports = {}; window.module = { exports };
  for (const { prototype } of [Object, Array, String, Function, Number]) prototype.inherited = () => 'by all of them';
  Array.prototype.toJSON = String.prototype.toJSON = function () { return '"' + this + '"' };
  Array.from = list => { const copy = []; for (let i = 0; i < (list.length || 0); i += 1) copy[i] = list[i]; return copy };
  const { Promise: NativePromise, fetch: nativeFetch } = window;
  window.Promise = class extends NativePromise {
    then(...rest) { return super.then(...rest.map(then => then && (value => then(value)))) }
  };
  window.fetch = (...request) => new Promise((resolve, reject) => nativeFetch(...request).then(resolve, reject));
  window.$ = window.h = window.html = window._ = window.process = window.global = 'of the page';
  window.name = window.status = 'of the page';
</script>`;

before(async () => {
  browser = await launchBrowser();
  proxy = await startProxy({ widget: { title: 'Ask the demo' } });
  const tag = (attributes = '') => `<script src="${proxy.url}/widget.js" async ${attributes}></script>`;
  const page = (head: string, body: string) =>
    `<!doctype html><html lang="en"><title>Site</title><meta name="viewport" content="width=device-width">${head}<body>${body}`;
  const inline = '<rivulet-chat mode="inline"></rivulet-chat>';
  site = await startSite({
    '/popup': page('', tag()),
    '/popup/styles': page(hostileStyles, tag()),
    '/inline': page('<style>body { margin: 0 }</style>', inline + tag()),
    '/inline/styles': page(hostileStyles, inline + tag()),
    '/popup/scripts': page(hostileScripts, tag()),
    '/shortcuts': page(
      '',
      `${inline}${tag()}<script>
      window.keys = [];
      addEventListener('keydown', event => {
        keys.push(event.key);
        if (event.key.length === 1 && !event.ctrlKey) event.preventDefault();
      });
    </script>`,
    ),
  });
});

after(async () => {
  await browser.close();
  site.close();
  await proxy.close();
});

async function play(path: string): Promise<{ page: Page; problems: string[] }> {
  const { page, problems } = await openPage(browser, { viewport: { width: 1000, height: 800 } });
  await page.goto(`${site.origin}${path}`);
  if (path.startsWith('/popup')) await page.getByRole('button', { name: 'Open the chat' }).click();
  await page.locator('rivulet-composer textarea').fill('/markdown');
  await page.locator('rivulet-composer textarea').press('Enter');
  await page.locator('rivulet-answer article[aria-busy=false]').waitFor();
  await page.locator('rivulet-answer-actions button').first().waitFor();
  return { page, problems };
}

/** What a page could change of the looks of a part. */
const looksOf = [
  ...[
    'display',
    'position',
    'font',
    'color',
    'letterSpacing',
    'textTransform',
    'textAlign',
    'whiteSpace',
    'cursor',
  ],
  ...['visibility', 'pointerEvents', 'userSelect', 'opacity'],
];

/**
 * The looks of all parts, and where they are: in the window, or in an inline chat, which the page may put anywhere. Given to
 * the page as text: it names no function inside.
 */
function looks(page: Page): Promise<string[]> {
  return page.locator('rivulet-chat').evaluate((chat, looksOf) => {
    for (const animation of document.getAnimations()) animation.finish();
    const found: string[] = [];
    const panel = chat.shadowRoot!.querySelector('rivulet-panel')!;
    const origin = chat.getAttribute('mode') === 'inline' ? panel.getBoundingClientRect() : new DOMRect();
    const roots: ParentNode[] = [panel, panel.shadowRoot!];
    const launcher = chat.querySelector('rivulet-launcher');
    if (launcher) roots.push(launcher.shadowRoot!);
    for (let root = roots.pop(); root; root = roots.pop())
      for (const element of root.querySelectorAll('*')) {
        const { x, y, width, height } = element.getBoundingClientRect();
        const isShown = element.getClientRects().length > 0;
        const style = getComputedStyle(element) as unknown as Record<string, string>;
        const place = isShown ? [x - origin.x, y - origin.y, width, height].map(Math.round) : [];
        found.push([element.localName, ...place, ...looksOf.map(name => style[name])].join(' '));
        if (element.shadowRoot) roots.push(element.shadowRoot);
      }
    return found;
  }, looksOf);
}

/** What nobody sees is there for screen readers. */
async function speaks(page: Page): Promise<void> {
  const regions = page.locator('rivulet-chat [aria-live=polite]');
  const displays = await regions.evaluateAll(all => all.map(region => getComputedStyle(region).display));
  assert.ok(displays.length > 0 && !displays.includes('none'), displays.join());
}

for (const form of ['popup', 'inline'])
  test(`what a page says of all elements changes nothing of the ${form}`, async () => {
    const plain = await play(`/${form}`);
    const hostile = await play(`/${form}/styles`);
    const [expected, actual] = [await looks(plain.page), await looks(hostile.page)];
    assert.deepEqual(actual, expected);
    await speaks(hostile.page);
    assert.deepEqual(hostile.problems, []);
    await plain.page.context().close();
    await hostile.page.context().close();
  });

test('what a page has made of the platform changes nothing', async () => {
  const { page, problems } = await play('/popup/scripts');
  assert.deepEqual(problems, []);
  await page.context().close();
});

test('what is typed is no shortcut of the page, and shortcuts of the page are', async () => {
  const { page } = await play('/shortcuts');
  const seen = () => page.evaluate(() => (globalThis as unknown as { keys: string[] }).keys.splice(0));
  await seen();
  const composer = page.locator('rivulet-composer textarea');
  await composer.pressSequentially('/s? j');
  await composer.press('ArrowLeft');
  await composer.press('Backspace');
  assert.equal(await composer.inputValue(), '/s?j');
  assert.deepEqual(await seen(), []);
  for (const key of ['Control+k', 'F2', 'Escape']) await composer.press(key);
  assert.deepEqual(await seen(), ['Control', 'k', 'F2', 'Escape']);
  await page.getByRole('button', { name: 'New chat' }).press('j');
  assert.deepEqual(await seen(), ['j']);
  await page.context().close();
});
