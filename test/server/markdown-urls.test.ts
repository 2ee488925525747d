/** Which addresses an answer's links may lead to. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { Inline } from '../../widget/markdown/tree.ts';
import { claimsAnotherHost, isAllowedImage, safeUrl } from '../../widget/markdown/extras/urls.ts';
import { parse } from '../support/markdown/parse.ts';

const page = 'https://shop.example/help/';

const { shown, refused } = JSON.parse(
  readFileSync(new URL('../fixtures/markdown/urls.json', import.meta.url), 'utf8'),
) as { shown: Array<[written: string, href: string]>; refused: string[] };

/** Every address that the links and images of a text have, escapes and entities read. */
function addresses(text: string): string[] {
  const found: string[] = [];
  const visit = (nodes: readonly object[]) => {
    for (const node of nodes as Array<Inline & { children?: object[] }>) {
      if (node.type === 'link' && node.href !== undefined) found.push(node.href);
      if (node.type === 'image') found.push(node.src);
      if (node.children) visit(node.children);
    }
  };
  visit(parse(text).children);
  return found;
}

test('addresses on the web, of e-mail and of telephones are shown', () => {
  for (const [written, href] of shown) {
    const [address] = addresses(`[a](<${written}>)`);
    assert.equal(safeUrl(address, page)?.href, href, written);
  }
});

test('every other scheme is refused, whatever it hides behind', () => {
  for (const written of refused) {
    assert.equal(safeUrl(written, page), undefined, JSON.stringify(written));
    const texts = [
      `[a](${written})`,
      `[a](<${written}>)`,
      `<${written}>`,
      `![a](${written})`,
      `[a]\n\n[a]: ${written}`,
    ];
    for (const address of texts.flatMap(addresses))
      assert.equal(
        safeUrl(address, page),
        undefined,
        `${JSON.stringify(written)} as ${JSON.stringify(address)}`,
      );
  }
});

test('an address without a scheme never leads to another host', () => {
  for (const written of [
    '//evil.example/a',
    '\\\\evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '///evil.example',
  ]) {
    const url = safeUrl(written, page);
    assert.ok(url === undefined || url.host === 'shop.example', `${JSON.stringify(written)}: ${url?.href}`);
  }
});

test('images come from the origins that the page allows, and from no other', () => {
  const allowed = ['https://cdn.example', 'data:', 'null'];
  const may = (address: string) => isAllowedImage(new URL(address), allowed);
  assert.ok(may('https://cdn.example/a.png'));
  for (const address of [
    'http://cdn.example/a.png',
    'https://cdn.example:8443/a.png',
    'https://cdn.example.evil.example/a.png',
    'https://evil.example/https://cdn.example/',
    'https://cdn.example@evil.example/a.png',
    'data:image/svg+xml,<svg/>',
  ])
    assert.ok(!may(address), address);
});

test('a link that names another host than it leads to is told apart', () => {
  const lies = (text: string, address: string) => claimsAnotherHost(text, new URL(address));
  assert.ok(lies('https://bank.example', 'https://evil.example/'));
  assert.ok(lies('bank.example/login', 'https://evil.example/'));
  assert.ok(lies('www.bank.example', 'https://bank.example.evil.example/'));
  assert.ok(!lies('https://bank.example/login', 'https://bank.example/'));
  assert.ok(!lies('www.bank.example', 'https://bank.example/'));
  assert.ok(!lies('the manual', 'https://bank.example/'));
});
