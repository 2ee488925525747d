/** What a page writes into a chat: before it is defined and later, as frameworks do, and rubbish. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import type { RivuletChat } from '../../widget/index.ts';
import { launchBrowser, openPage } from '../support/browser.ts';
import { startProxy, type TestProxy } from '../support/proxy.ts';
import { type Site, startSite } from '../support/site.ts';

let browser: Browser;
let proxy: TestProxy;
let site: Site;

before(async () => {
  browser = await launchBrowser();
  proxy = await startProxy();
  const page = (body: string) =>
    `<!doctype html><html lang="en"><title>Site</title><body>${body}<script src="${proxy.url}/widget.js" async></script>`;
  site = await startSite({
    '/': page('<rivulet-chat persist="none"></rivulet-chat>'),
    '/early':
      page(`<rivulet-chat persist="none" heading="By attribute" greeting="Welcome"></rivulet-chat><script>
      const chat = document.querySelector('rivulet-chat');
      chat.heading = 'By property';
      chat.suggestions = ['Hello'];
      chat.words = { chat: { send: 'Go' } };
      chat.followUps = () => ['And then?'];
      chat.commands = [{ name: 'cart', text: 'My cart' }];
      chat.showStats = true;
    </script>`),
  });
});

after(async () => {
  await browser.close();
  site.close();
  await proxy.close();
});

async function goTo(path: string) {
  const watched = await openPage(browser);
  await watched.page.goto(`${site.origin}${path}`);
  await watched.page.locator('rivulet-composer textarea').waitFor();
  return watched;
}

async function isAnswered(page: Page, count = 1): Promise<void> {
  const answer = page.locator('rivulet-answer').nth(count - 1);
  await answer.locator('article[aria-busy=false]').waitFor();
  assert.match(await answer.innerText(), /built-in demo model/);
}

test('what is set before the element is defined holds, and attributes and properties change it later', async () => {
  const { page, problems } = await goTo('/early');
  await page.getByRole('heading', { name: 'By property' }).waitFor();
  await page.getByText('Welcome').waitFor();
  await page.getByRole('button', { name: 'Hello' }).click();
  await isAnswered(page);
  await page.getByRole('button', { name: 'And then?' }).waitFor();
  await page.locator('rivulet-answer rivulet-stats, rivulet-answer .stats').first().waitFor();
  await page.getByRole('button', { name: 'Go' }).waitFor();
  await page.locator('rivulet-composer textarea').pressSequentially('/ca');
  await page.getByRole('option', { name: /cart/ }).waitFor();
  await page.locator('rivulet-chat').evaluate(chat => chat.setAttribute('heading', 'By attribute, later'));
  await page.getByRole('heading', { name: 'By attribute, later' }).waitFor();
  await page.locator('rivulet-chat').evaluate(chat => ((chat as RivuletChat).heading = 'Last'));
  await page.getByRole('heading', { name: 'Last' }).waitFor();
  assert.deepEqual(problems, []);
  await page.context().close();
});

test('it has each property that a framework may set', async () => {
  const { page } = await goTo('/');
  const unknown = await page
    .locator('rivulet-chat')
    .evaluate(chat =>
      ['tools', 'commands', 'followUps', 'getToken', 'getProof', 'onContact', 'contactFields', 'words']
        .concat(['heading', 'suggestions', 'imageOrigins', 'showStats', 'userId', 'isOpen'])
        .filter(name => !(name in chat)),
    );
  assert.deepEqual(unknown, []);
  await page.context().close();
});

test('rubbish is the same as nothing, whatever it is written into', async () => {
  const { page, problems } = await goTo('/');
  // What a question would be sent to, or with, is not asked with rubbish: it could not be answered.
  const failures = await page.locator('rivulet-chat').evaluate(async element => {
    const chat = element as RivuletChat & Record<string, unknown>;
    const failures: string[] = [];
    addEventListener('error', ({ message }) => failures.push(message));
    addEventListener('unhandledrejection', ({ reason }) => failures.push(String(reason)));
    const { observedAttributes } = chat.constructor as unknown as { observedAttributes: string[] };
    const properties = Object.entries(Object.getOwnPropertyDescriptors(Object.getPrototypeOf(chat)))
      .filter(([, { set }]) => set)
      .map(([name]) => name);
    if (properties.length < observedAttributes.length) failures.push('Not all properties were found.');
    const long = 'x'.repeat(1_000_000);
    const texts = [
      '',
      ' ',
      '0',
      '-1',
      '1e400',
      '[',
      '{"a":',
      '[1,null,{}]',
      '<b>',
      'data:text/html,<p>',
      '💥\ud800',
      long,
    ];
    for (const value of texts) {
      for (const name of observedAttributes) chat.setAttribute(name, value);
      await chat.updateComplete;
      for (const name of observedAttributes) chat.removeAttribute(name);
      await chat.updateComplete;
    }
    const rubbish = [
      ...[
        Symbol('rubbish'),
        0,
        42,
        10n,
        NaN,
        Infinity,
        -1,
        true,
        '',
        long,
        {},
        Object.create(null),
        [],
        document.body,
      ],
      ...[
        [null, Symbol('rubbish'), 1, {}, []],
        Symbol,
        () => {
          throw new Error('of the page');
        },
      ],
    ];
    for (const value of rubbish)
      for (const name of properties) {
        const before = chat[name];
        chat[name] = value;
        // The settings of another server are asked for; all else shows at once.
        await Promise.resolve(chat.updateComplete).catch(error => failures.push(`${name}: ${error}`));
        chat[name] = before;
        await Promise.resolve(chat.updateComplete).catch(error => failures.push(`${name}: ${error}`));
      }
    return failures;
  });
  assert.deepEqual(failures, []);
  // What is no server has no settings to tell.
  assert.deepEqual(
    problems.filter(problem => !/Failed to load resource|cannot load/.test(problem)),
    [],
  );
  await page.context().close();
});

test('with rubbish in all that is not about the server, a question is answered', async () => {
  const { page, problems } = await goTo('/');
  for (const [index, kind] of ['symbol', 'number', 'object', 'list'].entries()) {
    await page.locator('rivulet-chat').evaluate((element, kind) => {
      const chat = element as unknown as Record<string, unknown>;
      const value = {
        symbol: Symbol('rubbish'),
        number: 42,
        object: {},
        list: [null, {}, Symbol('rubbish')],
      }[kind];
      for (const name of [
        'heading',
        'greeting',
        'suggestions',
        'placeholder',
        'theme',
        'position',
        'words',
        'tools',
      ])
        chat[name] = value;
      for (const name of [
        'commands',
        'quote',
        'voice',
        'imageOrigins',
        'contactFields',
        'keepDays',
        'userId',
      ])
        chat[name] = value;
    }, kind);
    await page.locator('rivulet-composer textarea').fill(kind);
    await page.locator('rivulet-composer textarea').press('Enter');
    await page.locator('.question', { hasText: kind }).waitFor();
    await isAnswered(page, index + 1);
    await page.locator('rivulet-composer textarea').pressSequentially('/');
    await page.getByRole('option').first().waitFor();
    await page.locator('rivulet-composer textarea').fill('');
  }
  // The page's developers are told of what is no tool.
  assert.deepEqual(
    problems.filter(problem => !problem.includes('a tool needs')),
    [],
  );
  await page.context().close();
});
