/** All of the built chat by keyboard alone: where the focus goes, and where it comes back to. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, openPage } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { startProxy, type TestProxy } from '../support/proxy.ts';
import { type Site, startSite } from '../support/site.ts';

let browser: Browser;
let demo: TestProxy;
let site: Site;

before(async () => {
  browser = await launchBrowser();
  demo = await startProxy({ widget: { title: 'Ask the demo', suggestions: ['Who are you?'] } });
  const page = (body: string, attributes = '') =>
    `<!doctype html><html lang="en"><title>Site</title><meta name="viewport" content="width=device-width">` +
    `<body style="block-size: 3000px"><p><a id="before" href="#">Before</a></p>${body}<p><a id="after" href="#">After</a></p>` +
    `<script src="${demo.url}/widget.js" async ${attributes}></script>`;
  site = await startSite({
    '/popup': page('', 'data-persist="none"'),
    '/inline': page('<rivulet-chat mode="inline" persist="none" style="block-size: 500px"></rivulet-chat>'),
  });
});
after(async () => {
  await browser.close();
  site.close();
  await demo.close();
});

/** What has the focus: its name and where it is, through all trees. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    if (!element || element === document.body) return '';
    return element.ariaLabel || element.id || element.textContent?.trim() || element.localName;
  });
}

async function isAt(page: Page, name: string): Promise<void> {
  assert.equal(
    await eventually(
      () => focused(page),
      at => at === name,
    ),
    name,
  );
}

async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

async function ask(page: Page, question: string): Promise<void> {
  const answers = page.locator('rivulet-answer');
  const count = await answers.count();
  await page.keyboard.type(question);
  await press(page, 'Enter');
  await answers.nth(count).waitFor();
  await page.locator('rivulet-answer').last().locator('article[aria-busy=false]').waitFor();
  await page.locator('rivulet-answer').last().locator('.actions button').first().waitFor();
}

/** Where the page is scrolled to, and where the conversation is. */
const scrolled = (page: Page) =>
  page.evaluate(() => {
    const chat = document.querySelector('rivulet-chat')!.shadowRoot!;
    const transcript = chat.querySelector('rivulet-transcript')?.shadowRoot;
    return { page: scrollY, conversation: transcript?.querySelector('.scroller')?.scrollTop ?? 0 };
  });

const question = 'You';
const answer = 'Answer';

test('a popup is opened, asked, read, searched and closed without a pointer, and gives the focus back', async () => {
  const { page, problems } = await openPage(browser, {
    viewport: { width: 1000, height: 700 },
    reducedMotion: 'reduce',
  });
  await page.goto(`${site.origin}/popup`);
  await page.getByRole('button', { name: 'Open the chat' }).waitFor();
  assert.equal(await focused(page), '', 'nothing takes the focus on load');
  await page.locator('#after').focus();
  await press(page, 'Tab');
  await isAt(page, 'Open the chat');
  const keys = page.waitForResponse(/\/keyboard-/);
  await press(page, 'Enter');
  await isAt(page, 'Your message');
  await (await keys).finished();
  await page.getByRole('button', { name: 'Model Demo' }).waitFor();
  // Until what has come runs.
  await page.evaluate(
    () => new Promise<void>(resolve => setTimeout(() => requestIdleCallback(() => resolve()), 300)),
  );
  // By parts, before there is anything to read, and round.
  await press(page, 'F6');
  await isAt(page, 'Model Demo');
  await press(page, 'F6');
  await isAt(page, 'Who are you?');
  await press(page, 'F6');
  await isAt(page, 'Your message');
  await ask(page, '/markdown');
  await ask(page, 'Who are you?');
  await isAt(page, 'Your message');

  // From message to message, and out of the conversation.
  await press(page, 'Shift+F6');
  await isAt(page, 'Conversation');
  await press(page, 'ArrowUp');
  await isAt(page, answer);
  const told = await page.evaluate(() => {
    const root = document.querySelector('rivulet-chat')!.shadowRoot!.querySelector('rivulet-transcript')!
      .shadowRoot!;
    const message = root.activeElement!;
    const ids = message.getAttribute('aria-describedby')!.split(' ');
    return [
      `${message.getAttribute('aria-posinset')} of ${message.getAttribute('aria-setsize')}`,
      ids
        .map(id => root.getElementById(id)!.textContent)
        .join(' ')
        .slice(0, 28),
    ];
  });
  assert.deepEqual(told, ['4 of 4', 'I am the built-in demo model']);
  await press(page, 'ArrowUp');
  await isAt(page, question);
  await press(page, 'Home');
  await isAt(page, question);
  await press(page, 'ArrowUp');
  await isAt(page, question);
  await press(page, 'ArrowDown');
  await isAt(page, answer);
  // It is higher than what is in sight: it is scrolled to its end before it is left.
  const { conversation } = await scrolled(page);
  await press(page, 'ArrowDown');
  await eventually(
    () => scrolled(page),
    now => now.conversation > conversation,
  );
  await isAt(page, answer);
  await press(page, 'Enter');
  await isAt(page, 'link');
  await press(page, 'Escape');
  await isAt(page, answer);
  await press(page, 'Escape');
  await isAt(page, 'Your message');
  assert.equal((await scrolled(page)).page, 0, 'the page stays where it is');

  // A row of buttons is one stop, and its arrows go along it.
  await press(page, 'Shift+F6', 'ArrowUp', 'Enter');
  await isAt(page, 'Copy');
  await press(page, 'ArrowRight', 'ArrowRight');
  await isAt(page, 'Answer again');
  await press(page, 'Home', 'ArrowLeft');
  await isAt(page, 'Figures of this answer');
  await press(page, 'Shift+Tab', 'Tab');
  await isAt(page, 'Figures of this answer');
  await press(page, 'Tab');
  await isAt(page, 'Attach files');
  await press(page, 'Tab');
  await isAt(page, 'Your message');

  // In the empty field, pages are turned; in one with text, they are not.
  const { conversation: end } = await scrolled(page);
  await press(page, 'PageUp');
  await eventually(
    () => scrolled(page),
    now => now.conversation < end,
  );
  await press(page, 'PageDown');
  await eventually(
    () => scrolled(page),
    now => now.conversation === end,
  );
  await isAt(page, 'Your message');

  // A sheet gives the focus back to what opened it, and so does the popup.
  await press(page, 'F6');
  await isAt(page, 'Model Demo');
  await press(page, 'Tab', 'Enter');
  await isAt(page, 'Back');
  await press(page, 'F6');
  await isAt(page, 'Back');
  await press(page, 'Escape');
  await isAt(page, 'Menu');
  await press(page, 'Enter');
  await isAt(page, 'Back');
  await page
    .locator('rivulet-chat')
    .evaluate(chat => (chat as HTMLElementTagNameMap['rivulet-chat']).close());
  await isAt(page, 'Open the chat');
  await press(page, 'Enter');
  await isAt(page, 'Your message');
  assert.equal(await page.locator('rivulet-history').count(), 0, 'a sheet closes with its chat');
  await press(page, 'Escape');
  await isAt(page, 'Open the chat');
  assert.equal((await scrolled(page)).page, 0, 'the page stays where it is');
  assert.deepEqual(problems, []);
  await page.context().close();
});

test('where the popup is a part of the screen, Tab leads out of it; where it is all of it, round and back into it', async () => {
  const { page } = await openPage(browser, {
    viewport: { width: 1000, height: 700 },
    reducedMotion: 'reduce',
  });
  await page.goto(`${site.origin}/popup`);
  await page.getByRole('button', { name: 'Open the chat' }).click();
  await isAt(page, 'Your message');
  const dialog = page.getByRole('dialog');
  assert.equal(await dialog.getAttribute('aria-modal'), null);
  const around = () => page.evaluate(() => document.activeElement?.localName);
  for (let stop = 0; stop < 12 && (await around()) === 'rivulet-chat'; stop += 1)
    await press(page, 'Shift+Tab');
  assert.equal(await around(), 'rivulet-launcher');
  await page.locator('rivulet-chat textarea').focus();
  await page.setViewportSize({ width: 390, height: 700 });
  await eventually(
    () => dialog.getAttribute('aria-modal'),
    modal => modal === 'true',
  );
  const stops: string[] = [];
  for (let stop = 0; stop < 12; stop += 1) {
    await press(page, 'Tab');
    stops.push(await focused(page));
    assert.equal(await around(), 'rivulet-chat');
  }
  const [first] = stops;
  assert.ok(stops.indexOf(first!, 1) > 0, stops.join());
  const back = [...stops];
  for (const stop of back.slice(0, -1).reverse()) {
    await press(page, 'Shift+Tab');
    await isAt(page, stop);
  }
  // What it hides cannot have the focus.
  await page.locator('#before').focus();
  assert.equal(await around(), 'rivulet-chat');
  await page.setViewportSize({ width: 1000, height: 700 });
  await eventually(
    () => dialog.getAttribute('aria-modal'),
    modal => modal === null,
  );
  await page.locator('#before').focus();
  await isAt(page, 'before');
  await page.context().close();
});

test('a chat in the page takes the focus from nobody, and what has it is always seen', async () => {
  const { page } = await openPage(browser, {
    viewport: { width: 1000, height: 700 },
    reducedMotion: 'reduce',
  });
  await page.goto(`${site.origin}/inline`);
  await page.locator('rivulet-composer textarea').waitFor();
  assert.equal(await focused(page), '');
  await page.locator('rivulet-composer textarea').focus();
  await ask(page, '/markdown');
  await page.locator('#before').focus();
  const hidden: string[] = [];
  const seen = new Set<string>();
  while (!seen.has('after') && seen.size < 60) {
    await press(page, 'Tab');
    seen.add(await focused(page));
    const fault = await page.evaluate(() => {
      let element = document.activeElement!;
      while (element.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
      const { x, y, width, height } = element.getBoundingClientRect();
      let top: Element | null = document.elementFromPoint(x + width / 2, y + Math.min(height, 40) / 2);
      while (top?.shadowRoot && top !== element) {
        const within: Element | null = top.shadowRoot.elementFromPoint(
          x + width / 2,
          y + Math.min(height, 40) / 2,
        );
        if (!within || within === top) break;
        top = within;
      }
      const { outlineStyle, boxShadow } = getComputedStyle(element);
      // The pill around the field wears the ring.
      const hasRing = outlineStyle !== 'none' || boxShadow !== 'none' || element.localName === 'textarea';
      const isSeen = top === element || element.contains(top);
      return isSeen && hasRing ? '' : `${element.outerHTML.slice(0, 80)}: ${isSeen ? 'no ring' : 'hidden'}`;
    });
    if (fault) hidden.push(fault);
  }
  assert.ok(seen.has('Copy code') && seen.has('Send') && seen.has('after'), [...seen].join());
  assert.deepEqual(hidden, []);
  await page.context().close();
});

for (const order of ['as in Chromium', 'as in Safari'] as const)
  test(`an Enter of an input method does nothing, in any field, ${order}`, async () => {
    const { page } = await openPage(browser, {
      viewport: { width: 1000, height: 700 },
      reducedMotion: 'reduce',
    });
    await page.goto(`${site.origin}/inline`);
    const devtools = await page.context().newCDPSession(page);
    const enter = () =>
      devtools.send('Input.dispatchKeyEvent', {
        ...{ type: 'rawKeyDown', key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 229 },
      });
    /** Writes 你好, with the Enter that chooses it. */
    const compose = async () => {
      await devtools.send('Input.imeSetComposition', { text: 'ni hao', selectionStart: 6, selectionEnd: 6 });
      if (order === 'as in Chromium') await enter();
      await devtools.send('Input.insertText', { text: '你好' });
      if (order === 'as in Safari') await enter();
    };
    const field = page.locator('rivulet-composer textarea');
    await field.focus();
    await compose();
    assert.equal(await field.inputValue(), '你好');
    assert.equal(await page.locator('.question').count(), 0);
    await press(page, 'Enter');
    await page.locator('rivulet-answer').last().locator('article[aria-busy=false]').waitFor();

    await page.getByRole('button', { name: 'Edit', exact: true }).press('Enter');
    const edited = page.locator('.question textarea');
    await edited.fill('');
    await compose();
    assert.equal(await edited.inputValue(), '你好');
    await press(page, 'Escape');

    const picture = { name: 'photo.png', mimeType: 'image/png', buffer: await page.screenshot() };
    await page.locator('rivulet-attachments input[type=file]').setInputFiles(picture);
    const described = page.getByLabel('What photo.png shows');
    await described.focus();
    await compose();
    assert.equal(await described.inputValue(), '你好');
    assert.equal(await page.locator('.question').count(), 1);

    await page.getByRole('button', { name: 'Menu' }).press('Enter');
    const search = page.getByLabel('Search conversations');
    await search.focus();
    await compose();
    assert.equal(await search.inputValue(), '你好');
    await search.fill('');
    // The list is read anew, and shown.
    await page.waitForTimeout(500);
    await page.locator('rivulet-history .open').press('F2');
    const name = page.getByLabel('Name of the conversation');
    await name.fill('');
    await compose();
    assert.equal(await name.inputValue(), '你好');
    await press(page, 'Enter');
    await page.locator('rivulet-history .open').getByText('你好').waitFor();
    await page.context().close();
  });
