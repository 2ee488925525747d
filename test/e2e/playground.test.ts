/** The playground, as a site owner uses it: sets things, sees them, takes the tag along, sends a link. And as somebody else writes a link. */

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { english } from '../../widget/locales/english.ts';
import { shutsNobodyOut } from '../support/axe.ts';
import { launchBrowser, openPage } from '../support/browser.ts';
import { root } from '../support/clone.mjs';
import { startProxy, type TestProxy } from '../support/proxy.ts';
import { startSite } from '../support/site.ts';

let browser: Browser;
let proxy: TestProxy;
before(async () => {
  [browser, proxy] = await Promise.all([launchBrowser(), startProxy()]);
});
after(async () => {
  await browser.close();
  await proxy.close();
});

async function openPlayground(hash = '') {
  const opened = await openPage(browser);
  await opened.page.goto(`${proxy.url}/playground.html${hash}`);
  await stage(opened.page).locator('rivulet-panel').first().waitFor();
  return opened;
}

const stage = (page: Page) => page.frameLocator('iframe');
const tag = (page: Page) => page.locator('#tag').innerText();
const control = (page: Page, key: string) => page.locator(`[id="set-${key}"]`);
/** Opens the group that has it, as a search does. */
async function find(page: Page, key: string) {
  await page.getByLabel('Find a setting').fill(key);
  return control(page, key);
}

function keysOf(words: unknown, key: string): string[] {
  if (typeof words !== 'object' || words === null) return [key];
  return Object.entries(words).flatMap(([name, word]) => keysOf(word, `${key}.${name}`));
}

test('all that the manifest and the words have can be set, is in the tag, and is there again by the address', async () => {
  const manifest = JSON.parse(await readFile(join(root, 'dist/npm/custom-elements.json'), 'utf8'));
  const { attributes, cssProperties } = manifest.modules[0].declarations[0];
  const names = (list: Array<{ name: string }>) => list.map(({ name }) => name);
  const keys = [...names(attributes), 'lang', ...names(cssProperties), ...keysOf(english, 'words')];

  const { page, problems } = await openPlayground();
  const shown = await page
    .locator('.control [id^="set-"]:is(input, select)')
    .evaluateAll(inputs => inputs.map(({ id }) => id.slice(4)));
  assert.deepEqual(shown.toSorted(), keys.toSorted());

  // One after the other, each as an input of its own.
  await page.locator('.control [id^="set-"]:is(input, select)').evaluateAll(inputs => {
    const css: Record<string, string> = {
      '<color>': '#123456',
      '<length>': '17px',
      '<number>': '1.2',
      '': 'Georgia, serif',
    };
    for (const input of inputs as Array<HTMLInputElement | HTMLSelectElement>) {
      if (input instanceof HTMLSelectElement) input.value = input.options[input.options.length - 1]!.value;
      else if (input.type === 'checkbox') input.checked = true;
      else if (input.type === 'number') input.value = '7';
      else if (input.id.startsWith('set---')) input.value = css[input.placeholder]!;
      else input.value = `"${input.id}" & <b>`;
      input.dispatchEvent(new Event('input'));
    }
  });
  await page.getByRole('radio', { name: 'Element' }).check();
  const whole = await tag(page);
  const [, written = ''] = /<rivulet-chat(.*?)><\/rivulet-chat>/s.exec(whole) ?? [];
  for (const { name } of attributes) assert.match(written, new RegExp(` ${name}(="|( |$))`), name);
  for (const { name } of cssProperties) assert.match(whole, new RegExp(`  ${name}: [^;]+;`), name);
  await page.waitForURL(/form=element/);
  assert.equal(whole.match(/set-words\./g)?.length, keysOf(english, 'words').length);

  const again = await openPage(browser);
  await again.page.goto(page.url());
  await again.page.locator('#tag', { hasText: 'rivulet-chat' }).waitFor();
  // Where a chat sends and loads from is set by hand alone.
  const withoutHand = whole.replace(/ (endpoint|image-origins)="[^"]*"/g, '');
  assert.equal(await tag(again.page), withoutHand);
  await page.getByRole('button', { name: 'Reset' }).click();
  assert.equal(await tag(page), `<script src="${proxy.url}/widget.js" async></script>`);
  await page.waitForURL(/html$/);
  assert.deepEqual([...problems, ...again.problems], []);
  await Promise.all([page.context().close(), again.page.context().close()]);
});

test('what is set shows at once in the chat, and each thing can be taken back', async () => {
  const { page, problems } = await openPlayground();
  const chat = stage(page).locator('rivulet-chat');
  await (await find(page, 'heading')).fill('Ask "us" & <them>');
  await chat
    .getByRole('heading', { name: 'Ask "us" & <them>' })
    .or(chat.getByText('Ask "us" & <them>'))
    .first()
    .waitFor();
  await (await find(page, '--rivulet-accent')).fill('rgb(1, 2, 3)');
  assert.equal(
    await stage(page)
      .locator(':root')
      .evaluate(page => getComputedStyle(page).getPropertyValue('--rivulet-accent')),
    'rgb(1, 2, 3)',
  );
  await (await find(page, 'words.chat.placeholder')).fill('Say something');
  await chat.getByPlaceholder('Say something').waitFor();
  await (await find(page, 'lang')).selectOption('de');
  await chat.getByText('Antworten').first().waitFor();

  await (await find(page, '--rivulet-radius')).fill('12');
  assert.equal(await control(page, '--rivulet-radius').getAttribute('aria-invalid'), 'true');
  assert.doesNotMatch(await tag(page), /radius/);
  await find(page, 'heading');
  await page.getByRole('button', { name: 'Take back heading' }).click();
  assert.doesNotMatch(await tag(page), /Ask/);
  assert.ok(await control(page, 'heading').evaluate(input => input === document.activeElement));
  assert.deepEqual(problems, []);
  await page.context().close();
});

test('the tag does on a page of another site what it did here', async () => {
  const { page } = await openPlayground();
  await (await find(page, 'heading')).fill('A "tag" & <b>');
  await (await find(page, 'words.chat.placeholder')).fill('`${</script>} here');
  await (await find(page, 'words.extras.loadImage')).fill('From {host}: `load`');
  await (await find(page, '--rivulet-accent')).fill('#7a3cff');
  const html = `<!doctype html><title>A site</title><body>${await tag(page)}`;
  const site = await startSite({ '/': html });
  const { page: visited, problems } = await openPage(browser);
  await visited.goto(site.origin);
  await visited.getByRole('button', { name: 'Open the chat' }).click();
  await visited.getByRole('dialog', { name: 'A "tag" & <b>' }).waitFor();
  await visited.getByPlaceholder('`${</script>} here').waitFor();
  const said = await visited
    .locator('rivulet-chat')
    .evaluate(chat =>
      (chat as unknown as { words: { extras: { loadImage(host: string): string } } }).words.extras.loadImage(
        'here',
      ),
    );
  assert.equal(said, 'From here: `load`');
  assert.deepEqual(problems, []);
  site.close();
  await Promise.all([page.context().close(), visited.context().close()]);
});

test('a link of a stranger’s sends nothing elsewhere and runs nothing', async () => {
  const hostile = new URLSearchParams([
    ['endpoint', 'https://elsewhere.example'],
    ['image-origins', 'https://elsewhere.example'],
    ['--rivulet-surface', 'url(https://elsewhere.example/x)'],
    ['--rivulet-ink', 'red; } * { display: none'],
    ['--rivulet-font', '"</style><script>alert(1)</script>"'],
    ['mode', 'popup" onload="alert(1)'],
    ['onclick', 'alert(1)'],
    ['__proto__', 'x'],
    ['words.chat.heading', '</script><img src="https://elsewhere.example/y" onerror="alert(1)">'],
  ]);
  const { page, problems, requests } = await openPlayground(`#${hostile}`);
  page.on('dialog', () => problems.push('a dialog'));
  const chat = stage(page).locator('rivulet-chat');
  assert.match(
    await page.locator('#notice').innerText(),
    /^1 set\. Left out of the address: “endpoint”, “image-origins”, .+ and 3 more\.$/,
  );
  assert.equal(await chat.getAttribute('endpoint'), null);
  assert.doesNotMatch((await tag(page)).replace(/heading: .*/, ''), /elsewhere|alert|display/);
  assert.match(await tag(page), /heading: "\\u003c\/script>/);

  // Who sets it by hand has it in the tag, and neither in the chat here nor in the address.
  await (await find(page, 'endpoint')).fill('https://own.example');
  assert.match(await tag(page), / data-endpoint="https:\/\/own\.example"/);
  await page.waitForURL(/#words\.chat\.heading=[^&]+$/);
  await chat.getByRole('textbox').first().fill('Hello');
  await chat.getByRole('textbox').first().press('Enter');
  await chat.getByText('I am the built-in demo model').first().waitFor();
  assert.deepEqual(
    requests.filter(url => !url.startsWith(proxy.url)),
    [],
  );
  assert.deepEqual(problems, []);
  await page.context().close();
});

test('nobody is shut out: in the light, in the dark, on 320 px', async () => {
  const { page } = await openPlayground('#--rivulet-accent=red&nonsense=1');
  // Of each kind of group one, besides the first, which is open.
  for (const name of ['Colours, shapes and type', 'Words: chat'])
    await page.locator('summary', { hasText: name }).press('Enter');
  await shutsNobodyOut(page);
  await page.context().close();
});
