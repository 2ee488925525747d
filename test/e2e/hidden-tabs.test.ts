/** An answer in tabs that are hidden, frozen and thawed, as a browser without a driver has them. */

import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { eventually } from '../support/eventually.ts';
import { type KeptChat, startKeptChat, WHOLE } from '../support/kept-chat.ts';
import { launchPlainBrowser, type PlainBrowser, type PlainPage } from '../support/plain-browser.ts';

let browser: PlainBrowser;
let chat: KeptChat;

before(async () => {
  chat = await startKeptChat();
});
after(() => chat.close());
beforeEach(async () => {
  browser = await launchPlainBrowser();
  await chat.upstream.reset();
});
afterEach(() => browser.close());

async function open(path: string): Promise<PlainPage> {
  const page = await browser.open(`${chat.origin}${path}`);
  await eventually(() => page.evaluate(`!!customElements.get('rivulet-chat')`), Boolean);
  return page;
}

const transcript = `document.querySelector('rivulet-chat')?.shadowRoot?.querySelector('rivulet-transcript')?.shadowRoot`;
const answers = `[...(${transcript}?.querySelectorAll('rivulet-answer') ?? [])]`;

const shown = (page: PlainPage) =>
  page.evaluate(`${answers}.map(answer => answer.innerText.trim()).join('|')`);
const ask = (page: PlainPage) => page.evaluate(`document.querySelector('rivulet-chat').send('Hello')`);

async function shows(page: PlainPage, pattern: RegExp, waitMs?: number): Promise<void> {
  const text = await eventually(
    () => shown(page),
    text => pattern.test(String(text)),
    waitMs,
  );
  assert.match(String(text), pattern);
}

async function isWhole(page: PlainPage): Promise<void> {
  const text = `${answers}.map(answer => answer.querySelector('.text').innerText).join('|')`;
  assert.equal(
    await eventually(
      () => page.evaluate(text),
      seen => seen === WHOLE,
      15_000,
    ),
    WHOLE,
  );
  assert.equal((await chat.upstream.stats()).requests, 1);
}

test('a page that is frozen in the middle of an answer and thawed', async () => {
  const page = await open('/');
  await ask(page);
  await shows(page, /token 20/);
  // Only what is hidden can be frozen.
  const front = await browser.open('about:blank');
  await page.send('Page.setWebLifecycleState', { state: 'frozen' });
  const end = await eventually(
    () => chat.upstream.stats(),
    ({ answering }) => answering === 0,
  );
  assert.equal(end.aborted, 0);
  await page.send('Page.setWebLifecycleState', { state: 'active' });
  await page.send('Page.bringToFront');
  await isWhole(page);
  assert.ok(front);
});

test('a hidden tab whose connection broke goes on when the visitor looks on in another', async () => {
  const hidden = await open('/');
  await ask(hidden);
  // By that the next tab knows that there is something to join.
  await eventually(() => hidden.evaluate('localStorage.length'), Boolean);
  const seen = await open('/other');
  await shows(seen, /token 10/, 15_000);
  assert.equal(await hidden.evaluate('document.hidden'), true);
  assert.equal(await seen.evaluate('document.hidden'), false);
  chat.cutConnections();
  await isWhole(seen);
  await isWhole(hidden);
  assert.equal(await hidden.evaluate('document.hidden'), true);
});
