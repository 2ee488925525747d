/** Files of the widget that somebody has changed, on a page with the tags and the policy that the command prints. */

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { widgetFiles } from '../bench/markdown/widget.ts';
import { launchBrowser, openPage } from '../support/browser.ts';
import { root } from '../support/clone.mjs';
import { noSettings, run } from '../support/program.ts';
import { startProxy, type TestProxy } from '../support/proxy.ts';
import { type Site, startSite } from '../support/site.ts';

let browser: Browser;
let proxy: TestProxy;
let site: Site;
/** The pages, by their paths: their tags name the address of the site, which is known when it has started. */
const pages: Parameters<typeof startSite>[0] = {};

before(async () => {
  browser = await launchBrowser();
  proxy = await startProxy();
  site = await startSite(pages);
  await addFiles('whole', /^$/);
  await addFiles('chunk', /\/answering-/);
  await addFiles('chat', /\/chat-/);
  await addFiles('script', /\/widget\.js$/);
});

after(async () => {
  await browser.close();
  site.close();
  await proxy.close();
});

/** The built files in a folder of the site, those of such names changed, and the page that loads them. */
async function addFiles(folder: string, changed: RegExp): Promise<void> {
  for (const [path, content] of widgetFiles(''))
    if (path.endsWith('.js')) {
      const html = `${changed.test(path) ? 'globalThis.wasChanged = true;' : ''}${content}`;
      const file = { html, headers: { 'Content-Type': 'text/javascript' } };
      // Also where a proxy has them for who could not load them.
      for (const place of ['/widget/', '/widget/again-0/'])
        pages[`/${folder}${path.replace('/widget/', place)}`] = file;
    }
  const cli = [join(root, 'dist/server/cli.js'), 'integrity', `${site.origin}/${folder}`];
  const { stdout } = await run(process.execPath, cli, { cwd: root, env: noSettings });
  const [, tags, scripts] = /^([^]*<\/script>)\n[^]*(script-src .*)\n$/.exec(stdout) ?? [];
  pages[`/${folder}`] = {
    html: `<!doctype html><html lang="en"><title>Site</title><rivulet-chat endpoint="${proxy.url}"></rivulet-chat>${tags}`,
    headers: {
      'Content-Security-Policy': `default-src 'none'; ${scripts}; connect-src ${proxy.url}; style-src 'self'`,
      'Integrity-Policy': 'blocked-destinations=(script)',
    },
  };
  // What browsers do by the tags alone.
  pages[`/${folder}/launcher`] = `<!doctype html><html lang="en"><title>Site</title><body>${tags}`;
}

async function goTo(path: string) {
  const watched = await openPage(browser);
  await watched.page.goto(site.origin + path);
  return watched;
}

const wasChanged = 'globalThis.wasChanged === undefined';

test('files that are as they were are run, late ones too', async () => {
  const { page, problems } = await goTo('/whole');
  await page.locator('rivulet-composer textarea').fill('/markdown');
  await page.locator('rivulet-composer textarea').press('Enter');
  await page.locator('rivulet-answer article[aria-busy=false]').waitFor();
  await page.locator('rivulet-answer math').first().waitFor();
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('searchbox').waitFor();
  assert.deepEqual(problems, []);
  await page.context().close();
});

test('of a changed chunk nothing is run, also when it is asked for again, and the chat says so', async () => {
  const { page } = await goTo('/chunk');
  await page.locator('rivulet-composer textarea').fill('Hello');
  await page.locator('rivulet-composer textarea').press('Enter');
  await page.getByRole('button', { name: 'Retry' }).click();
  await page.getByRole('button', { name: 'Retry' }).waitFor();
  assert.equal(await page.evaluate(wasChanged), true);
  await page.context().close();
});

test('of a changed chat nothing is run, however often it is asked for', async () => {
  const { page } = await goTo('/chat/launcher');
  const launcher = page.locator('rivulet-launcher button');
  for (let click = 0; click < 3; click += 1) {
    await launcher.click();
    await page.locator('rivulet-launcher button[aria-busy=false]').waitFor();
    await page.locator('rivulet-launcher [role=status]', { hasText: /\S/ }).waitFor();
  }
  assert.equal(await page.evaluate(wasChanged), true);
  await page.context().close();
});

test('of a changed script nothing is run, and the page is as it was', async () => {
  const { page, problems } = await goTo('/script');
  await page.waitForLoadState('load');
  assert.equal(await page.evaluate(`${wasChanged} && !customElements.get('rivulet-launcher')`), true);
  assert.match(problems.join(), /integrity/);
  await page.context().close();
});
