/** The race on the demo page, as somebody runs it who wants to know which model to take. */

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { shutsNobodyOut } from '../support/axe.ts';
import { launchBrowser, openPage } from '../support/browser.ts';
import { startProxy, type TestProxy, upstreamSettings } from '../support/proxy.ts';
import { freePort } from '../support/program.ts';
import { startUpstream, type Upstream } from '../support/start-upstream.ts';

let browser: Browser;
let demo: TestProxy;
let upstream: Upstream;
let strict: TestProxy;

before(async () => {
  [browser, demo, upstream] = await Promise.all([launchBrowser(), startProxy(), startUpstream()]);
  const dead = `http://127.0.0.1:${await freePort()}/v1`;
  const { providers } = upstreamSettings(upstream.url, [
    { id: 'ok:20', price: { input: 1, output: 2 } },
    'ok:5:30',
  ]) as { providers: object };
  strict = await startProxy({
    providers: { ...providers, dead: { baseUrl: dead, apiKey: 'k', models: ['gone'] } },
    limits: { streamsPerClient: 1 },
    session: { secret: 'a secret of at least thirty-two characters', required: true },
  });
});
after(async () => {
  await browser.close();
  await Promise.all([demo.close(), strict.close()]);
  await upstream.close();
});

async function openRace(proxy: TestProxy, options?: BrowserContextOptions) {
  const opened = await openPage(browser, options);
  await opened.page.goto(`${proxy.url}/race.html`);
  await opened.page
    .getByRole('button', { name: 'Start the race' })
    .and(opened.page.locator(':enabled'))
    .waitFor();
  return opened;
}

async function ask(page: Page, question: string): Promise<void> {
  await page.getByLabel('Question').fill(question);
  await page.getByRole('button', { name: 'Start the race' }).press('Enter');
}

const lane = (page: Page, name: string): Locator =>
  page.locator('.lane').filter({ has: page.getByRole('heading', { name, exact: true }) });

async function column(page: Page, index: number): Promise<string[]> {
  const cells = page.locator(`#finish tbody tr > :nth-child(${index})`);
  await page.locator('#finish').waitFor();
  return cells.allInnerTexts();
}

test('several models are asked at once, what is over the limit waits, and a table and a picture are left', async () => {
  const { page, problems, requests } = await openRace(demo, {
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  await page.getByText('their delays are set').first().waitFor();
  await ask(page, '/cut');
  await lane(page, 'Demo, in no hurry').getByText('Waits for a place').waitFor();
  await lane(page, 'Demo').getByText('Cut at its length').waitFor();
  assert.match(await lane(page, 'Demo').innerText(), /First token\s+\d[\d,]* ms\s+Tokens a second\s+\d/);
  assert.match((await page.locator('#chart polyline').first().getAttribute('points')) ?? '', /^[\d. ,]+$/);

  assert.deepEqual((await column(page, 1)).toSorted(), [
    'Demo',
    'Demo, early but slow',
    'Demo, in no hurry',
    'Demo, late but quick',
  ]);
  const firsts = (await column(page, 2)).map(text => Number.parseInt(text.replace(',', '')));
  assert.deepEqual(
    firsts,
    firsts.toSorted((one, other) => one - other),
  );
  assert.deepEqual(new Set(await column(page, 4)), new Set(['14']));
  assert.deepEqual(new Set(await column(page, 5)), new Set(['free']));

  const speed = page.getByRole('columnheader', { name: 'Tokens/s' });
  await speed.getByRole('button').click();
  assert.equal(await speed.getAttribute('aria-sort'), 'ascending');
  assert.equal((await column(page, 1))[0], 'Demo, in no hurry');
  await speed.getByRole('button').click();
  assert.equal((await column(page, 1)).at(-1), 'Demo, in no hurry');

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download the picture' }).click(),
  ]);
  const png = await readFile(await download.path());
  assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [1200, 630]);
  await page.getByRole('button', { name: 'Copy the picture' }).click();
  await page.getByText('The picture is copied.').waitFor();
  const copied = await page.evaluate(async () => (await navigator.clipboard.read())[0]!.types);
  assert.deepEqual(copied, ['image/png']);
  assert.match(
    (await page.locator('canvas').getAttribute('aria-label')) ?? '',
    /Demo, late but quick: Cut at its length, first token/,
  );
  assert.deepEqual(problems, []);
  assert.deepEqual(
    requests.filter(url => !url.startsWith(demo.url) && !url.startsWith('blob:')),
    [],
  );
  await page.context().close();
});

test('one that is stopped leaves the others racing, and all can be stopped', async () => {
  const { page, problems } = await openRace(demo);
  await ask(page, '/long');
  await lane(page, 'Demo').locator('.answer p').first().waitFor();
  await page.getByRole('button', { name: 'Stop Demo', exact: true }).click();
  await lane(page, 'Demo').getByText('Stopped').waitFor();
  // Its place is given to who waited.
  await lane(page, 'Demo, in no hurry')
    .getByText(/Waits for its first token|Writes/)
    .waitFor();
  await lane(page, 'Demo, early but slow').getByText('Writes').waitFor();
  await page.getByRole('button', { name: 'Stop all' }).click();
  assert.deepEqual(new Set(await column(page, 6)), new Set(['Stopped']));
  assert.ok(
    await page
      .getByRole('button', { name: 'Start the race' })
      .evaluate(start => start === document.activeElement),
  );
  assert.deepEqual(problems, []);
  await page.context().close();
});

test('with sessions and one place for each visitor they race one after the other, and who fails is a failed row', async () => {
  const { page } = await openRace(strict);
  await page.getByText('Measured in one browser').first().waitFor();
  await ask(page, 'Hello');
  assert.deepEqual((await column(page, 1)).at(-1), 'gone');
  const ends = await column(page, 6);
  assert.deepEqual(ends.slice(0, 2), ['Complete', 'Complete']);
  assert.match(ends[2] ?? '', /^The model had a problem\. \(upstream_error\)$/);
  await page.getByRole('columnheader', { name: 'Cost' }).getByRole('button').click();
  assert.match((await column(page, 5))[0] ?? '', /^\$0\.0/);
  await page.context().close();
});

test('nobody is shut out: in the light, in the dark, on 320 px', async () => {
  const { page } = await openRace(demo, { reducedMotion: 'reduce' });
  await ask(page, '/cut');
  await page.locator('#finish').waitFor();
  await shutsNobodyOut(page);
  await page.context().close();
});
