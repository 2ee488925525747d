/** A site with chats that keep their conversations, the real proxy and upstream behind it, and what a visitor does there. */

import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { eventually } from './eventually.ts';
import { startCuttingProxy } from './cutting-proxy.ts';
import { startProxy, upstreamSettings } from './proxy.ts';
import { startSite } from './site.ts';
import { startUpstream, type Upstream } from './start-upstream.ts';

/** Two seconds of an answer. */
const MODEL = 'ok:100:20';
/** Long enough to be stopped. */
const SLOW = 'ok:400:20';
const THINKING = 'thinks-on:20';
/** How it reads. */
export const WHOLE = Array.from({ length: 100 }, (_, index) => `token ${index + 1}`).join(' ');

export interface KeptChat {
  origin: string;
  upstream: Upstream;
  /** Breaks the connections to the proxy that there are: a browser that is told to be offline leaves them alone. */
  cutConnections(): void;
  close(): Promise<void>;
}

export async function startKeptChat(): Promise<KeptChat> {
  const upstream = await startUpstream();
  const settings = { limits: { streamsPerClient: 50 }, resume: { graceSeconds: 20, keepSeconds: 60 } };
  const proxy = await startProxy(upstreamSettings(upstream.url, [MODEL, SLOW, THINKING], settings));
  const wire = await startCuttingProxy(proxy.url);
  const page = (body: string, tag = '') =>
    `<!doctype html><html lang="en"><title>Site</title><meta name="viewport" content="width=device-width">` +
    `<body style="height: 600px"><a href="/other">Elsewhere</a>${body}` +
    `<script src="${wire.url}/widget.js" async ${tag}></script>`;
  const inline = (attributes = '') => page(`<rivulet-chat mode="inline" ${attributes}></rivulet-chat>`);
  // One proxy under two names is two: what is kept of one is not of the other.
  const two = (attributes = '') =>
    page(
      `<rivulet-chat ${attributes} endpoint="${wire.url}"></rivulet-chat>` +
        `<rivulet-chat ${attributes} endpoint="${wire.url.replace('127.0.0.1', 'localhost')}"></rivulet-chat>`,
    );
  const site = await startSite({
    '/': inline(),
    '/other': inline(),
    '/slow': inline(`model="${SLOW}"`),
    '/thinking': inline(`model="${THINKING}"`),
    '/ann': inline('user-id="ann"'),
    '/bob': inline('user-id="bob"'),
    '/session': inline('persist="session"'),
    '/none': inline('persist="none"'),
    '/two': two(),
    '/two-popups': two('mode="popup"'),
    '/second': inline('keep-days="0.00001"'),
    '/popup': page(''),
    '/other-popup': page(''),
    '/open-popup': page('', 'data-open'),
    '/slow-popup': page('', `data-model="${SLOW}"`),
  });
  return {
    origin: site.origin,
    upstream,
    cutConnections: wire.cutAll,
    close: async () => {
      site.close();
      await wire.close();
      await proxy.close();
      await upstream.close();
    },
  };
}

export async function ask(page: Page, question: string): Promise<void> {
  await page.locator('rivulet-composer textarea').fill(question);
  await page.locator('rivulet-composer textarea').press('Enter');
}

export const textOf = (page: Page) => page.locator('rivulet-answer .text').last().innerText();

/** It is here, and kept. */
export async function hasBegun(page: Page): Promise<void> {
  const text = await eventually(
    () => textOf(page).catch(() => ''),
    text => text.length > 20,
  );
  assert.ok(text.length > 20, `it has begun at ${page.url()}`);
  await eventually(
    () => page.evaluate(async () => (await navigator.locks.query()).held?.length),
    held => held === 1,
  );
  // What leads keeps at once; that takes a moment too.
  await page.waitForTimeout(300);
}

export async function isComplete(page: Page): Promise<void> {
  await page.locator('rivulet-answer article[aria-busy=false]').last().waitFor();
}

/** The whole answer is shown, once, and the upstream was asked once. */
export async function isWhole(page: Page, upstream: Upstream): Promise<void> {
  const text = await eventually(
    () => textOf(page).catch(() => ''),
    text => text === WHOLE,
    10_000,
  );
  assert.equal(text, WHOLE);
  assert.equal(await page.locator('rivulet-answer').count(), 1);
  assert.equal(await page.locator('.question').count(), 1);
  assert.equal((await upstream.stats()).requests, 1);
}

/** Nothing was asked. */
export async function isEmpty(page: Page): Promise<void> {
  await page.getByText('Hello! What would you like to know?').waitFor();
  assert.equal(await page.locator('.question').count(), 0);
}

/** Names and values of all that the tab can see of the site's storage, but databases. */
export function storedTexts(page: Page): Promise<string> {
  return page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
}

export function logout(page: Page): Promise<void> {
  return page
    .locator('rivulet-chat')
    .evaluate(chat => (chat as HTMLElement & { logout(): Promise<void> }).logout());
}
