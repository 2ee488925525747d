/** What is known of an answer besides its text, with the proxy: thinking, figures, sources; and that all of it is kept. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { ask, isComplete, textOf } from '../support/kept-chat.ts';
import { startProxy, type TestProxy, upstreamSettings } from '../support/proxy.ts';
import { startSite } from '../support/site.ts';
import { startUpstream, type Upstream } from '../support/start-upstream.ts';
import { sourceShapes } from '../support/upstream/source-shapes.mjs';

/** Thinks in the text of its answer, with a time between two characters. */
const THINKING = 'think:40';

let browser: Browser;
let upstream: Upstream;
let proxy: TestProxy;
let site: Awaited<ReturnType<typeof startSite>>;

before(async () => {
  browser = await launchBrowser();
  upstream = await startUpstream();
  const { providers } = upstreamSettings(upstream.url, [
    { id: THINKING, price: { input: 1, output: 1, currency: 'EUR' } },
    ...Object.keys(sourceShapes).map(shape => `sources:${shape}`),
  ]) as { providers: object };
  proxy = await startProxy({ providers: { ...providers, demo: {} } });
  const page = (attributes: string) =>
    `<!doctype html><html lang="en"><title>Site</title><body style="height: 600px">` +
    `<rivulet-chat mode="inline" show-stats ${attributes}></rivulet-chat><script src="${proxy.url}/widget.js" async></script>`;
  site = await startSite({ '/': page(`model="${THINKING}"`), '/demo': page('model="rivulet-demo"') });
});
after(async () => {
  site.close();
  await browser.close();
  await proxy.close();
  await upstream.close();
});

async function open(path: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${site.origin}${path}`);
  return page;
}

const thought = (page: Page) => page.locator('rivulet-thinking summary');

test('thinking in the text is told from the answer, and both are whole where the page was left within the tag', async () => {
  const page = await open('/');
  await ask(page, 'Why?');
  await page.getByText('Let me see').waitFor();
  assert.match(await thought(page).innerText(), /^Thinking… \d+ s$/);
  assert.equal(await textOf(page), '');
  // It is kept, and the rest comes after the reload.
  await page.waitForTimeout(600);
  await page.reload();
  await isComplete(page);
  assert.equal(await textOf(page), 'So it is.');
  const line = await thought(page).innerText();
  assert.match(line, /^Thought for \d+ s$/);
  await thought(page).click();
  assert.equal(
    await page.locator('.thoughts').innerText(),
    'Let me see if anything ends here. </thinker> No.',
  );
  assert.equal((await upstream.stats()).requests, 1);

  await page.getByRole('button', { name: 'Figures of this answer' }).click();
  const figures = await page.locator('rivulet-stats dl').innerText();
  assert.match(figures, /€/);
  assert.match(figures, /Resumed once/);
  await page.waitForTimeout(300);
  await page.reload();
  await isComplete(page);
  assert.equal(await thought(page).innerText(), line, 'it was thought for as long after a reload');
  const cost = await eventually(
    () => page.locator('.figures').innerText(),
    text => text.includes('€'),
  );
  assert.match(cost, /€/);
});

test('sources are chips whichever way an upstream names them', async () => {
  const page = await open('/');
  for (const shape of Object.keys(sourceShapes)) {
    await page.locator('rivulet-chat').evaluate((chat, model) => {
      Object.assign(chat, { model });
      (chat as unknown as { newChat(): void }).newChat();
    }, `sources:${shape}`);
    await ask(page, shape);
    await isComplete(page);
    const chips = page.locator('rivulet-sources li');
    await chips.nth(1).waitFor();
    const said = (await chips.allInnerTexts()).map(text => text.split(/\s+/).filter(Boolean));
    const titles = shape === 'Perplexity, addresses alone' ? [[], []] : [['One'], ['第二']];
    assert.deepEqual(
      said,
      [
        ['1', ...titles[0]!, 'a.example'],
        ['2', ...titles[1]!, 'b.example'],
      ],
      shape,
    );
    assert.equal(await textOf(page), 'So it is.', shape);
  }
  await page.context().close();
});

test('the demo model shows sources, and thinks in its own field', async () => {
  const page = await open('/demo');
  await ask(page, '/sources');
  await isComplete(page);
  assert.deepEqual(await page.locator('rivulet-sources .host').allInnerTexts(), [
    'en.wikipedia.org',
    'html.spec.whatwg.org',
  ]);
  await page.waitForTimeout(300);
  await page.reload();
  await page.locator('rivulet-sources').waitFor();
  assert.equal(await page.locator('rivulet-sources a').count(), 2);
  await ask(page, '/reasoning');
  await page.locator('rivulet-thinking [open]').waitFor();
  await page.locator('rivulet-answer article[aria-busy=true]').waitFor({ state: 'detached' });
  assert.equal(await page.locator('rivulet-thinking [open]').count(), 0);
});
