/** The documentation as the proxy serves it: whole, found by keyboard, open to everyone, and true to the sources. */

import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { parts } from '../../demo/parts.ts';
import { settingsJsonSchema } from '../../server/config/schema.ts';
import { providers } from '../../server/config/providers.ts';
import { failureCodes } from '../../widget/conversation/failure-codes.ts';
import { axeFinds } from '../support/axe.ts';
import { launchBrowser, openPage } from '../support/browser.ts';
import { root } from '../support/clone.mjs';
import { startProxy, type TestProxy } from '../support/proxy.ts';

const folder = join(root, 'dist/docs');

let browser: Browser;
let proxy: TestProxy;
/** By their names in the folder. */
let pages: Map<string, string>;

before(async () => {
  [browser, proxy] = await Promise.all([launchBrowser(), startProxy()]);
  const names = (await readdir(folder)).filter(name => name.endsWith('.html'));
  const texts = names.map(async name => [name, await readFile(join(folder, name), 'utf8')] as const);
  pages = new Map(await Promise.all(texts));
});
after(async () => {
  await browser.close();
  await proxy.close();
});

/** As they are in the HTML. */
function values(html: string, attribute: string): string[] {
  return [...html.matchAll(new RegExp(` ${attribute}="([^"]*)"`, 'g'))].map(([, value]) => value!);
}

test('each guide has its page, and every link leads somewhere', async () => {
  const guides = (await readdir(join(root, 'demo/docs/guides'))).map(name => name.replace(/md$/, 'html'));
  assert.deepEqual(
    guides.filter(name => !pages.has(name)),
    [],
  );
  const files = await readdir(folder);
  for (const [name, html] of pages) {
    const ids = values(html, 'id');
    assert.deepEqual(
      ids.filter((id, index) => ids.indexOf(id) !== index),
      [],
      `${name} has an id twice`,
    );
    for (const target of [...values(html, 'href'), ...values(html, 'src')]) {
      if (/^https?:/.test(target)) continue;
      const [, path, id] = /^(?:\.\/)?([\w.-]*)(?:#(.+))?$/.exec(target) ?? [];
      assert.ok(path !== undefined && (path === '' || files.includes(path)), `${name} links to ${target}`);
      if (id) assert.ok(values(pages.get(path || name)!, 'id').includes(id), `${name} links to ${target}`);
    }
  }
});

test('the reference names all that the sources have', async () => {
  const manifest = JSON.parse(await readFile(join(root, 'dist/npm/custom-elements.json'), 'utf8'));
  const [{ attributes, members, events, slots, cssProperties }] = manifest.modules[0].declarations;
  const named = [...attributes, ...members, ...events, ...slots, ...cssProperties].map(({ name }) => name);
  expectNamed('element.html', [...named, ...parts.map(([name]) => name)]);
  expectNamed('settings.html', settingNames(settingsJsonSchema()));
  expectNamed('errors.html', Object.keys(failureCodes));
  const models = providers.flatMap(({ keyVariable, models }) => [keyVariable, ...models.map(({ id }) => id)]);
  expectNamed('models.html', models);
});

function expectNamed(page: string, names: readonly string[]): void {
  const codes = [...pages.get(page)!.matchAll(/<code>([^<]*)<\/code>/g)].map(([, code]) => code!);
  // A method stands there with what it takes, a setting with all that it is within.
  const has = (name: string) => codes.some(code => code.split(/[.(]/).includes(name) || code === name);
  assert.ok(names.length > 0);
  assert.deepEqual(
    names.filter(name => !has(name)),
    [],
  );
}

/** All names of properties, however deep. */
function settingNames(schema: object): string[] {
  return Object.entries(schema).flatMap(([key, value]) => {
    if (typeof value !== 'object' || value === null) return [];
    return [...(key === 'properties' ? Object.keys(value) : []), ...settingNames(value)];
  });
}

test('it is read without scripts, from any path', async () => {
  const { page } = await openPage(browser, { javaScriptEnabled: false });
  // Without the slash the proxy knows the way.
  const response = await page.goto(`${proxy.url}/docs`);
  assert.equal(page.url(), `${proxy.url}/docs/`);
  const { 'cache-control': cache, 'content-security-policy': policy = '' } = response!.headers();
  assert.equal(cache, 'no-cache');
  assert.match(policy, /^default-src 'none'; script-src 'self';/);
  await page.getByRole('link', { name: 'Next A chat in one minute' }).click();
  await page.getByRole('heading', { level: 1, name: 'A chat in one minute' }).waitFor();
  assert.equal(await page.getByRole('searchbox').isVisible(), false);
  await page.context().close();
});

test('the search is used by keyboard, and nothing breaks the policy', async () => {
  const { page, problems, requests } = await openPage(browser);
  await page.goto(`${proxy.url}/docs/`);
  await page.keyboard.press('/');
  await page.keyboard.type('tokensPerDayTo');
  await page.locator('search a').first().filter({ hasText: 'limits.tokensPerDayTotal' }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForURL(`${proxy.url}/docs/settings.html#limits-tokensperdaytotal`);
  await page.keyboard.press('/');
  await page.keyboard.type('zzzzzz');
  await page.getByText('Nothing has “zzzzzz”.').waitFor();
  await page.keyboard.press('Escape');
  assert.equal(await page.getByRole('searchbox').inputValue(), '');
  assert.deepEqual(
    requests.filter(url => !url.startsWith(`${proxy.url}/docs`)),
    [],
  );
  assert.deepEqual(problems, []);
  await page.context().close();
});

test('no page is wider than a narrow screen', async () => {
  const { page } = await openPage(browser, { viewport: { width: 320, height: 800 } });
  for (const name of pages.keys()) {
    await page.goto(`${proxy.url}/docs/${name}`);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    assert.equal(overflow, 0, name);
  }
  await page.context().close();
});

// A guide, and a reference with the results of a search: the others are made of the same.
for (const [name, colorScheme, width] of [
  ['self-hosting.html', 'light', 1280],
  ['models.html', 'dark', 1280],
  ['self-hosting.html', 'dark', 390],
] as const)
  test(`nobody is shut out of ${name}: ${colorScheme}, ${width} px wide`, async () => {
    const { page } = await openPage(browser, { colorScheme, viewport: { width, height: 800 } });
    await page.goto(`${proxy.url}/docs/${name}`);
    if (name === 'models.html') {
      await page.getByRole('searchbox').fill('deepseek');
      await page.getByRole('status').filter({ hasText: 'found' }).waitFor();
    }
    assert.deepEqual(await axeFinds(page, 'html'), []);
    await page.context().close();
  });
