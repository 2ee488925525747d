/** The popup on the next page: as the visitor left it, with its answer. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { ask, hasBegun } from '../support/kept-chat.ts';
import { useVisitor } from '../support/visitor.ts';

const visitor = useVisitor();
const { open, isWhole } = visitor;

const launcher = (page: Page) => page.locator('body > rivulet-chat > rivulet-launcher button');
const panel = (page: Page) => page.locator('rivulet-panel');

test('that was open is open, at once, and does not take the focus; its answer goes on', async () => {
  const page = await open('/popup');
  await launcher(page).click();
  await ask(page, 'Hello');
  await hasBegun(page);
  // What moves in the first frame in which the panel is there.
  await page.addInitScript({
    content: `(function look() {
      const panel = document.querySelector('rivulet-chat')?.shadowRoot?.querySelector('rivulet-panel');
      if (panel) window.moving = panel.getAnimations().length;
      else requestAnimationFrame(look);
    })()`,
  });
  await page
    .getByRole('link', { name: 'Elsewhere' })
    .evaluate(link => link.setAttribute('href', '/other-popup'));
  await page.getByRole('link', { name: 'Elsewhere' }).click();
  await panel(page).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.localName), 'body');
  await page.waitForFunction(() => 'moving' in window);
  assert.equal(await page.evaluate(() => (window as unknown as { moving?: number }).moving), 0);
  await isWhole(page);
});

test('that was closed is closed, also where the page would open it', async () => {
  const page = await open('/open-popup');
  await panel(page).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.localName), 'body');
  await page.locator('rivulet-panel').getByRole('button', { name: 'Close the chat' }).click();
  await page.reload();
  await launcher(page).waitFor();
  assert.equal(await launcher(page).getAttribute('aria-expanded'), 'false');
  assert.equal(await page.evaluate(() => customElements.get('rivulet-chat')), undefined);
});

test('that was closed on its answer goes on behind the launcher, which says when it is there', async () => {
  const page = await open('/popup');
  await launcher(page).click();
  await ask(page, 'Hello');
  await hasBegun(page);
  await page.locator('rivulet-panel').getByRole('button', { name: 'Close the chat' }).click();
  await page.reload();
  const unread = page.getByRole('button', { name: 'Open the chat: there is a new answer' });
  await unread.waitFor();
  assert.equal(await panel(page).isVisible(), false);
  await unread.click();
  await isWhole(page);
  await page.locator('rivulet-panel').getByRole('button', { name: 'Close the chat' }).click();
  assert.equal(await launcher(page).getAttribute('aria-label'), 'Open the chat');
});

test('that was the whole screen does not hide the next page, but is there after a reload', async () => {
  await visitor.change({ viewport: { width: 390, height: 844 } });
  const page = await open('/popup');
  await launcher(page).click();
  await ask(page, 'Hello');
  await hasBegun(page);
  await page.reload();
  await panel(page).waitFor();
  await page.goto(`${visitor.chat.origin}/other-popup`);
  await page.getByRole('button', { name: 'Open the chat: there is a new answer' }).waitFor();
  assert.equal(await panel(page).isVisible(), false);
  assert.equal((await visitor.chat.upstream.stats()).requests, 1);
});
