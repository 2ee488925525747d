/**
 * Every state of the built chat as axe finds it and as its layout is: on a wide screen, on one of 320 px in the dark from right to
 * left with spaced text, in forced colours, with text of twice the size.
 */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { axeFinds } from '../support/axe.ts';
import { launchBrowser, openPage } from '../support/browser.ts';
import { doubleText, layoutFaults, spaceText } from '../support/layout.ts';
import { startProxy, type TestProxy } from '../support/proxy.ts';
import { type Site, startSite } from '../support/site.ts';
import { WEBHOOK_SECRET } from '../support/webhook.ts';

let browser: Browser;
let demo: TestProxy;
let site: Site;

before(async () => {
  browser = await launchBrowser();
  demo = await startProxy({
    widget: { title: 'Ask the demo', suggestions: ['Who are you?', '/markdown'] },
    contact: { webhookUrl: 'http://127.0.0.1:9/', webhookSecret: WEBHOOK_SECRET },
    limits: { maxBodyBytes: 20_000 },
  });
  const page = (attributes: string) =>
    `<!doctype html><html lang="en" ${attributes}><title>Site</title>` +
    `<meta name="viewport" content="width=device-width"><body style="margin: 0"><main style="block-size: 100vh"><h1 hidden>Site</h1>` +
    `<rivulet-chat mode="inline" feedback show-stats persist="session" style="block-size: 100%"></rivulet-chat></main>` +
    `<script src="${demo.url}/widget.js" async></script><script>document.querySelector('rivulet-chat').tools = [{ name: 'set_accent', description: 'x', confirm: true, parameters: { type: 'object', properties: { colour: { type: 'string', examples: ['#7a3cff'] } } }, run: () => 'done' }]</script>`;
  site = await startSite({ '/ltr': page(''), '/rtl': page('dir="rtl"') });
});
after(async () => {
  await browser.close();
  site.close();
  await demo.close();
});

const composer = (page: Page): Locator => page.locator('rivulet-composer textarea');
const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true }).last();

async function send(page: Page, question: string): Promise<void> {
  await composer(page).fill(question);
  await composer(page).press('Enter');
}

async function isAnswered(page: Page): Promise<void> {
  await page.locator('rivulet-answer').last().locator('article[aria-busy=false]').waitFor();
}

async function ask(page: Page, question: string): Promise<void> {
  const answers = page.locator('rivulet-answer');
  const count = await answers.count();
  await send(page, question);
  await answers.nth(count).waitFor();
  await isAnswered(page);
}

/** Each leads on from the one before, and leaves the chat as the next one takes it. */
const states: ReadonlyArray<readonly [name: string, (page: Page) => Promise<unknown>]> = [
  ['empty', page => button(page, '/markdown').waitFor()],
  [
    'commands',
    async page => {
      await composer(page).fill('/');
      await page.locator('rivulet-slash-list [role=option]').first().waitFor();
    },
  ],
  [
    'loading',
    async page => {
      await send(page, '/slow');
      await page.locator('.waiting .wave').waitFor();
    },
  ],
  [
    'streaming',
    async page => {
      await button(page, 'Stop the answer').click();
      await send(page, '/long');
      await page.locator('rivulet-answer').last().locator('.grows').waitFor();
    },
  ],
  [
    'stopped',
    async page => {
      await button(page, 'Stop the answer').click();
      await button(page, 'Continue').waitFor();
    },
  ],
  ['failed', page => ask(page, '/error')],
  ['refused', page => ask(page, '/busy')],
  [
    'markdown, figures',
    async page => {
      await ask(page, '/markdown');
      await page.locator('rivulet-answer').last().locator('math').first().waitFor();
      await button(page, 'Figures of this answer').click();
    },
  ],
  [
    'thinking, sources',
    async page => {
      await ask(page, '/sources');
      await ask(page, '/reasoning');
      await page.locator('rivulet-answer').last().locator('summary').click();
    },
  ],
  [
    'feedback',
    async page => {
      await button(page, 'Bad answer').click();
      await page.locator('rivulet-feedback textarea').waitFor();
    },
  ],
  [
    'a tool that asks',
    async page => {
      await send(page, '/tools');
      await page.locator('.asks').waitFor();
    },
  ],
  [
    'attachments',
    async page => {
      await button(page, 'Don’t allow').click();
      await isAnswered(page);
      const picture = await page.screenshot({ clip: { x: 0, y: 0, width: 80, height: 60 } });
      const files = [
        { name: 'photo.png', mimeType: 'image/png', buffer: picture },
        {
          name: 'a rather long name of some notes.txt',
          mimeType: 'text/plain',
          buffer: Buffer.from('Milk.'),
        },
      ];
      await page.locator('rivulet-attachments input[type=file]').setInputFiles(files);
      await page.locator('rivulet-attachments li[aria-busy=false]').nth(1).waitFor();
    },
  ],
  [
    'a change of a question, with its files',
    async page => {
      await ask(page, 'What is it?');
      await button(page, 'Edit').click();
      await page.locator('.question textarea').waitFor();
    },
  ],
  [
    'what the page adds',
    async page => {
      await button(page, 'Cancel').click();
      await page.locator('rivulet-chat').evaluate(chat => {
        (chat as HTMLElementTagNameMap['rivulet-chat']).context = 'The visitor looks at boots. '.repeat(40);
      });
      await page.locator('rivulet-dock summary').click();
    },
  ],
  [
    'offline, full',
    async page => {
      await page.locator('rivulet-chat').evaluate(chat => {
        (chat as HTMLElementTagNameMap['rivulet-chat']).context = null;
      });
      await page.context().setOffline(true);
      await send(page, 'And now?');
      await page.getByText('Waiting to be sent.').last().waitFor();
      await send(page, 'x'.repeat(30_000));
      await page.locator('.refusal').waitFor();
    },
  ],
  [
    'menu',
    async page => {
      await page.context().setOffline(false);
      await composer(page).fill('');
      await isAnswered(page);
      await button(page, 'Menu').click();
      await page.locator('rivulet-history .open').first().waitFor();
    },
  ],
  ['shortcuts', page => button(page, 'Shortcuts').click()],
  [
    'models',
    async page => {
      await page.keyboard.press('Escape');
      await button(page, 'Model').click();
      await page.getByRole('radio').first().waitFor();
    },
  ],
  [
    'a form for a person',
    async page => {
      await page.keyboard.press('Escape');
      await button(page, 'Talk to a person').click();
      await page.getByLabel('Email').waitFor();
    },
  ],
];

interface View {
  options: BrowserContextOptions;
  path: string;
  /** What a visitor does to the text, which also has to fit then. */
  change?: (page: Page) => Promise<void>;
}

const views: Record<string, View> = {
  'on a wide screen': { options: { viewport: { width: 1280, height: 800 } }, path: '/ltr' },
  'on 320 px, in the dark, from right to left': {
    options: { viewport: { width: 320, height: 640 }, colorScheme: 'dark' },
    path: '/rtl',
    change: spaceText,
  },
  'on 320 px, in forced colours': {
    options: { viewport: { width: 320, height: 640 }, forcedColors: 'active' },
    path: '/ltr',
  },
  // That of a phone at its widest, or of a laptop whose page is twice as large.
  'with text of twice the size': {
    options: { viewport: { width: 640, height: 800 } },
    path: '/ltr',
    change: doubleText,
  },
};

for (const [view, { options, path, change }] of Object.entries(views))
  test(`axe finds nothing in any state, and all of it fits, ${view}`, async () => {
    const { page } = await openPage(browser, { ...options, reducedMotion: 'reduce' });
    await page.goto(`${site.origin}${path}`);
    const faults: Record<string, string[]> = {};
    const hasFaults = (name: string, found: string[]) => {
      if (found.length > 0) faults[name] = found;
      if (process.env.SHOTS) console.log(view, name, found);
    };
    for (const [name, play] of states) {
      await play(page);
      await change?.(page);
      hasFaults(name, [...(await axeFinds(page, 'rivulet-chat')), ...(await layoutFaults(page))]);
      if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${view}-${name}.png` });
    }
    assert.deepEqual(faults, {});
    await page.context().close();
  });
