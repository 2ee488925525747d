/** The examples, started by their command: each answers in a real browser, and nothing is said on the console. */

import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { examples } from '../../demo/examples/examples.ts';
import { launchBrowser, openPage } from '../support/browser.ts';
import { root } from '../support/clone.mjs';
import { noSettings, type Program, run, start } from '../support/program.ts';

const options = { cwd: root, env: noSettings };
const command = 'demo/examples/start.mjs';
/** Those with a page; the one in the terminal is started by itself. */
const shown = Object.keys(examples).filter(name => name !== 'node');

let browser: Browser;
let program: Program;
let said: string;

before(async () => {
  [browser, program] = [await launchBrowser(), start(process.execPath, [command, ...shown], options)];
  const places = shown.map(name => `(?=[^]*^${name} +http)`);
  said = await program.says(new RegExp(`^${places.join('')}`, 'm'));
});
after(async () => {
  await browser.close();
  await program.end();
});

/** Opens an example, and checks afterwards that nothing went wrong. */
async function look(name: string, use: (page: Page) => Promise<void>): Promise<void> {
  const [, address] = new RegExp(`^${name} +(http\\S+)$`, 'm').exec(said)!;
  const { page, problems } = await openPage(browser);
  // Strict policies are violated without an error of the page's own.
  await page.addInitScript(() =>
    addEventListener('securitypolicyviolation', event => console.error(event.effectiveDirective)),
  );
  await page.goto(address!);
  await use(page);
  assert.deepEqual(problems, []);
  await page.context().close();
}

async function ask(page: Page, question: string): Promise<void> {
  await page.locator('rivulet-composer textarea').fill(question);
  await page.locator('rivulet-composer textarea').press('Enter');
}

const answer = (page: Page) => page.locator('rivulet-answer article[aria-busy=false]').last();

// Side by side, as most of it is waiting for the end of answers; one client may have three of them in the making.
describe('in a browser', { concurrency: 3 }, () => {
  for (const name of ['html', 'react', 'vue', 'svelte', 'solid', 'angular']) {
    test(`${name}: properties follow the page, events and hooks are heard, a method asks`, async () => {
      await look(name, async page => {
        await page.locator('rivulet-composer textarea').waitFor();
        await page.getByRole('button', { name: 'Where does it come from?' }).waitFor();
        await page.getByLabel('Tea').selectOption('Oolong');
        const [request] = await Promise.all([
          page.waitForRequest('**/v1/chat/completions'),
          page.getByRole('button', { name: 'How do I brew it?' }).click(),
        ]);
        await answer(page).getByText('demo model').waitFor();
        await page.locator('output', { hasText: /^1$/ }).waitFor();
        const { messages, temperature } = request.postDataJSON();
        assert.equal(temperature, 0);
        assert.match(JSON.stringify(messages), /looks at Oolong/);
      });
    });
  }

  test('tools: the model calls the functions of the page, and the visitor gets what one has made', async () => {
    await look('tools', async page => {
      await ask(page, '/tools');
      await page.getByRole('button', { name: 'Allow', exact: true }).click();
      await page.getByRole('button', { name: 'Pay 89 €' }).click();
      await page.getByText('Paid.').waitFor();
      await answer(page).waitFor();
    });
  });

  test('headless: the page’s own interface shows an answer, and its Stop ends one', async () => {
    await look('headless', async page => {
      await page.getByRole('button', { name: 'Ask' }).click();
      await page.locator('#messages table').waitFor();
      await page.getByRole('button', { name: 'Stop', disabled: true }).waitFor();
      await page.getByLabel('Question').fill('/long');
      await page.getByRole('button', { name: 'Ask' }).click();
      await page.getByRole('heading', { name: '/long' }).locator('+ div > *').first().waitFor();
      const stopped = page.waitForRequest(request => request.method() === 'DELETE');
      await page.getByRole('button', { name: 'Stop' }).click();
      await stopped;
      await page.getByRole('button', { name: 'Ask', disabled: false }).waitFor();
    });
  });

  test('strict: the chat answers under the policy, with hashes of all its files', async () => {
    await look('strict', async page => {
      await ask(page, '/markdown');
      await answer(page).locator('table').waitFor();
    });
  });

  test('nginx: the chat is under the address of its site', async () => {
    await look('nginx', async page => {
      await page.locator('rivulet-launcher button').click();
      await ask(page, 'Hello');
      await answer(page).waitFor();
    });
  });
});

test('node: the answer comes to the terminal, and all ends with it', async () => {
  const { code, stdout, stderr } = await run(process.execPath, [command, 'node'], options);
  assert.match(stdout, /demo model[^]*\(complete\)\n$/, stderr);
  assert.equal(code, 0);
});

test('the command lists every folder that is there, and says so of a name that is not', async () => {
  const entries = await readdir(join(root, 'demo/examples'), { withFileTypes: true });
  const folders = entries.filter(entry => entry.isDirectory()).map(({ name }) => name);
  assert.deepEqual(folders.sort(), Object.keys(examples).sort());
  const { code, stdout, stderr } = await run(process.execPath, [command, 'nosuch'], options);
  assert.equal(code, 1);
  assert.match(stderr, /There is no example nosuch/);
  for (const name of folders) assert.match(stdout, new RegExp(`^  ${name} `, 'm'));
});
