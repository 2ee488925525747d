/** Files from a visitor's disk to the upstream and back onto the page: the whole, under a strict policy, over a reload. */

import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, openPage } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { noisePng } from '../support/large-picture.ts';
import { meaning, pdf, symbols } from '../support/pdf-files.ts';
import { startProxy, type TestProxy, UPSTREAM_KEY } from '../support/proxy.ts';
import { type Site, startSite } from '../support/site.ts';
import { startUpstream, type Upstream } from '../support/start-upstream.ts';
import { strictPolicy } from '../support/strict-policy.ts';

let browser: Browser;
let upstream: Upstream;
let proxy: TestProxy;
let demo: TestProxy;
let site: Site;

before(async () => {
  browser = await launchBrowser();
  upstream = await startUpstream();
  const models = [{ id: 'ok', vision: true }, 'echo'];
  const provider = { baseUrl: upstream.url, apiKey: UPSTREAM_KEY, models };
  proxy = await startProxy({ providers: { upstream: provider }, limits: { maxAttachments: 2 } });
  demo = await startProxy();
  const page = ({ url }: TestProxy, attributes = '') => ({
    html: `<!doctype html><html lang="en"><title>Site</title><rivulet-chat mode="inline" ${attributes}></rivulet-chat><script src="${url}/widget.js" async></script>`,
    headers: strictPolicy(proxy, demo),
  });
  site = await startSite({
    '/': page(proxy),
    '/blind': page(proxy, 'model="echo"'),
    '/session': page(proxy, 'persist="session"'),
    '/demo': page(demo),
  });
});
after(async () => {
  await browser.close();
  site.close();
  await Promise.all([proxy.close(), demo.close(), upstream.close()]);
});

const clip = (page: Page) => page.getByRole('button', { name: 'Attach files' });
const attached = (page: Page) => page.locator('rivulet-attachments li');

async function pick(page: Page, ...files: Array<{ name: string; mimeType: string; buffer: Buffer }>) {
  await clip(page).waitFor();
  await page.locator('rivulet-attachments input[type=file]').setInputFiles(files);
  await page.locator('rivulet-attachments li[aria-busy=false]').last().waitFor();
}

async function ask(page: Page, question: string): Promise<void> {
  const answers = page.locator('rivulet-answer article[aria-busy=false]');
  const before = await answers.count();
  const field = page.locator('rivulet-composer textarea');
  await field.fill(question);
  await field.press('Enter');
  await answers.nth(before).waitFor();
}

/** From the file manager onto the middle of the chat. */
async function drop(page: Page, files: string[]): Promise<void> {
  const { x, y, width, height } = (await page.locator('rivulet-chat').boundingBox())!;
  const devtools = await page.context().newCDPSession(page);
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await devtools.send('Input.dispatchDragEvent', {
      ...{ type, x: x + width / 2, y: y + height / 2 },
      data: { items: [], files, dragOperationsMask: 1 },
    });
}

/** A photo of so many pixels. */
async function photo(page: Page, width: number, height: number, name = 'photo.png') {
  const base64 = await page.evaluate(
    async ([width, height]) => {
      const canvas = new OffscreenCanvas(width!, height!);
      canvas.getContext('2d')!.fillRect(0, 0, width! / 2, height!);
      const bytes = new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer());
      return btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join(''));
    },
    [width, height],
  );
  return { name, mimeType: 'image/png', buffer: Buffer.from(base64, 'base64') };
}

const notes = { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('Remember the milk.') };

/** What reached the upstream last. */
async function forwarded(): Promise<Array<{ role: string; content: unknown }>> {
  const { lastRequest } = await upstream.stats();
  return lastRequest!.body.messages as Array<{ role: string; content: unknown }>;
}

test('a photo and a text reach the upstream, are drawn under a strict policy, and are there after a reload', async () => {
  const { page, problems } = await openPage(browser);
  await page.goto(`${site.origin}/`);
  await pick(page, await photo(page, 2_400, 1_200), notes);
  assert.equal(await attached(page).count(), 2);
  await ask(page, 'What is this?');
  const [question] = await forwarded();
  const [text, image] = question!.content as [{ text: string }, { image_url: { url: string } }];
  assert.equal(
    text.text,
    'What is this?\n\nImage "photo.png"\n\nFile "notes.txt":\n```\nRemember the milk.\n```',
  );
  assert.match(image.image_url.url, /^data:image\/jpeg;base64,/);
  assert.ok(image.image_url.url.length < 100_000, 'it was made smaller');
  await page.waitForTimeout(700);

  await page.reload();
  const canvas = page.locator('rivulet-attached canvas');
  await canvas.waitFor();
  const isDrawn = () =>
    canvas.evaluate(
      it => (it as HTMLCanvasElement).getContext('2d')!.getImageData(1, 1, 1, 1).data[3] === 255,
    );
  assert.ok(await eventually(isDrawn, drawn => drawn));
  await page.getByText('notes.txt').waitFor();
  await ask(page, 'And now?');
  const again = await forwarded();
  assert.deepEqual(again[0], question, 'it goes along with what is asked later');
  assert.equal(again.at(-1)!.content, 'And now?');
  assert.deepEqual(problems, []);
  await page.context().close();
});

test('a PDF is read under a strict policy by what is loaded for it alone, and after a failure when it is there', async () => {
  const { page, problems, requests } = await openPage(browser);
  const reader = /\/read-pdf-[^/]*\.js$/;
  // The page has a PDF.js too, of another version.
  const own = 'Object.assign(window, { pdfjsLib: "own", pdfjsWorker: { WorkerMessageHandler: "own" } })';
  await page.addInitScript({ content: own });
  await page.goto(`${site.origin}/`);
  await pick(page, notes);
  assert.deepEqual(
    requests.filter(url => reader.test(url)),
    [],
  );
  const text = '价格表 2026';
  const prices = {
    ...{ name: 'prices.pdf', mimeType: 'application/pdf' },
    buffer: Buffer.from(pdf([symbols(text.length)], meaning(text))),
  };
  await page.route(reader, route => route.abort());
  await page.locator('rivulet-attachments input[type=file]').setInputFiles([prices]);
  await page.getByText('prices.pdf could not be read: what reads PDFs could not be loaded.').waitFor();
  await page.unroute(reader);
  problems.length = 0;
  await pick(page, prices);
  await ask(page, 'So?');
  const names = await page.evaluate('[pdfjsLib, pdfjsWorker, typeof _pdfjsTestingUtils]');
  assert.deepEqual(names, ['own', { WorkerMessageHandler: 'own' }, 'undefined']);
  assert.match(String((await forwarded())[0]!.content), /File "prices\.pdf":\n```\n价格表 2026\n```$/);
  assert.deepEqual(problems, []);
  await page.context().close();
});

test('another tab of the site shows what was attached', async () => {
  const { page } = await openPage(browser);
  await page.goto(`${site.origin}/`);
  await ask(page, 'Hello?');
  const other = await page.context().newPage();
  await other.goto(`${site.origin}/`);
  await other.getByText('Hello?').waitFor();
  await pick(other, await photo(other, 40, 30));
  await ask(other, 'What is this?');
  await page.locator('rivulet-attached canvas').waitFor();
  await page.context().close();
});

test('where the tab has no room for an image, the question is kept and says so', async () => {
  const { page } = await openPage(browser);
  await page.goto(`${site.origin}/session`);
  await pick(page, await photo(page, 1_500, 1_500));
  await page.evaluate(() => {
    // Room for the text, and for no image.
    sessionStorage.setItem('room', 'x'.repeat(5_000));
    for (let size = 4_000_000; size >= 1; size = Math.floor(size / 2))
      try {
        for (;;) sessionStorage.setItem(crypto.randomUUID(), 'x'.repeat(size));
      } catch {}
    sessionStorage.removeItem('room');
  });
  await ask(page, 'What is this?');
  await page.waitForTimeout(700);
  await page.reload();
  await page.getByText('What is this?').waitFor();
  await page.getByText('There was no room to keep it.').waitFor();
  await ask(page, 'So?');
  const [question] = await forwarded();
  assert.equal(question!.content, 'What is this?\n\nImage "photo.png" (not shown)');
  await page.context().close();
});

test('of 40 files dropped at once as many are taken as may go along, and a folder is none', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'rivulet-dropped-'));
  const files = Array.from({ length: 40 }, (_, index) => join(folder, `${index + 1}.txt`));
  for (const file of files) await writeFile(file, 'x');
  const { page } = await openPage(browser);
  await page.goto(`${site.origin}/`);
  await clip(page).waitFor();
  await drop(page, [folder]);
  await page.getByText(`${basename(folder)} is a folder. Choose the files in it.`).waitFor();
  assert.equal(await attached(page).count(), 0);
  await drop(page, files);
  await page.getByText('A message can have 2 files: 38 were left out.').waitFor();
  assert.equal(await attached(page).count(), 2);
  await page.context().close();
  await rm(folder, { recursive: true });
});

test('a picture of 50 MB is sent small, and the page goes on meanwhile', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'rivulet-large-'));
  const file = join(folder, 'large.png');
  await writeFile(file, noisePng(4_200, 4_000));
  const { page } = await openPage(browser);
  await page.goto(`${site.origin}/`);
  await clip(page).waitFor();
  const input = page.locator('rivulet-attachments input[type=file]');
  await page.evaluate(() => {
    const list = document.querySelector('rivulet-chat')!.shadowRoot!.querySelector('rivulet-attachments')!;
    const { dataset } = document.documentElement;
    // While it is being read.
    setInterval(() => {
      if (list.querySelector('li[aria-busy=true]')) dataset.ticks = String(Number(dataset.ticks ?? 0) + 1);
    }, 20);
  });
  await input.setInputFiles(file);
  await page.locator('rivulet-attachments li[aria-busy=false]').waitFor();
  const ticks = Number(await page.locator('html').getAttribute('data-ticks'));
  assert.ok(ticks > 5, `${ticks} ticks`);
  await ask(page, 'What is this?');
  const [, image] = (await forwarded())[0]!.content as Array<{ image_url: { url: string } }>;
  assert.match(image!.image_url.url, /^data:image\/jpeg;base64,/);
  // Half of what all images may have: there may be two.
  assert.ok(image!.image_url.url.length <= 2_000_000);
  await page.context().close();
  await rm(folder, { recursive: true });
});

test('a model that cannot see gets texts, and says of a picture that it cannot', async () => {
  const { page } = await openPage(browser);
  await page.goto(`${site.origin}/blind`);
  await pick(page, await photo(page, 40, 30), notes);
  await page.getByText('photo.png was left out').waitFor();
  await ask(page, 'So?');
  assert.equal((await forwarded())[0]!.content, 'So?\n\nFile "notes.txt":\n```\nRemember the milk.\n```');
  await page.context().close();
});

test('the demo model says what it got', async () => {
  const { page } = await openPage(browser);
  await page.goto(`${site.origin}/demo`);
  await pick(page, await photo(page, 400, 300), notes);
  await ask(page, 'What do you have?');
  const text = await page.locator('rivulet-answer .text').innerText();
  assert.match(text, /I have 2 files from you/);
  assert.match(text, /an image \(JPEG\), \d+ kilobytes?/);
  assert.match(text, /“notes\.txt”, 18 characters in 1 line/);
  await page.context().close();
});
