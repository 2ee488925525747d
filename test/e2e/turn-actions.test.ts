/** Versions of turns outlive the page, and are one for all tabs of a site; whoever is in the way is stopped. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { eventually } from '../support/eventually.ts';
import { ask, hasBegun, isComplete, textOf } from '../support/kept-chat.ts';
import { hasQuestions, isShownWhole } from '../support/shown-conversation.ts';
import { useVisitor } from '../support/visitor.ts';

const visitor = useVisitor();
const { open, isWhole, upstreamSees } = visitor;

const versions = (page: Page) => page.locator('.walker').allInnerTexts();

async function press(page: Page, name: string, index = -1): Promise<void> {
  const buttons = page.getByRole('button', { name, exact: true });
  await buttons.first().waitFor();
  await (index < 0 ? buttons.last() : buttons.nth(index)).click();
}

async function change(page: Page, text: string, index = -1): Promise<void> {
  await press(page, 'Edit', index);
  const field = page.getByRole('textbox', { name: 'Your changed question' });
  await field.fill(text);
  await field.press('Enter');
}

/** From the question that was just asked. */
async function isAnswered(page: Page): Promise<void> {
  const inTheMaking = page.locator('rivulet-answer article[aria-busy=true]');
  await inTheMaking.waitFor();
  await inTheMaking.waitFor({ state: 'detached' });
}

test('a version of a version is there after a reload, and all others', async () => {
  const page = await open('/');
  await ask(page, 'one');
  await isAnswered(page);
  await change(page, 'two');
  await isAnswered(page);
  await ask(page, 'more');
  await isAnswered(page);
  await change(page, 'much more');
  await isAnswered(page);
  await hasQuestions(page, 'two', 'much more');
  // What was changed last is kept with the next word of the answer, which has ended.
  await page.waitForTimeout(700);
  await page.reload();
  await hasQuestions(page, 'two', 'much more');
  await press(page, 'Previous version');
  await hasQuestions(page, 'two', 'more');
  await press(page, 'Previous version', 0);
  await hasQuestions(page, 'one');
  await press(page, 'Next version', 0);
  await hasQuestions(page, 'two', 'more');
  await upstreamSees(4, 0);
});

test('an answer is given again while another tab streams: that is stopped, and both tabs show the new one', async () => {
  const first = await open('/');
  await ask(first, 'one');
  await isComplete(first);
  const second = await open('/');
  await hasQuestions(second, 'one');
  await ask(first, 'two');
  await hasBegun(first);
  await hasQuestions(second, 'one', 'two');
  await press(second, 'Answer again', 0);
  for (const page of [first, second]) {
    await hasQuestions(page, 'one');
    await isShownWhole(page);
    await eventually(
      () => versions(page),
      shown => shown.join() === '2 / 2',
    );
  }
  await upstreamSees(3, 1);
});

test('a question is changed while its answer is being resumed: only the new one goes on', async () => {
  const page = await open('/slow');
  await ask(page, 'one');
  await hasBegun(page);
  await visitor.context.setOffline(true);
  visitor.chat.cutConnections();
  await page.getByText('Reconnecting').waitFor();
  await change(page, 'two');
  await hasQuestions(page, 'two');
  await visitor.context.setOffline(false);
  await eventually(
    () => textOf(page).catch(() => ''),
    text => text.startsWith('token 1 '),
  );
  await upstreamSees(2, 1);
  await press(page, 'Previous version', 0);
  await hasQuestions(page, 'one');
  assert.match(await textOf(page), /^token 1 /);
});

test('a question that waits goes on after a reload, and is asked once', async () => {
  const page = await open('/');
  await ask(page, 'one');
  await hasBegun(page);
  await ask(page, 'two');
  await page.getByRole('list', { name: 'Asked next' }).waitFor();
  await page.waitForTimeout(300);
  await page.reload();
  await hasQuestions(page, 'one', 'two');
  await isShownWhole(page);
  await upstreamSees(2, 0);
});

test('a turn that another tab has deleted is gone here, and comes back with it', async () => {
  const first = await open('/');
  await ask(first, 'one');
  await isWhole(first);
  const second = await open('/');
  await hasQuestions(second, 'one');
  await press(second, 'Delete');
  await hasQuestions(first);
  await press(second, 'Undo');
  await hasQuestions(first, 'one');
  await hasQuestions(second, 'one');
});
