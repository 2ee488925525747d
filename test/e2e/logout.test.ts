/** A visitor who logs out leaves nothing: in storage, in memory, in another tab. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { eventually } from '../support/eventually.ts';
import { ask, hasBegun, isComplete, isEmpty, logout, storedTexts } from '../support/kept-chat.ts';
import { launchPlainBrowser, type PlainPage } from '../support/plain-browser.ts';
import { useVisitor } from '../support/visitor.ts';

const visitor = useVisitor();
const { open } = visitor;

/** Everything that lies in the site's database. */
function records(page: Page): Promise<string> {
  return page.evaluate(
    () =>
      new Promise<string>((resolve, reject) => {
        const opening = indexedDB.open('rivulet-chat');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const db = opening.result;
          const store = db.transaction('records').objectStore('records');
          const [keys, values] = [store.getAllKeys(), store.getAll()];
          values.onsuccess = () => {
            db.close();
            resolve(JSON.stringify([keys.result, values.result]));
          };
        };
      }),
  );
}

async function hasNothingOf(visitor: string, page: Page): Promise<void> {
  const stored = (await storedTexts(page)) + (await records(page));
  assert.equal(stored.includes(visitor), false, stored);
}

const draft = (page: Page) => page.locator('rivulet-composer textarea').inputValue();

test('each visitor has their own, and logout leaves nothing, drafts included', async () => {
  const ann = await open('/ann');
  await ask(ann, 'I am Ann');
  await isComplete(ann);
  await isEmpty(await open('/bob'));
  const other = await open('/ann');
  await other.getByText('I am Ann').waitFor();
  await ann.locator('rivulet-composer textarea').fill('Ann writes');
  await other.locator('rivulet-composer textarea').fill('Ann writes here too');
  await logout(ann);
  await hasNothingOf('nn', ann);
  assert.equal(await draft(ann), '');
  await isEmpty(other);
  await eventually(
    () => draft(other),
    text => text === '',
  );
  assert.equal(await draft(other), '');
  await other.reload();
  await isEmpty(other);
  await hasNothingOf('nn', other);
});

test('from a tab that follows, in the middle of an answer: that is stopped', async () => {
  const first = await open('/slow');
  await ask(first, 'Hello');
  await hasBegun(first);
  const second = await open('/slow');
  await second.locator('rivulet-answer').waitFor();
  await logout(second);
  await isEmpty(first);
  await isEmpty(second);
  const { aborted } = await eventually(
    () => visitor.chat.upstream.stats(),
    stats => stats.aborted === 1,
  );
  assert.equal(aborted, 1);
  // Nor what a late save may have written.
  await first.reload();
  await isEmpty(first);
  await hasNothingOf('Hello', first);
});

test('where another visitor is named in the same moment', async () => {
  const page = await open('/ann');
  await ask(page, 'I am Ann');
  await hasBegun(page);
  await page.locator('rivulet-chat').evaluate(async element => {
    const chat = element as HTMLElement & { logout(): Promise<void> };
    const done = chat.logout();
    chat.setAttribute('user-id', 'bob');
    await done;
  });
  await isEmpty(page);
  await hasNothingOf('nn', page);
  await ask(page, 'I am Bob');
  await isComplete(page);
  assert.deepEqual(await page.locator('.question p').allTextContents(), ['I am Bob']);
});

test('what another tab asks for before it has heard of it is not done', async () => {
  const first = await open('/');
  await ask(first, 'one');
  await isComplete(first);
  const second = await open('/');
  await second.getByText('one').waitFor();
  // It waits for this as nothing else lets a page wait: meanwhile it hears nothing.
  await second.route('**/held', async route => {
    await logout(first);
    await route.fulfill();
  });
  await second.locator('rivulet-chat').evaluate(element => {
    const held = new XMLHttpRequest();
    held.open('GET', '/held', false);
    held.send();
    (element as HTMLElement & { send(text: string): void }).send('Still me');
  });
  for (const page of [first, second]) {
    await isEmpty(page);
    await hasNothingOf('Still', page);
  }
  await ask(second, 'Somebody else');
  await isComplete(first);
  assert.deepEqual(await first.locator('.question p').allTextContents(), ['Somebody else']);
});

test('a tab that sleeps meanwhile forgets all of it when it wakes, and its menu is closed', async () => {
  const plain = await launchPlainBrowser();
  const has = async (page: PlainPage, expression: string) =>
    assert.ok(await eventually(() => page.evaluate(`Boolean(${expression})`), Boolean), expression);
  const chat = `document.querySelector('rivulet-chat')`;
  const shown = `${chat}?.shadowRoot?.querySelector('rivulet-transcript')?.shadowRoot?.querySelector('.question')`;
  const composer = `${chat}.shadowRoot.querySelector('rivulet-composer')`;
  const menu = `${chat}.shadowRoot.querySelector('rivulet-sheet').shadowRoot?.querySelector('rivulet-history')?.shadowRoot`;
  try {
    for (const path of ['/', '/session']) {
      const sleeper = await plain.open(`${visitor.chat.origin}${path}`);
      await has(sleeper, `'send' in (${chat} ?? {})`);
      await sleeper.evaluate(`${chat}.send('I am Ann')`);
      await has(sleeper, `${shown} && !${chat}.busy`);
      // It covers the first, as only what is hidden can be frozen.
      const other = await plain.open(`${visitor.chat.origin}${path}`);
      await has(other, shown);
      await sleeper.evaluate(`${composer}.draft = 'Ann writes'`);
      await sleeper.evaluate(
        `${chat}.shadowRoot.querySelector('rivulet-panel').shadowRoot.querySelector('[aria-label=Menu]').click()`,
      );
      await has(sleeper, `${menu}?.querySelector('li')`);
      await sleeper.send('Page.setWebLifecycleState', { state: 'frozen' });
      await other.evaluate(`${chat}.logout()`);
      await has(other, `!${shown}`);
      await sleeper.send('Page.setWebLifecycleState', { state: 'active' });
      await has(sleeper, `!${shown} && ${composer}.draft === '' && !${menu}`);
      await has(sleeper, `!JSON.stringify({ ...sessionStorage }).includes('Ann')`);
    }
  } finally {
    await plain.close();
  }
});

test('on a page where the chat was never opened, and on one that keeps nothing', async () => {
  for (const path of ['/popup', '/none']) {
    const page = await open('/');
    await ask(page, 'Remember me');
    await isComplete(page);
    const left = await open('/');
    await ask(left, 'And this');
    await left.goto('about:blank');
    await page.close();
    const closed = await open(path);
    if (path === '/popup') await closed.getByRole('button', { name: 'Open the chat' }).hover();
    await closed.waitForFunction(() => customElements.get('rivulet-chat'));
    await logout(closed);
    await hasNothingOf('Remember', closed);
    await hasNothingOf('And this', closed);
    await closed.goto(`${visitor.chat.origin}/`);
    await isEmpty(closed);
    await closed.close();
  }
});
