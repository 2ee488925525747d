/** What editors and readers are told of the element is what it has: the manifest and the README, beside the element itself. */

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { launchBrowser, openPage } from '../support/browser.ts';
import { root } from '../support/clone.mjs';
import { startProxy, type TestProxy } from '../support/proxy.ts';

interface Named {
  name: string;
  description?: string;
  kind?: string;
}

interface Declaration {
  tagName: string;
  attributes: Named[];
  members: Named[];
  events: Named[];
  slots: Named[];
  cssProperties: Named[];
}

let browser: Browser;
let proxy: TestProxy;
let readme: string;
let element: Declaration;

const read = (path: string) => readFile(join(root, path), 'utf8');
const names = (list: readonly Named[]) => list.map(({ name }) => name).sort();

before(async () => {
  [browser, proxy, readme] = await Promise.all([launchBrowser(), startProxy(), read('README.md')]);
  const manifest = JSON.parse(await read('dist/npm/custom-elements.json'));
  [element] = manifest.modules[0].declarations;
});
after(async () => {
  await browser.close();
  await proxy.close();
});

test('the manifest has the attributes and methods that the element has, each with a sentence', async () => {
  const { page } = await openPage(browser);
  // The element gives its attributes once, to the browser that defines it.
  await page.addInitScript(() => {
    const { define } = customElements;
    customElements.define = function (name, element) {
      const { observedAttributes } = element as unknown as { observedAttributes?: string[] };
      Object.defineProperty(element, 'observedAttributes', { value: observedAttributes });
      define.call(this, name, element);
    };
  });
  await page.goto(proxy.url);
  const own = await page.evaluate(async () => {
    const chat = (await customElements.whenDefined('rivulet-chat')) as unknown as typeof HTMLElement & {
      observedAttributes: string[];
    };
    const lit = Object.getPrototypeOf(chat.prototype);
    // What overrides a step of Lit's, and is no method of an element either, is for Lit to call, as `render` is.
    const methods = Object.entries(Object.getOwnPropertyDescriptors(chat.prototype)).flatMap(
      ([name, { value }]) =>
        typeof value === 'function' &&
        !['constructor', 'render'].includes(name) &&
        (name in HTMLElement.prototype || !(name in lit))
          ? name
          : [],
    );
    return { attributes: [...chat.observedAttributes].sort(), methods: methods.sort() };
  });
  assert.equal(element.tagName, 'rivulet-chat');
  assert.deepEqual(names(element.attributes), own.attributes);
  assert.deepEqual(names(element.members.filter(({ kind }) => kind === 'method')), own.methods);
  const all = [...element.attributes, ...element.members, ...element.events, ...element.slots];
  const silent = all.filter(
    ({ name, description }) =>
      !description && !element.attributes.some(one => one.name === name && one.description),
  );
  assert.deepEqual(names(silent), []);
});

test('the README names every attribute, method, event, slot and CSS property', () => {
  const { attributes, members, events, slots, cssProperties } = element;
  const missing = names([...attributes, ...events, ...slots, ...cssProperties]).filter(
    name => !readme.includes(`\`${name}\``) && !readme.includes(`slot="${name}"`),
  );
  assert.deepEqual(missing, []);
  const methods = names(members.filter(({ kind }) => kind === 'method'));
  assert.deepEqual(
    methods.filter(name => !readme.includes(`${name}(`)),
    [],
  );
  const properties = names(members.filter(({ kind }) => kind === 'field')).filter(
    name => !attributes.some(attribute => attribute.name.replaceAll('-', '') === name.toLowerCase()),
  );
  assert.deepEqual(
    properties.filter(name => !new RegExp(`[\`.]${name}\\b`).test(readme)),
    [],
  );
});

test('the hints for VS Code have the attributes and the words that they can be', async () => {
  const { tags } = JSON.parse(await read('dist/npm/html-custom-data.json'));
  assert.deepEqual(names(tags[0].attributes), names(element.attributes));
  const theme = tags[0].attributes.find(({ name }: Named) => name === 'theme');
  assert.deepEqual(names(theme.values), ['auto', 'dark', 'light']);
});

test('those for JetBrains, which package.json names, have all but the methods', async () => {
  const { 'web-types': path, version } = JSON.parse(await read('package.json'));
  const types = JSON.parse(await read(path));
  assert.equal(types.version, version);
  const [tag] = types.contributions.html.elements;
  assert.deepEqual(names(tag.attributes), names(element.attributes));
  assert.deepEqual(names(tag.slots), names(element.slots));
  assert.deepEqual(names(tag.js.events), names(element.events));
  assert.deepEqual(names(tag.js.properties), names(element.members.filter(({ kind }) => kind === 'field')));
  assert.deepEqual(names(tag.css.properties), names(element.cssProperties));
});

test('what the guides name of the element in their tables of other chats, it has', async () => {
  for (const guide of ['from-deep-chat', 'from-n8n-chat']) {
    const text = await read(`demo/docs/guides/${guide}.md`);
    const named = [...text.matchAll(/\[`([\w-]+)[^\]]*`\]\(element\.md#/g)].map(([, name]) => name!);
    const own = [...text.matchAll(/`(rivulet-[\w-]+|--rivulet-[\w-]+)`/g)].map(([, name]) => name!);
    assert.ok(named.length > 5 && own.length > 0);
    const all = new Set(
      names([
        ...element.attributes,
        ...element.members,
        ...element.events,
        ...element.slots,
        ...element.cssProperties,
      ]),
    );
    const missing = [...named, ...own].filter(name => name !== element.tagName && !all.has(name));
    assert.deepEqual(missing, [], guide);
  }
});
