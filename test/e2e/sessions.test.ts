/** Sessions as a visitor has them: nobody notices, and whoever changes page, tab or network is still the same visitor. */

import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { SignJWT } from 'jose';
import type { Browser, BrowserContext, Page, Request } from 'playwright-core';
import { launchBrowser } from '../support/browser.ts';
import { startHonestCaptcha } from '../support/captcha.ts';
import { eventually } from '../support/eventually.ts';
import { startPlainServer } from '../support/plain-server.ts';
import { startProxy, type TestProxy, upstreamSettings } from '../support/proxy.ts';
import { startSite } from '../support/site.ts';
import { startUpstream, type Upstream } from '../support/start-upstream.ts';

const SECRET = 'the secret of these tests, which is long enough';
const QUICK = 'ok:5:0';
/** Two seconds of it. */
const SLOW = 'ok:100:20';

let browser: Browser;
let context: BrowserContext;
let upstream: Upstream;
let proxy: TestProxy;
let site: Awaited<ReturnType<typeof startSite>>;
/** The visitor of each request that had to say one, in order. */
let asked: Array<{ method: string; path: string; visitor: string | null }> = [];

const page = (attributes = '', script = '') =>
  `<!doctype html><html lang="en"><title>Site</title><body style="height: 600px">` +
  `<rivulet-chat mode="inline" ${attributes}></rivulet-chat><script>${script}</script>` +
  `<script src="${proxy.url}/widget.js" async></script>`;

before(async () => {
  browser = await launchBrowser();
  upstream = await startUpstream();
  const settings = {
    session: { secret: SECRET, required: true, ttlSeconds: 100 },
    limits: { streamsPerClient: 50, sessionsPerMinute: 1_000 },
    resume: { graceSeconds: 20, keepSeconds: 60 },
  };
  proxy = await startProxy(upstreamSettings(upstream.url, [QUICK, SLOW], settings));
  // A page of someone who is logged in: what its backend has made is asked for with window.tokens.
  const script = `document.querySelector('rivulet-chat').getToken = async () => {
    window.given = (window.given ?? 0) + 1;
    return window.nextToken();
  };`;
  site = await startSite({
    '/': page(`model="${QUICK}"`),
    '/slow': page(`model="${SLOW}"`),
    '/slow-session': page(`model="${SLOW}" persist="session"`),
    '/none': page(`model="${QUICK}" persist="none"`),
    '/member': page(`model="${QUICK}"`, script),
  });
});
after(async () => {
  await context?.close();
  await browser.close();
  site.close();
  await proxy.close();
  await upstream.close();
});
beforeEach(async () => {
  await context?.close();
  context = await browser.newContext();
  asked = [];
  context.on('request', note);
  await upstream.reset();
});

function note(request: Request): void {
  const { pathname } = new URL(request.url());
  if (!/^\/v1\/(session|streams|chat)/.test(pathname) || request.method() === 'OPTIONS') return;
  const token = request.headers()['authorization']?.replace('Bearer ', '');
  asked.push({ method: request.method(), path: pathname, visitor: token ? visitorOf(token) : null });
}

function visitorOf(token: string): string {
  return JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()).sub;
}

function times(path: string): number {
  return asked.filter(request => request.path === path).length;
}

/** Those who asked for answers, in any way. */
function visitors(): Set<string | null> {
  return new Set(asked.filter(({ path }) => path !== '/v1/session').map(({ visitor }) => visitor));
}

async function open(path: string): Promise<Page> {
  const opened = await context.newPage();
  await opened.goto(`${site.origin}${path}`);
  return opened;
}

async function ask(page: Page, question: string): Promise<void> {
  await page.locator('rivulet-composer textarea').fill(question);
  await page.locator('rivulet-composer textarea').press('Enter');
}

/** So many answers are whole, and nothing failed. */
async function haveAnswers(page: Page, count: number): Promise<void> {
  const done = await eventually(
    () => page.locator('rivulet-answer article[aria-busy=false]').count(),
    shown => shown === count,
  );
  assert.equal(done, count);
  assert.equal(await page.getByRole('alert').count(), 0);
}

async function hasBegun(page: Page): Promise<void> {
  const text = await eventually(
    () =>
      page
        .locator('rivulet-answer .text')
        .last()
        .innerText()
        .catch(() => ''),
    text => text.length > 20,
  );
  assert.ok(text.length > 20);
  await isKept(page);
}

async function isKept(page: Page): Promise<void> {
  await eventually(
    () => page.evaluate(async () => (await navigator.locks.query()).held?.length),
    held => held === 1,
  );
  // What leads keeps at once; that takes a moment too.
  await page.waitForTimeout(300);
}

/** What a backend gives to Ann. */
function sign(ttlSeconds: number, changes: object = {}): Promise<string> {
  const now = Math.floor(Date.now() / 1_000);
  const claims = {
    sub: 'ann',
    origin: site.origin,
    iat: now,
    exp: now + ttlSeconds,
    aud: 'rivulet-chat',
    ...changes,
  };
  return new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(SECRET));
}

test('a visitor has a session without noticing it: one for all their questions, ready when they have typed', async () => {
  const visitor = await open('/');
  await visitor.locator('rivulet-composer textarea').focus();
  await eventually(
    async () => times('/v1/session'),
    count => count === 1,
  );
  assert.equal(times('/v1/session'), 1, 'before the question');
  await ask(visitor, 'One');
  await haveAnswers(visitor, 1);
  await ask(visitor, 'Two');
  await haveAnswers(visitor, 2);
  assert.equal(times('/v1/session'), 1);
  assert.equal(visitors().size, 1);
  assert.equal(visitors().has(null), false);
});

test('a session is renewed in the middle of a conversation, for the same visitor', async () => {
  const visitor = await open('/');
  // Of its 100 seconds 20 are left then.
  await visitor.clock.install();
  await ask(visitor, 'One');
  await haveAnswers(visitor, 1);
  await visitor.clock.fastForward(80_000);
  await ask(visitor, 'Two');
  await haveAnswers(visitor, 2);
  // More than one, as for this page's clock a new one has only as much time left.
  assert.ok(times('/v1/session') >= 2);
  assert.equal(visitors().size, 1);
});

test('a token that the server refuses is replaced once, and the question is asked again', async () => {
  const visitor = await open('/');
  await ask(visitor, 'One');
  await haveAnswers(visitor, 1);
  // As one of a changed secret is. It is the widget that asks again; the visitor sees nothing.
  let refused = 0;
  await visitor.route('**/v1/chat/completions', async route => {
    const token = await sign(600, { aud: 'another' });
    const headers = { ...route.request().headers(), authorization: `Bearer ${token}` };
    return refused++ === 0 && route.request().method() === 'POST'
      ? route.continue({ headers })
      : route.continue();
  });
  await ask(visitor, 'Two');
  await haveAnswers(visitor, 2);
  assert.equal(times('/v1/session'), 2);
  assert.equal((await upstream.stats()).requests, 2);
});

test('where no session is to be had the visitor is told, and asked nothing twice', async () => {
  const visitor = await open('/');
  await visitor.route('**/v1/session', route =>
    route.fulfill({
      status: 401,
      headers: { 'Access-Control-Allow-Origin': '*' },
      json: { error: { message: 'no', type: 'authentication_error', code: 'unauthorized', param: null } },
    }),
  );
  await ask(visitor, 'One');
  await visitor.getByText('This chat is not allowed to answer here.').first().waitFor();
  assert.ok(times('/v1/session') <= 2);
  assert.equal((await upstream.stats()).requests, 0);
});

test('the same visitor goes on after a reload, in another tab and at Stop', async () => {
  const first = await open('/slow');
  await ask(first, 'Hello');
  await hasBegun(first);
  await first.reload();
  await hasBegun(first);
  const second = await open('/slow');
  await second.locator('rivulet-answer').first().waitFor();
  await first.close();
  await haveAnswers(second, 1);
  await isStopped(second);
});

test('what is kept until the tab is closed has the token as long', async () => {
  const visitor = await open('/slow-session');
  await ask(visitor, 'Hello');
  await hasBegun(visitor);
  await visitor.reload();
  await haveAnswers(visitor, 1);
  await isStopped(visitor);
  assert.equal(await visitor.evaluate(() => JSON.stringify({ ...localStorage }).includes('eyJ')), false);
});

/** A second answer ends with Stop; all was asked for by one visitor, and resumed by them. */
async function isStopped(page: Page): Promise<void> {
  await ask(page, 'Again');
  await hasBegun(page);
  await page.getByRole('button', { name: 'Stop the answer' }).click();
  const { requests, aborted } = await eventually(
    () => upstream.stats(),
    stats => stats.aborted === 1,
  );
  assert.deepEqual([requests, aborted], [2, 1]);
  assert.ok(asked.some(({ method, path }) => method === 'GET' && path.startsWith('/v1/streams/')));
  assert.equal(visitors().size, 1);
}

test('a new chat is a new visitor, and a page that keeps nothing keeps no token', async () => {
  const visitor = await open('/none');
  await ask(visitor, 'One');
  await haveAnswers(visitor, 1);
  const kept = await visitor.evaluate(async () => [
    JSON.stringify([{ ...localStorage }, { ...sessionStorage }]),
    (await indexedDB.databases()).length,
  ]);
  assert.deepEqual(kept, ['[{},{}]', 0]);
  await visitor.getByRole('button', { name: 'New chat' }).click();
  await ask(visitor, 'Two');
  await haveAnswers(visitor, 1);
  assert.equal(visitors().size, 2);
});

test('another server is not told who the visitor was at this one', async () => {
  const plain = await startPlainServer();
  const visitor = await open('/');
  await ask(visitor, 'One');
  await haveAnswers(visitor, 1);
  const settings = visitor.waitForResponse(`${plain.url}/widget`);
  await visitor
    .locator('rivulet-chat')
    .evaluate((chat, url) => chat.setAttribute('endpoint', url), plain.url);
  await settings;
  await ask(visitor, 'Two');
  await haveAnswers(visitor, 2);
  assert.deepEqual(
    asked.filter(({ path }) => path === '/v1/chat/completions').map(({ visitor }) => visitor !== null),
    [true, false],
  );
  assert.equal(times('/v1/session'), 1);
  plain.close();
});

test('where sessions are not required, what is kept is resumed as who asked for it', async () => {
  const open = await startProxy(
    upstreamSettings(upstream.url, [SLOW], { session: { secret: SECRET }, resume: { graceSeconds: 20 } }),
  );
  const openSite = await startSite({ '/': page(`endpoint="${open.url}"`) });
  const visitor = await context.newPage();
  await visitor.goto(openSite.origin);
  await ask(visitor, 'Hello');
  await hasBegun(visitor);
  await visitor.reload();
  await haveAnswers(visitor, 1);
  assert.equal(visitors().size, 1);
  assert.equal((await upstream.stats()).requests, 1);
  openSite.close();
  await open.close();
});

test('logout leaves no token', async () => {
  const visitor = await open('/');
  await ask(visitor, 'One');
  await haveAnswers(visitor, 1);
  await isKept(visitor);
  await visitor
    .locator('rivulet-chat')
    .evaluate(chat => (chat as HTMLElement & { logout(): Promise<void> }).logout());
  await visitor.reload();
  await ask(visitor, 'Two');
  await haveAnswers(visitor, 1);
  assert.equal(visitors().size, 2);
});

test('a page gives the tokens of its own visitors, before the first answer and before the end of one', async () => {
  const member = await open('/member');
  let ttl = 600;
  await member.exposeFunction('nextToken', () => sign(ttl));
  ttl = 20;
  await ask(member, 'One');
  await haveAnswers(member, 1);
  ttl = 600;
  await ask(member, 'Two');
  await haveAnswers(member, 2);
  await ask(member, 'Three');
  await haveAnswers(member, 3);
  assert.equal(times('/v1/session'), 0, 'the proxy is not asked');
  assert.deepEqual([...visitors()], ['ann']);
  const given = await member.evaluate(() => (globalThis as unknown as { given: number }).given);
  assert.ok(given >= 2 && given <= 4, `asked ${given} times`);
  // It is the page's, and stays in its memory.
  const stored = await member.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
  assert.equal(stored.includes('eyJ'), false);
});

test('a page whose visitor is logged in no more is told', async () => {
  const member = await open('/member');
  await member.exposeFunction('nextToken', () => Promise.reject(new Error('logged out')));
  await ask(member, 'One');
  await member.getByText('This chat is not allowed to answer here.').first().waitFor();
  assert.equal((await upstream.stats()).requests, 0);
});

test('a visitor passes a captcha of the page once', async () => {
  const captcha = await startHonestCaptcha();
  const session = { secret: SECRET, captcha: { verifyUrl: captcha.verifyUrl, secret: 'its secret' } };
  const guarded = await startProxy(upstreamSettings(upstream.url, [QUICK], { session }));
  const script = "document.querySelector('rivulet-chat').getProof = async () => 'a person';";
  const guardedSite = await startSite({ '/': page(`model="${QUICK}" endpoint="${guarded.url}"`, script) });
  const visitor = await context.newPage();
  await visitor.goto(guardedSite.origin);
  await ask(visitor, 'One');
  await haveAnswers(visitor, 1);
  await isKept(visitor);
  await visitor.reload();
  await visitor.locator('.question').waitFor();
  await visitor.clock.install();
  await visitor.clock.fastForward(580_000);
  await ask(visitor, 'Two');
  await haveAnswers(visitor, 2);
  assert.equal(visitors().size, 1);
  assert.equal(captcha.asked.length, 1);
  guardedSite.close();
  await guarded.close();
  captcha.close();
});

test('the demo page works with sessions: it has one too', async () => {
  const demo = await context.newPage();
  await demo.goto(proxy.url);
  await demo.locator('#models tbody tr').first().waitFor();
  assert.equal(await demo.locator('#models tbody tr').count(), 2);
  await ask(demo, 'Hello');
  await haveAnswers(demo, 1);
});

test('who meets a session unannounced gets one', async () => {
  const visitor = await context.newPage();
  // The settings of the server do not come; its 401 does.
  await visitor.route('**/v1/widget', route =>
    route.fulfill({
      headers: { 'Access-Control-Allow-Origin': '*' },
      json: {},
    }),
  );
  await visitor.goto(`${site.origin}/`);
  await ask(visitor, 'Hello');
  await haveAnswers(visitor, 1);
  assert.equal(times('/v1/session'), 1);
});
