/** The built widget in the language of its page: what it loads for that, under a strict policy, and that it all fits. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, openPage } from '../support/browser.ts';
import { ask, isComplete } from '../support/kept-chat.ts';
import { startProxy, type TestProxy } from '../support/proxy.ts';
import { type Site, startSite } from '../support/site.ts';
import { strictPolicy } from '../support/strict-policy.ts';

let browser: Browser;
let proxy: TestProxy;
let site: Site;

before(async () => {
  browser = await launchBrowser();
  proxy = await startProxy();
  const page = (lang: string) => ({
    html: `<!doctype html><html${lang}><meta name="viewport" content="width=device-width"><title>Site</title><body><script src="${proxy.url}/widget.js" async></script>`,
    headers: strictPolicy(proxy),
  });
  site = await startSite({
    '/none': page(''),
    '/en': page(' lang="en-GB"'),
    '/de': page(' lang="de-CH"'),
    '/fi': page(' lang="fi"'),
    '/ar': page(' lang="ar" dir="rtl"'),
  });
});

after(async () => {
  await browser.close();
  site.close();
  await proxy.close();
});

const languageFiles = (requests: readonly string[]) =>
  requests.flatMap(url => /\/widget\/((?:languages|[a-z]{2}|zh-\w+)-[\w-]{7}\.js)$/.exec(url)?.[1] ?? []);

const names = (files: readonly string[]) => files.map(file => file.replace(/-[\w-]{7}\.js$/, '')).sort();

test('a page in English, or in no language, loads none', async () => {
  for (const path of ['/none', '/en']) {
    const { page, problems, requests } = await openPage(browser);
    await page.goto(site.origin + path);
    await page.getByRole('button', { name: 'Open the chat' }).click();
    await ask(page, '/markdown');
    await isComplete(page);
    await page.getByRole('button', { name: 'Menu' }).click();
    await page.getByRole('button', { name: 'Shortcuts' }).waitFor();
    assert.deepEqual(languageFiles(requests), []);
    assert.deepEqual(problems, []);
    await page.context().close();
  }
});

test('a page in another language loads that alone, once, for the launcher and all that comes after it', async () => {
  const { page, problems, requests } = await openPage(browser);
  await page.goto(`${site.origin}/de`);
  await page.getByRole('button', { name: 'Chat öffnen' }).click();
  await page.getByRole('textbox', { name: 'Ihre Nachricht' }).waitFor();
  await ask(page, '/markdown');
  await page.getByRole('button', { name: 'Neu antworten', exact: true }).waitFor();
  await page.getByRole('button', { name: 'Code kopieren' }).first().waitFor();
  await page.getByRole('button', { name: 'Tabelle kopieren' }).first().waitFor();
  await page.getByRole('button', { name: 'Menü' }).click();
  await page.getByRole('dialog', { name: 'Menü' }).getByText('Heute').waitFor();
  await page.getByRole('button', { name: 'Tastenkürzel' }).click();
  await page.getByText('Im leeren Feld: die Befehle').waitFor();
  assert.deepEqual(names(languageFiles(requests)), ['de', 'languages']);
  assert.deepEqual(problems, []);
  await page.context().close();
});

test('the launcher is there and keeps the focus while the chat waits for its language', async () => {
  const { page, problems } = await openPage(browser);
  let speak = () => {};
  const spoken = new Promise<void>(resolve => (speak = resolve));
  await page.route(/\/widget\/de-/, async route => {
    await spoken;
    await route.continue();
  });
  await page.goto(`${site.origin}/de`);
  await page.keyboard.press('Tab');
  await page.waitForFunction(() => document.querySelector('rivulet-chat')?.shadowRoot);
  // What would take the focus away does so with a frame.
  await page.evaluate(() => new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve))));
  assert.equal(await page.evaluate(() => document.activeElement?.localName), 'rivulet-launcher');
  await page.keyboard.press('Enter');
  speak();
  await page.getByRole('textbox', { name: 'Ihre Nachricht' }).waitFor();
  await page.waitForFunction(() => document.activeElement?.localName === 'rivulet-chat');
  assert.deepEqual(problems, []);
  await page.context().close();
});

test('the chat speaks the language of its page also where its own code is there first', async () => {
  const { page, problems } = await openPage(browser);
  let come = () => {};
  const chat = new Promise<void>(resolve => (come = resolve));
  await page.route(/\/widget\/languages-/, async route => {
    await chat;
    await route.continue();
  });
  await page.goto(`${site.origin}/de`);
  await page.keyboard.press('Tab');
  await page.waitForFunction(() => document.querySelector('rivulet-chat')?.shadowRoot);
  come();
  await page.keyboard.press('Enter');
  await page.getByRole('textbox', { name: 'Ihre Nachricht' }).waitFor();
  assert.deepEqual(problems, []);
  await page.context().close();
});

test('a page in a language that there is not has English', async () => {
  const { page, problems, requests } = await openPage(browser);
  await page.goto(`${site.origin}/fi`);
  await page.getByRole('button', { name: 'Open the chat' }).click();
  await page.getByRole('textbox', { name: 'Your message' }).waitFor();
  assert.deepEqual(names(languageFiles(requests)), ['languages']);
  assert.deepEqual(problems, []);
  await page.context().close();
});

test('the longest words fit into the narrowest screen, in every part, and what is read from the right is mirrored', async () => {
  const { page } = await openPage(browser, { viewport: { width: 320, height: 640 } });
  await page.goto(`${site.origin}/ar`);
  await page.getByRole('button', { name: 'فتح الدردشة' }).click();
  await ask(page, '/reasoning');
  await isComplete(page);
  const send = (await page.locator('rivulet-composer .round').boundingBox())!;
  assert.ok(send.x < 100, `the button is at ${send.x}`);
  const parts = ['chat', 'menu', 'models', 'help'] as const;
  for (const part of parts) {
    await show(page, part);
    for (const lang of [
      'ar',
      'de',
      'ru',
      'vi',
      'hi',
      'fr',
      'pt',
      'tr',
      'id',
      'es',
      'he',
      'ja',
      'ko',
      'zh-Hans',
    ]) {
      await page.evaluate(lang => document.documentElement.setAttribute('lang', lang), lang);
      await page.locator(`rivulet-panel[lang="${lang}"]`).waitFor();
      assert.deepEqual(await overflowing(page), [], `${part} in ${lang}`);
    }
  }
  await page.context().close();
});

/** By the chat's own wishes: the names of the buttons change. */
async function show(page: Page, sheet: string): Promise<void> {
  if (sheet === 'chat') return;
  await page.locator('rivulet-panel').evaluate((panel, sheet) => {
    const wish = { type: 'show', sheet };
    panel.dispatchEvent(new CustomEvent('act', { detail: wish, bubbles: true, composed: true }));
  }, sheet);
  await page
    .locator({ menu: 'rivulet-history', models: 'rivulet-models table', help: 'rivulet-help dl' }[sheet]!)
    .first()
    .waitFor();
}

/** What is wider than the screen, or than the part that it is in, and cannot be scrolled there. */
async function overflowing(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    await new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve)));
    const found: string[] = [];
    const roots: ParentNode[] = [document.querySelector('rivulet-chat')!.shadowRoot!];
    for (const root of roots)
      for (const element of root.querySelectorAll<HTMLElement>('*')) {
        if (element.shadowRoot) roots.push(element.shadowRoot);
        const { left, right, width } = element.getBoundingClientRect();
        const isOut = width > 2 && (left < -1 || right > innerWidth + 1);
        if (isOut && !element.closest('.spoken, .code, .table, .model'))
          found.push(`${element.localName}.${element.className} ${element.textContent?.trim().slice(0, 40)}`);
      }
    return found;
  });
}
