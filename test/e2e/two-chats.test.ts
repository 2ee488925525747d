/** Two chats on a page, of two servers: nothing of one is the other's. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { hasQuestions, openMenu, rowOf } from '../support/shown-conversation.ts';
import { useVisitor } from '../support/visitor.ts';

const { open } = useVisitor();

const chatsOf = (page: Page) =>
  [page.locator('rivulet-chat').nth(0), page.locator('rivulet-chat').nth(1)] as const;

async function ask(chat: Locator, text: string): Promise<void> {
  await chat.locator('textarea').fill(text);
  await chat.locator('textarea').press('Enter');
}

const isAnswered = (chat: Locator) => chat.locator('rivulet-answer article[aria-busy=false]').waitFor();

test('each has its own conversations, in all tabs, until its visitor leaves', async () => {
  const page = await open('/two');
  const [one, other] = chatsOf(page);
  for (const [index, chat] of [one, other].entries()) {
    await ask(chat, `of ${index}`);
    await isAnswered(chat);
  }
  await one.locator('rivulet-panel').getByRole('button', { name: 'New chat' }).click();
  await one.getByText('Hello! What would you like to know?').waitFor();
  await hasQuestions(other, 'of 1');
  for (const [index, chat] of [one, other].entries()) {
    await openMenu(chat);
    await rowOf(chat, `of ${index}`).waitFor();
    assert.equal(await chat.locator('rivulet-history li').count(), 1);
  }
  await rowOf(one, 'of 0').locator('.open').click();
  await hasQuestions(one, 'of 0');
  const [, follower] = chatsOf(await open('/two'));
  await hasQuestions(follower, 'of 1');
  await ask(follower, 'more');
  await hasQuestions(other, 'of 1', 'more');
  await hasQuestions(one, 'of 0');
  await one.evaluate(chat => (chat as HTMLElement & { logout(): Promise<void> }).logout());
  await hasQuestions(one);
  await hasQuestions(other, 'of 1', 'more');
});

test('each has the model that was chosen for it, and says by itself that an answer has come', async () => {
  const page = await open('/two-popups');
  const [one, other] = chatsOf(page);
  const launcher = (chat: Locator) => chat.locator('rivulet-launcher');
  // They lie in the same corner, and cover each other.
  for (const chat of [one, other])
    await chat.evaluate(chat => (chat as HTMLElement & { open(): void }).open());
  await one.getByRole('button', { name: 'ok:100:20' }).dispatchEvent('click');
  await one.getByRole('radio', { name: 'ok:400:20' }).dispatchEvent('click', { detail: 1 });
  await one.locator('.model', { hasText: 'ok:400:20' }).waitFor();
  await other.locator('.model', { hasText: 'ok:100:20' }).waitFor();
  await ask(other, 'short');
  await ask(one, 'long');
  for (const chat of [one, other])
    await chat.evaluate(chat => (chat as HTMLElement & { close(): void }).close());
  await page.locator('rivulet-launcher[unread] button').waitFor();
  assert.equal(await launcher(other).getAttribute('unread'), '');
  assert.equal(await launcher(one).getAttribute('unread'), null);
  await page.reload();
  for (const [chat, model] of [
    [one, 'ok:400:20'],
    [other, 'ok:100:20'],
  ] as const) {
    await chat.evaluate(chat => (chat as HTMLElement & { open(): void }).open());
    await chat.locator('.model', { hasText: model }).waitFor();
  }
});
