/** Wherever a page puts a chat, it answers there, and takes nothing from the page around it. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, openPage } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { startPlainServer } from '../support/plain-server.ts';
import { startProxy, type TestProxy } from '../support/proxy.ts';
import { type Site, startSite } from '../support/site.ts';

let browser: Browser;
let proxy: TestProxy;
/** Of another maker, open to all pages, also to those that have no origin. */
let open: Awaited<ReturnType<typeof startPlainServer>>;
let site: Site;

before(async () => {
  browser = await launchBrowser();
  proxy = await startProxy();
  open = await startPlainServer();
  const tag = `<script src="${proxy.url}/widget.js" async></script>`;
  const page = (body: string, head = '') =>
    `<!doctype html><html lang="en"><title>Site</title>${head}<body style="margin: 0">${body}`;
  const chat = '<rivulet-chat></rivulet-chat>';
  const framed = (endpoint: string) =>
    page(`<iframe sandbox="allow-scripts" style="width: 600px; height: 700px" srcdoc='
      <!doctype html><rivulet-chat endpoint="${endpoint}"></rivulet-chat>${tag}'></iframe>`);
  site = await startSite({
    '/shadow': page(`<div><template shadowrootmode="open"><p>A component</p><section>
      <div><template shadowrootmode="open">${chat}</template></div></section></template></div>${tag}`),
    '/dialog': page(`<dialog aria-label="A dialog" style="width: 500px">${chat}</dialog>${tag}`),
    '/popup': page(`<dialog aria-label="A dialog"><input aria-label="Name"></dialog><p>A page</p>${tag}`),
    '/inert': page(`<main inert>${chat}</main>${tag}`),
    '/frame': framed(proxy.url),
    '/frame/open': framed(open.url),
    '/moved': page(`<main>${chat}</main><aside></aside>${tag}`),
    '/script': page(`<main></main>${tag}`),
    '/base': page(chat + tag, '<base href="https://elsewhere.example/deep/">'),
    '/quirks': `<html><title>Site</title><body>${chat}${tag}`,
  });
});

after(async () => {
  await browser?.close();
  site.close();
  open.close();
  await proxy.close();
});

async function goTo(path: string) {
  const watched = await openPage(browser, { viewport: { width: 1000, height: 800 } });
  await watched.page.goto(`${site.origin}${path}`);
  return watched;
}

const composer = (page: Page) => page.locator('rivulet-composer textarea');

async function ask(page: Page, text = 'Hello'): Promise<void> {
  await composer(page).fill(text);
  await composer(page).press('Enter');
}

async function isAnswered(page: Page): Promise<void> {
  await page.locator('rivulet-answer article[aria-busy=false]').waitFor();
  assert.match(await page.locator('rivulet-answer').innerText(), /the built-in demo|the proxy, need no key/);
}

test('in the shadow root of a component it is found, and there is no launcher besides', async () => {
  const { page, problems } = await goTo('/shadow');
  await ask(page);
  await isAnswered(page);
  assert.equal(await page.locator('rivulet-launcher').count(), 0);
  assert.deepEqual(problems, []);
  await page.context().close();
});

test('in a modal dialog, Escape is first for what is open in the chat, and then for the dialog', async () => {
  const { page, problems } = await goTo('/dialog');
  const dialog = page.locator('dialog');
  await dialog.evaluate(dialog => (dialog as HTMLDialogElement).showModal());
  await ask(page);
  await isAnswered(page);
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.locator('rivulet-sheet :focus').waitFor();
  await page.keyboard.press('Escape');
  await composer(page).waitFor();
  assert.equal(await dialog.evaluate(dialog => (dialog as HTMLDialogElement).open), true);
  await composer(page).press('Escape');
  await eventually(
    () => dialog.evaluate(dialog => (dialog as HTMLDialogElement).open),
    isOpen => !isOpen,
  );
  assert.equal(await dialog.evaluate(dialog => (dialog as HTMLDialogElement).open), false);
  assert.deepEqual(problems, []);
  await page.context().close();
});

test('a modal dialog of the page keeps the focus while an answer comes behind it', async () => {
  const { page, problems } = await goTo('/popup');
  await page.getByRole('button', { name: 'Open the chat' }).click();
  await ask(page);
  await page.locator('dialog').evaluate(dialog => (dialog as HTMLDialogElement).showModal());
  await page.locator('rivulet-answer article[aria-busy=false]').waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.localName), 'input');
  await page.locator('rivulet-chat').evaluate(chat => {
    const popup = chat as HTMLElement & { toggle(): void };
    popup.toggle();
    popup.toggle();
  });
  await page.waitForTimeout(50);
  assert.equal(await page.evaluate(() => document.activeElement?.localName), 'input');
  await page.locator('dialog').evaluate(dialog => (dialog as HTMLDialogElement).close());
  await isAnswered(page);
  assert.deepEqual(problems, []);
  await page.context().close();
});

test('in an inert part it waits until that comes alive', async () => {
  const { page, problems } = await goTo('/inert');
  await page.locator('rivulet-chat rivulet-panel, rivulet-panel').first().waitFor();
  await page.locator('rivulet-chat').evaluate(chat => chat.focus());
  assert.equal(await page.evaluate(() => document.activeElement?.localName), 'body');
  await page.locator('main').evaluate(main => main.removeAttribute('inert'));
  await ask(page);
  await isAnswered(page);
  assert.deepEqual(problems, []);
  await page.context().close();
});

test('in a sandboxed frame, which has no origin and no storage, it says why it is not answered', async () => {
  const { page, problems } = await goTo('/frame');
  const frame = page.frameLocator('iframe');
  await frame.locator('textarea').fill('Hello');
  await frame.locator('textarea').press('Enter');
  await frame.getByText('This chat is not set up for this site.').waitFor();
  assert.deepEqual(
    problems.filter(problem => !problem.includes('403')),
    [],
  );
  await page.context().close();
});

test('there it works as well, where a server lets it in', async () => {
  const { page, problems } = await goTo('/frame/open');
  const frame = page.frameLocator('iframe');
  await frame.locator('textarea').fill('Hello');
  await frame.locator('textarea').press('Enter');
  await frame.locator('rivulet-answer article[aria-busy=false]').waitFor();
  await frame.getByRole('button', { name: 'Menu' }).click();
  await frame.locator('rivulet-history li').waitFor();
  assert.deepEqual(
    problems.filter(problem => !problem.includes('404')),
    [],
  );
  await page.context().close();
});

test('moved in mid-answer, the answer goes on and is asked for once', async () => {
  const { page, problems, requests } = await goTo('/moved');
  await ask(page);
  await page.locator('rivulet-answer').waitFor();
  for (const move of ['append', 'moveBefore', 'shadow', 'back'] as const) {
    await page.locator('rivulet-chat').evaluate((chat, move) => {
      const aside = document.querySelector('aside')!;
      const main = document.querySelector('main')!;
      if (move === 'append') aside.append(chat);
      else if (move === 'shadow') (aside.shadowRoot ?? aside.attachShadow({ mode: 'open' })).append(chat);
      else if (move === 'back') main.append(chat);
      else (main as unknown as { moveBefore(node: Node, before: null): void }).moveBefore(chat, null);
    }, move);
    await page.waitForTimeout(60);
  }
  await isAnswered(page);
  const asked = requests.filter(url => url.endsWith('/chat/completions'));
  assert.equal(asked.length, 1, asked.join());
  assert.equal(await page.locator('rivulet-answer').count(), 1);
  assert.equal(await page.locator('rivulet-panel').count(), 1);
  assert.deepEqual(problems, []);
  await page.context().close();
});

test('mounted, taken out and mounted again in one task, as a strict mode does, it is there once', async () => {
  const { page, problems, requests } = await goTo('/script');
  await page.evaluate(() => {
    const chat = document.createElement('rivulet-chat');
    const main = document.querySelector('main')!;
    main.append(chat);
    chat.remove();
    main.append(chat);
  });
  await page.getByRole('button', { name: 'Open the chat' }).hover();
  await page.locator('main rivulet-panel').waitFor();
  await page.evaluate(() => {
    const chat = document.querySelector('main rivulet-chat')!;
    for (let round = 0; round < 3; round += 1) {
      chat.remove();
      document.querySelector('main')!.append(chat);
    }
  });
  await ask(page);
  await isAnswered(page);
  assert.equal(requests.filter(url => url.endsWith('/v1/widget')).length, 1);
  assert.equal(requests.filter(url => url.endsWith('/chat/completions')).length, 1);
  assert.deepEqual(problems, []);
  await page.context().close();
});

for (const path of ['/base', '/quirks'])
  test(`on a page like ${path} it loads all that an answer needs`, async () => {
    const { page, problems } = await goTo(path);
    await ask(page, '/markdown');
    await page.locator('rivulet-answer article[aria-busy=false]').waitFor();
    await page.locator('rivulet-answer math').first().waitFor();
    const height = await page
      .locator('rivulet-panel')
      .evaluate(panel => panel.getBoundingClientRect().height);
    assert.equal(height, 640);
    assert.deepEqual(problems, []);
    await page.context().close();
  });
