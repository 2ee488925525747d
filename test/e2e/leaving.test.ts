/** A page that is left in the first moment of an answer: what was asked is not lost, and is asked for once. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { eventually } from '../support/eventually.ts';
import { ask, isComplete, storedTexts, textOf, WHOLE } from '../support/kept-chat.ts';
import { useVisitor } from '../support/visitor.ts';

const visitor = useVisitor();
const { open, isWhole } = visitor;

/** Leaves the page so long after the Enter that sends a question. */
async function askAndLeave(page: Page, question: string, ms: number, to?: string): Promise<void> {
  const composer = page.locator('rivulet-composer textarea');
  await composer.fill(question);
  await page.evaluate(
    ([ms, to]) =>
      addEventListener(
        'keydown',
        () => setTimeout(() => (to ? location.assign(to) : location.reload()), ms as number),
        { capture: true },
      ),
    [ms, to] as const,
  );
  const left = page.waitForEvent('load');
  await composer.press('Enter');
  await left;
}

for (const ms of [0, 20, 50, 100, 200])
  test(`a reload ${ms} ms after the question`, async () => {
    const page = await open('/');
    await askAndLeave(page, 'Hello', ms);
    await isWhole(page);
  });

test('a link to another page, and a reload there before anything is loaded', async () => {
  const page = await open('/');
  await askAndLeave(page, 'Hello', 0, '/other');
  await page.reload();
  await isWhole(page);
});

test('a tab that leaves the site at once: another tab has it; and with `session`, none but the same', async () => {
  for (const [path, inOther] of [
    ['/', true],
    ['/session', false],
  ] as const) {
    await visitor.change();
    const page = await open(path);
    await askAndLeave(page, 'Hello', 0, 'about:blank');
    const other = await open(path);
    if (inOther) await isWhole(other);
    else {
      assert.equal(await other.locator('.question').count(), 0);
      await page.goto(`${visitor.chat.origin}${path}`);
      await isWhole(page);
    }
  }
});

test('a second question, in a tab that leads and in one that follows', async () => {
  for (const follows of [false, true]) {
    await visitor.change();
    const page = await open('/');
    await ask(page, 'Hello');
    await isComplete(page);
    const asking = follows ? await open('/other') : page;
    await isComplete(asking);
    await askAndLeave(asking, 'And?', 0);
    const texts = await eventually(
      () => asking.locator('.question p').allTextContents(),
      questions => questions.length === 2,
    );
    assert.deepEqual(texts, ['Hello', 'And?']);
    const text = await eventually(
      () => textOf(asking).catch(() => ''),
      text => text === WHOLE,
    );
    assert.equal(text, WHOLE);
    assert.equal((await visitor.chat.upstream.stats()).requests, 2);
    // It is in the store by now, and nowhere else.
    assert.equal((await storedTexts(asking)).includes('And?'), false);
  }
});
