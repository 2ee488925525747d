/** Thinking in the text of an answer, with the proxy between. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ask } from '../support/kept-chat.ts';
import { useVisitor } from '../support/visitor.ts';

const visitor = useVisitor();

test('that never ends is whole after a cut and a reload, nothing failed, and no model is told of it', async () => {
  const page = await visitor.open('/thinking');
  await ask(page, 'one');
  await page.locator('.thoughts', { hasText: 'On and on. On' }).waitFor();
  visitor.chat.cutConnections();
  const only = page.locator('.only-thought');
  await only.waitFor();
  const thoughts = () => page.locator('.thoughts').innerText();
  const all = `${'On and on. '.repeat(12)}</thin`;
  assert.equal(await thoughts(), all);
  await page.waitForTimeout(700);
  await page.reload();
  await only.waitFor();
  assert.equal(await thoughts(), all);
  assert.equal(await page.locator('.alarm').count(), 0);
  await ask(page, 'two');
  await page.locator('.only-thought').nth(1).waitFor();
  const { requests, lastRequest } = await visitor.chat.upstream.stats();
  assert.equal(requests, 2);
  assert.deepEqual(lastRequest?.body.messages, [
    { role: 'user', content: 'one' },
    { role: 'user', content: 'two' },
  ]);
});
