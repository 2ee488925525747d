/** What is shown of conversations in a real page, and how a visitor goes from one to the other. */

import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { eventually } from './eventually.ts';
import { isEmpty, textOf, WHOLE } from './kept-chat.ts';

// What is out of sight is not rendered, and has no inner text.
const questions = (page: Page | Locator) => page.locator('.question p').allTextContents();

export async function hasQuestions(page: Page | Locator, ...texts: string[]): Promise<void> {
  const shown = await eventually(
    () => questions(page),
    shown => shown.join() === texts.join(),
  );
  assert.deepEqual(shown, texts);
}

/** All of the last answer. */
export async function isShownWhole(page: Page): Promise<void> {
  const text = await eventually(
    () => textOf(page).catch(() => ''),
    text => text === WHOLE,
    15_000,
  );
  assert.equal(text, WHOLE);
}

export async function newChat(page: Page): Promise<void> {
  await page.locator('rivulet-panel').getByRole('button', { name: 'New chat' }).click();
  await isEmpty(page);
}

export const rowOf = (page: Page | Locator, title: string) =>
  page.locator('rivulet-history li', { hasText: title });

export async function openMenu(page: Page | Locator): Promise<void> {
  await page.getByRole('button', { name: 'Menu' }).click();
}

export async function choose(page: Page | Locator, title: string): Promise<void> {
  await openMenu(page);
  await rowOf(page, title).locator('.open').click();
}
