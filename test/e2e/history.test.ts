/** Several conversations, in several tabs: which one is shown, and what becomes of the answers of the others. */

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { eventually } from '../support/eventually.ts';
import { ask, hasBegun, isComplete, isEmpty, textOf, WHOLE } from '../support/kept-chat.ts';
import { launchPlainBrowser, type PlainPage } from '../support/plain-browser.ts';
import {
  choose,
  hasQuestions,
  isShownWhole,
  newChat,
  openMenu,
  rowOf,
} from '../support/shown-conversation.ts';
import { useVisitor } from '../support/visitor.ts';

const visitor = useVisitor();
const { open, upstreamSees } = visitor;

async function remove(page: Page, title: string): Promise<void> {
  await openMenu(page);
  await rowOf(page, title).hover();
  await rowOf(page, title).getByRole('button', { name: 'Delete' }).click();
}

test('all tabs show the conversation that one of them opens, and an answer goes on unseen', async () => {
  const first = await open('/');
  await ask(first, 'one');
  await hasBegun(first);
  const second = await open('/');
  await hasQuestions(second, 'one');
  await newChat(second);
  await isEmpty(first);
  await ask(second, 'two');
  for (const page of [first, second]) await hasQuestions(page, 'two');
  await isShownWhole(first);
  await choose(second, 'one');
  for (const page of [first, second]) {
    await hasQuestions(page, 'one');
    await isShownWhole(page);
  }
  await upstreamSees(2, 0);
  await first.close();
  await second.reload();
  await hasQuestions(second, 'one');
  await choose(second, 'two');
  await hasQuestions(second, 'two');
  await isShownWhole(second);
  await upstreamSees(2, 0);
});

test('with `session`, a tab still has what it has shown when the one that had it in hand is closed', async () => {
  const first = await open('/session');
  await ask(first, 'one');
  await isComplete(first);
  const second = await open('/session');
  await ask(second, 'too');
  for (const page of [first, second]) await hasQuestions(page, 'one', 'too');
  await hasBegun(first);
  await newChat(second);
  await isEmpty(first);
  await ask(first, 'two');
  await hasQuestions(second, 'two');
  await isShownWhole(second);
  await upstreamSees(3, 0);
  await first.close();
  await second.reload();
  await hasQuestions(second, 'two');
  await choose(second, 'one');
  await hasQuestions(second, 'one', 'too');
  await isShownWhole(second);
  await upstreamSees(3, 0);
});

test('an answer that goes on unseen is whole after a reload, and when its tab is closed', async () => {
  const first = await open('/');
  await ask(first, 'one');
  await hasBegun(first);
  await newChat(first);
  await first.reload();
  await isEmpty(first);
  await first.waitForTimeout(300);
  const second = await open('/');
  await isEmpty(second);
  await first.close();
  await choose(second, 'one');
  await hasQuestions(second, 'one');
  await isShownWhole(second);
  await upstreamSees(1, 0);
});

test('a conversation that is deleted in another tab while it streams is stopped, gone, and stays so', async () => {
  const first = await open('/slow');
  await ask(first, 'one');
  await hasBegun(first);
  const second = await open('/slow');
  await hasQuestions(second, 'one');
  await remove(second, 'one');
  await isEmpty(first);
  await upstreamSees(1, 1);
  await first.reload();
  await isEmpty(first);
  await openMenu(first);
  await first.getByText('No conversations yet.').waitFor();
  await second.getByRole('button', { name: 'Undo' }).click();
  await rowOf(second, 'one').locator('.open').click();
  for (const page of [first, second]) await hasQuestions(page, 'one');
  assert.match(await textOf(first), /^token 1 /);
  await isComplete(first);
  await upstreamSees(1, 1);
});

test('a conversation that streams unseen is deleted where it is not in hand: it is stopped, and stays gone', async () => {
  const first = await open('/slow');
  await ask(first, 'one');
  await hasBegun(first);
  await newChat(first);
  const second = await open('/slow');
  await isEmpty(second);
  await remove(second, 'one');
  await upstreamSees(1, 1);
  await first.waitForTimeout(700);
  await second.reload();
  await openMenu(second);
  await second.getByText('No conversations yet.').waitFor();
});

test('what was answered before is not said to be news after a reload, and what is asked then is', async () => {
  const page = await open('/');
  await ask(page, 'one');
  await hasBegun(page);
  await page.reload();
  await page.getByText('Answer complete.').waitFor({ state: 'attached' });
  const announcer = page.waitForResponse(/announcer/);
  await page.reload();
  await (await announcer).finished();
  await isShownWhole(page);
  await page.getByRole('button', { name: 'Answer again', exact: true }).waitFor();
  assert.equal(await page.getByText('Answer complete.').count(), 0);
});

test('a reader comes back to the place where they left, also after a reload', async () => {
  const page = await open('/');
  for (const text of ['one', 'two', 'three', 'four']) {
    await ask(page, text);
    await page.locator('rivulet-answer article[aria-busy=true]').waitFor();
    await page.locator('rivulet-answer article[aria-busy=true]').waitFor({ state: 'detached' });
  }
  const at = () =>
    page.locator('.question', { hasText: 'two' }).evaluate(question => {
      const scroller = question.closest('.scroller')!;
      return Math.round(question.getBoundingClientRect().top - scroller.getBoundingClientRect().top);
    });
  await page.locator('.scroller').hover();
  for (let wheel = 0; wheel < 50 && (await at()) < 0; wheel++) await page.mouse.wheel(0, -40);
  await page.waitForTimeout(500);
  const left = await at();
  assert.ok(left >= 0 && left < 100, `${left}`);
  const isThere = async () => {
    await page.locator('.question').nth(3).waitFor();
    // Nothing moves any more.
    await page.waitForTimeout(300);
    assert.ok(Math.abs((await at()) - left) <= 1, `${await at()} and not ${left}`);
  };
  await newChat(page);
  await choose(page, 'one');
  await isThere();
  await page.reload();
  await isThere();
});

test('the conversation that is shown is saved as a file', async () => {
  const page = await open('/');
  await ask(page, 'What is “it”?');
  await page.locator('rivulet-answer article[aria-busy=true]').waitFor();
  await isComplete(page);
  await openMenu(page);
  for (const [button, name, passes] of [
    ['Save as Markdown', 'What is “it”.md', (text: string) => text.includes(`\n\n${WHOLE}\n`)],
    [
      'Save as JSON',
      'What is “it”.json',
      (text: string) => JSON.parse(text).messages[1].content.trim() === WHOLE,
    ],
  ] as const) {
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: button }).click();
    const download = await downloading;
    assert.equal(download.suggestedFilename(), name);
    assert.ok(passes(await readFile(await download.path(), 'utf8')), name);
  }
});

async function sees(page: PlainPage, expression: string): Promise<void> {
  const seen = await eventually(() => page.evaluate(expression), Boolean);
  assert.ok(seen, expression);
}

test('a tab that slept while others turned to another conversation brings nothing of its own into that', async () => {
  const plain = await launchPlainBrowser();
  const shown = `[...document.querySelector('rivulet-chat')?.shadowRoot?.querySelector('rivulet-transcript')
    ?.shadowRoot?.querySelectorAll('.question p') ?? []].map(({ textContent }) => textContent).join()`;
  const isIdle = `document.querySelector('rivulet-chat').busy === false`;
  const send = (page: PlainPage, text: string) =>
    page.evaluate(`document.querySelector('rivulet-chat').send('${text}')`);
  try {
    const sleeper = await plain.open(`${visitor.chat.origin}/`);
    await sees(sleeper, `'send' in (document.querySelector('rivulet-chat') ?? {})`);
    await send(sleeper, 'one');
    await sees(sleeper, `${shown} === 'one' && ${isIdle}`);
    // It covers the first, as only what is hidden can be frozen.
    const other = await plain.open(`${visitor.chat.origin}/other`);
    await sees(other, `${shown} === 'one'`);
    await sleeper.send('Page.setWebLifecycleState', { state: 'frozen' });
    await other.evaluate(`document.querySelector('rivulet-chat').newChat()`);
    await sees(other, `${shown} === ''`);
    await send(other, 'two');
    await sees(other, `${shown} === 'two' && ${isIdle}`);
    await sleeper.send('Page.setWebLifecycleState', { state: 'active' });
    await sees(sleeper, `${shown} === 'two'`);
    await send(sleeper, 'three');
    for (const page of [sleeper, other]) await sees(page, `${shown} === 'two,three' && ${isIdle}`);
    await upstreamSees(3, 0);
  } finally {
    await plain.close();
  }
});
