/** An opinion of an answer, from the thumb to the audit, and back after a reload and in another tab. */

import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { auditLines } from '../support/audit-lines.ts';
import { launchBrowser } from '../support/browser.ts';
import { ask, isComplete } from '../support/kept-chat.ts';
import { startProxy, type TestProxy, upstreamSettings } from '../support/proxy.ts';
import { type Site, startSite } from '../support/site.ts';
import { startUpstream, type Upstream } from '../support/start-upstream.ts';

let upstream: Upstream;
let folder: string;
let file: string;
let proxy: TestProxy;
let site: Site;
let browser: Browser;
before(async () => {
  upstream = await startUpstream();
  folder = await mkdtemp(join(tmpdir(), 'rivulet-feedback-'));
  file = join(folder, 'audit.jsonl');
  proxy = await startProxy(upstreamSettings(upstream.url, ['ok'], { audit: { file, feedback: true } }));
  const script = `<script src="${proxy.url}/widget.js" async></script>`;
  site = await startSite({
    '/': `<!doctype html><html lang="en"><title>Site</title><rivulet-chat></rivulet-chat>${script}`,
  });
  browser = await launchBrowser();
});
after(async () => {
  await browser.close();
  site.close();
  await proxy.close();
  await upstream.close();
  await rm(folder, { recursive: true });
});

const thumb = (page: Page, name: string, pressed: boolean) => page.getByRole('button', { name, pressed });

test('it is kept with the answer, in the audit beside it, and can be taken back in another tab', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(site.origin);
  await ask(page, 'Why?');
  await isComplete(page);
  await thumb(page, 'Bad answer', false).click();
  const reason = page.getByRole('textbox', { name: 'What was wrong with it? (optional)' });
  await reason.fill('It is false.');
  await reason.press('Enter');
  await page.getByText('Thank you.').waitFor();
  const [answer, , second] = await auditLines(file, 3);
  assert.equal(second!.key, answer!.key);
  const { conversation, message, ...feedback } = second!.feedback as Record<string, string>;
  assert.deepEqual(feedback, { rating: 'down', reason: 'It is false.' });

  await page.reload();
  await thumb(page, 'Bad answer', true).waitFor();
  const other = await context.newPage();
  await other.goto(site.origin);
  await thumb(other, 'Bad answer', true).click();
  await thumb(page, 'Bad answer', false).waitFor();
  const last = (await auditLines(file, 4)).at(-1)!.feedback;
  assert.deepEqual(last, { conversation, message, rating: null });
  await context.close();
});

test('without a network the opinion stays, says that it was not sent, and is sent when there is one', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(site.origin);
  await ask(page, 'Why?');
  await isComplete(page);
  await thumb(page, 'Good answer', false).waitFor();
  await context.setOffline(true);
  await thumb(page, 'Good answer', false).click();
  await page.getByText('This could not be sent.').waitFor();
  await thumb(page, 'Good answer', true).waitFor();
  await context.setOffline(false);
  await page.locator('rivulet-feedback').getByRole('button', { name: 'Retry' }).click();
  await page.getByText('This could not be sent.').waitFor({ state: 'detached' });
  const lines = (await auditLines(file, 6)).slice(4);
  assert.deepEqual(
    lines.map(line => (line.feedback as { rating?: string } | undefined)?.rating),
    [undefined, 'up'],
  );
  await context.close();
});
