/** The sources of an answer, as upstreams name them. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { addSources } from '../../widget/client/sources.ts';
import type { Source } from '../../widget/conversation/message.ts';
import { sourceShapes, sources } from '../support/upstream/source-shapes.mjs';

const [a, b] = ['https://a.example/one', 'https://b.example/two'];
const both = [
  { url: a, title: 'One' },
  { url: b, title: 'Two' },
];
const inDelta = (fields: object) => ({ choices: [{ index: 0, delta: fields }] });

describe('sources are read as they come from', () => {
  const read = (events: readonly object[]) => events.reduce<readonly Source[]>(addSources, []);

  for (const [upstream, events] of Object.entries(sourceShapes))
    test(upstream, () => {
      const said = read(events.map(({ beside, delta = {} }) => ({ ...beside, ...inDelta(delta) })));
      const titled =
        upstream === 'Perplexity, addresses alone' ? sources.map(({ url }) => ({ url })) : sources;
      assert.deepEqual(said, titled);
    });

  test('OpenAI, where it does not stream', () => {
    const annotations = both.map(({ url, title }) => ({
      type: 'url_citation',
      url_citation: { url, title },
    }));
    assert.deepEqual(addSources([], { choices: [{ message: { annotations } }] }), both);
  });
});

test('a source that is named again has one number, and its title as soon as that is known', () => {
  const addresses = addSources([], { citations: [a, b, a] });
  assert.deepEqual(addresses, [{ url: a }, { url: b }]);
  assert.deepEqual(addSources(addresses, { search_results: [{ url: b, title: 'Two' }] }), [
    { url: a },
    { url: b, title: 'Two' },
  ]);
  assert.deepEqual(addSources(both, { citations: [b, a] }), both);
});

test('an address that is none of the web is not taken, and its title keeps its number', () => {
  const urls = [
    `${'javascript'}:alert(1)`,
    'data:text/html,x',
    '//evil.example',
    '/path',
    'file:///etc',
    'x',
    '',
    42,
  ];
  const web_search = urls.map((link, index) => ({ link, title: `t${index}` }));
  assert.deepEqual(
    addSources([], { web_search }),
    urls.map((_, index) => ({ title: `t${index}` })),
  );
});

test('what is no source is none', () => {
  const wrong = [
    null,
    42,
    'text',
    [],
    {},
    true,
    [null],
    [[]],
    { 0: {} },
    [{ url: {} }],
    [{ url_citation: [] }],
  ];
  for (const value of wrong)
    assert.deepEqual(
      addSources([], {
        citations: value,
        web_search: value,
        search_info: value,
        ...inDelta({ annotations: value }),
      }),
      [],
    );
});

test('there is an end to them', () => {
  const citations = Array.from({ length: 1000 }, (_, index) => `https://a.example/${index}`);
  assert.equal(addSources([], { citations }).length, 50);
  assert.deepEqual(addSources([], { citations: [`https://a.example/${'x'.repeat(2000)}`] }), []);
  const [source] = addSources([], { web_search: [{ title: `${'x'.repeat(299)}🌊` }] });
  assert.equal(source?.title, 'x'.repeat(299));
});
