/** An answer outlives its connection, its page and its tab: whole, and asked for once. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { eventually } from '../support/eventually.ts';
import { ask, hasBegun, isComplete, isEmpty, textOf, WHOLE } from '../support/kept-chat.ts';
import { hasQuestions, isShownWhole } from '../support/shown-conversation.ts';
import { useVisitor } from '../support/visitor.ts';

const visitor = useVisitor();
const { open, isWhole } = visitor;

test('a reload in the middle of an answer', async () => {
  const page = await open('/');
  await ask(page, 'Hello');
  await hasBegun(page);
  await page.reload();
  await isWhole(page);
});

test('another page of the site, and back', async () => {
  const page = await open('/');
  await ask(page, 'Hello');
  await hasBegun(page);
  await page.goto(`${visitor.chat.origin}/other`);
  await hasBegun(page);
  await page.goBack();
  await isWhole(page);
});

test('a second tab has it live, and goes on with it when the first is closed', async () => {
  const first = await open('/');
  await ask(first, 'Hello');
  await hasBegun(first);
  const second = await open('/other');
  await hasBegun(second);
  await first.close();
  await isWhole(second);
});

test('a tab that is closed in the middle, and a new one', async () => {
  const first = await open('/');
  await ask(first, 'Hello');
  await hasBegun(first);
  await first.close();
  await isWhole(await open('/'));
});

test('Stop and New chat work from any tab', async () => {
  const first = await open('/slow');
  await ask(first, 'Hello');
  await hasBegun(first);
  const second = await open('/slow');
  await second.locator('rivulet-answer').waitFor();
  await second.getByRole('button', { name: 'Stop the answer' }).click();
  await first.getByText('Stopped.', { exact: true }).first().waitFor();
  const { aborted } = await eventually(
    () => visitor.chat.upstream.stats(),
    stats => stats.aborted === 1,
  );
  assert.equal(aborted, 1);
  await second.getByRole('button', { name: 'New chat' }).click();
  await first.getByText('Hello! What would you like to know?').waitFor();
  await first.reload();
  await first.getByText('Hello! What would you like to know?').waitFor();
  assert.equal(await first.locator('.question').count(), 0);
});

test('tabs that cannot hear of each other lose nothing of what the other has asked', async () => {
  await visitor.context.addInitScript(() => {
    Reflect.deleteProperty(Object.getPrototypeOf(navigator), 'locks');
    Reflect.deleteProperty(globalThis, 'BroadcastChannel');
  });
  const first = await open('/');
  await ask(first, 'one');
  await isShownWhole(first);
  const second = await open('/other');
  await hasQuestions(second, 'one');
  await ask(first, 'two');
  await isShownWhole(first);
  await hasQuestions(second, 'one');
  await ask(second, 'three');
  await hasQuestions(second, 'one', 'two', 'three');
  await isShownWhole(second);
  // What it has is older, and it is not written when the page is left.
  await first.goto('about:blank');
  await second.reload();
  await hasQuestions(second, 'one', 'two', 'three');
  await isComplete(second);
});

test('what two tabs send at the same time stands in the same order in both', async () => {
  const first = await open('/');
  await ask(first, 'Begin');
  await isComplete(first);
  const second = await open('/other');
  await second.locator('.question').first().waitFor();
  // Before either can have heard of the other's.
  const at = Date.now() + 500;
  const sendAt = (page: Page, text: string) =>
    page.locator('rivulet-chat').evaluate(
      async (chat, [at, text]) => {
        await new Promise(resolve => setTimeout(resolve, at - Date.now()));
        (chat as HTMLElement & { send(text: string): boolean }).send(text);
      },
      [at, text] as const,
    );
  await Promise.all([sendAt(first, 'from the first'), sendAt(second, 'from the second')]);
  const questions = (page: Page) => page.locator('.question p').allTextContents();
  for (const page of [first, second]) {
    await eventually(
      () => questions(page),
      texts => texts.length === 3,
    );
    await eventually(
      () => page.locator('rivulet-answer article[aria-busy=false]').count(),
      count => count === 3,
    );
  }
  assert.equal((await questions(first)).length, 3);
  assert.deepEqual(await questions(first), await questions(second));
  const { requests } = await eventually(
    () => visitor.chat.upstream.stats(),
    stats => stats.requests === 3,
  );
  assert.equal(requests, 3);
});

test('where it is kept is the page’s to say', async () => {
  for (const [path, isKept] of [
    ['/session', true],
    ['/none', false],
  ] as const) {
    const page = await open(path);
    await ask(page, 'Hello');
    await isComplete(page);
    const fetched = await page.evaluate(() =>
      performance.getEntriesByType('resource').map(({ name }) => name),
    );
    assert.equal(
      fetched.some(name => name.includes('/keeping-')),
      isKept,
    );
    await page.reload();
    if (isKept) await page.locator('.question').waitFor();
    else await page.getByText('Hello! What would you like to know?').waitFor();
    assert.equal(await page.locator('.question').count(), isKept ? 1 : 0, path);
    await page.close();
  }
});

async function goOffline(): Promise<void> {
  await visitor.context.setOffline(true);
  visitor.chat.cutConnections();
}

test('a network that goes away in the middle and comes back: the answer waits for it, and says so', async () => {
  const page = await open('/');
  await ask(page, 'Hello');
  await hasBegun(page);
  await goOffline();
  await page.getByText('Reconnecting…').waitFor();
  await visitor.context.setOffline(false);
  await isWhole(page);
});

test('a question without a network waits, marked so, and is sent once, from whatever tab', async () => {
  const first = await open('/');
  await ask(first, 'Begin');
  await isComplete(first);
  const second = await open('/other');
  await isComplete(second);
  await visitor.context.setOffline(true);
  await ask(second, 'Hello');
  for (const page of [first, second]) await page.locator('.waiting').waitFor();
  await visitor.context.setOffline(false);
  for (const page of [first, second]) {
    const text = await eventually(
      () => textOf(page),
      text => text === WHOLE,
    );
    assert.equal(text, WHOLE);
    assert.equal(await page.locator('rivulet-answer').count(), 2);
  }
  assert.equal((await visitor.chat.upstream.stats()).requests, 2);
});

test('a Stop that the network does not carry is sent when it is back', async () => {
  const page = await open('/slow');
  await ask(page, 'Hello');
  await hasBegun(page);
  await goOffline();
  await page.getByText('Reconnecting…').waitFor();
  await page.getByRole('button', { name: 'Stop the answer' }).click();
  await page.getByText('Stopped.', { exact: true }).first().waitFor();
  assert.equal((await visitor.chat.upstream.stats()).aborted, 0);
  await visitor.context.setOffline(false);
  const { aborted } = await eventually(
    () => visitor.chat.upstream.stats(),
    stats => stats.aborted === 1,
  );
  assert.equal(aborted, 1);
});

test('a conversation that nobody has changed for `keep-days` is gone', async () => {
  const page = await open('/second');
  await ask(page, 'Hello');
  await isComplete(page);
  await page.goto('about:blank');
  await page.waitForTimeout(900);
  await page.goto(`${visitor.chat.origin}/second`);
  await isEmpty(page);
});

test('where the browser has no room for it, the visitor is told, and the conversation goes on', async () => {
  const page = await open('/');
  const session = await visitor.context.newCDPSession(page);
  await session.send('Storage.overrideQuotaForOrigin', { origin: visitor.chat.origin, quotaSize: 1 });
  await ask(page, 'Hello');
  const line = page.getByText('Not saved: this chat lasts until you leave the page.');
  await line.waitFor();
  await isComplete(page);
  await ask(page, 'And?');
  await eventually(
    () => page.locator('rivulet-answer article[aria-busy=false]').count(),
    count => count === 2,
  );
  assert.equal(await line.count(), 1);
});
