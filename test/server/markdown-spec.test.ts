/** The parser reads CommonMark and GFM as their specifications have them. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gfmCases, ownCases, specExamples } from '../support/markdown/corpora.ts';
import { examplesWithHtml, htmlAsText } from '../support/markdown/html-as-text.ts';
import { parse } from '../support/markdown/parse.ts';
import { toHtml } from '../support/markdown/to-html.ts';

/** Examples of CommonMark that we read otherwise on purpose. */
const deviations = new Map<number, string>([
  [602, 'an address is a link by GFM, though its angle brackets are not well-formed'],
  [608, 'an address is a link by GFM, though its angle brackets are not well-formed'],
  [611, 'an address is a link by GFM'],
  [612, 'an address of e-mail is a link by GFM'],
]);

interface Expected {
  readonly name: string;
  readonly markdown: string;
  readonly html: string;
}

function expectAll(cases: readonly Expected[]): void {
  const failures = cases.filter(({ markdown, html }) => toHtml(parse(markdown)) !== html);
  if (failures.length === 0) return;
  const [{ name, markdown, html }] = failures as [Expected];
  const names = failures.map(failure => failure.name).join('; ');
  assert.equal(toHtml(parse(markdown)), html, `${names}\n\n${name}:\n${markdown}`);
}

function bySection<T extends { section: string }>(cases: readonly T[]): Map<string, T[]> {
  const sections = new Map<string, T[]>();
  for (const example of cases)
    sections.set(example.section, [...(sections.get(example.section) ?? []), example]);
  return sections;
}

const named = (example: (typeof specExamples)[number]) => ({ ...example, name: `example ${example.number}` });

for (const [section, examples] of bySection(specExamples)) {
  const without = examples.filter(({ number }) => !examplesWithHtml.has(number) && !deviations.has(number));
  if (without.length > 0) test(`CommonMark, ${section}`, () => expectAll(without.map(named)));
}

test('CommonMark: what is read otherwise is listed, and short', () => {
  assert.equal(specExamples.length, 652);
  assert.equal(examplesWithHtml.size, 72);
  assert.ok(deviations.size <= 6);
  for (const number of deviations.keys()) {
    const { markdown, html } = specExamples[number - 1] as (typeof specExamples)[number];
    assert.notEqual(toHtml(parse(markdown)), html, `example ${number} is read as specified`);
  }
});

test('CommonMark: raw HTML is shown as text', () => {
  const examples = specExamples.filter(({ number }) => examplesWithHtml.has(number));
  expectAll(examples.map(example => ({ ...named(example), html: htmlAsText(example.markdown) })));
});

for (const [section, cases] of bySection([...gfmCases, ...ownCases]))
  test(section, () => expectAll(cases.map(example => ({ ...example, name: example.promise }))));
