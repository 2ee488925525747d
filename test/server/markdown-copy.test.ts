/** Answers written back: as Markdown that is read as the same again, and as plain text. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toMarkdown } from '../../widget/markdown/copy/markdown.ts';
import { toPlainText } from '../../widget/markdown/copy/plain-text.ts';
import { answers, gfmCases, ownCases, specExamples } from '../support/markdown/corpora.ts';
import { generateAnswer, generateSoup } from '../support/markdown/generate.ts';
import { outline, parse } from '../support/markdown/parse.ts';
import { isSayable } from '../support/markdown/sayable.ts';

/** Without what is not on screen: which delimiters a formula had, and what follows a language's name. */
function shown(text: string): string {
  return outline(parse(text))
    .replace(/ source="(?:[^"\\]|\\.)*"/g, '')
    .replace(/info="(\S*?)[ \t](?:[^"\\]|\\.)*"/g, 'info="$1"');
}

function assertStable(text: string): void {
  const written = toMarkdown(parse(text));
  assert.equal(shown(written), shown(text), JSON.stringify({ text, written }));
  assert.equal(toMarkdown(parse(written)), written, 'what is written once is written so again');
}

test('every realistic answer, written as Markdown, is read as the same', () => {
  for (const { text } of answers) assertStable(text);
});

test('every example of the specifications, written as Markdown, is read as the same', () => {
  for (const { markdown } of [...specExamples, ...gfmCases, ...ownCases])
    if (isSayable(parse(markdown))) assert.equal(shown(toMarkdown(parse(markdown))), shown(markdown));
});

test('generated answers and soup, written as Markdown, are read as the same, but for the written list', () => {
  let others = 0;
  for (let seed = 0; seed < 1000; seed += 1)
    for (const text of [generateAnswer(seed), generateSoup(seed)]) {
      const written = toMarkdown(parse(text));
      if (shown(written) === shown(text)) continue;
      assert.ok(!isSayable(parse(text)), JSON.stringify({ text, written }));
      others += 1;
    }
  assert.ok(others <= 20, `${others} of 2000`);
});

const unchanged: ReadonlyArray<[what: string, markdown: string]> = [
  ['words with underscores and lone stars', 'Set snake_case, 2 * 3 and a_b_c.'],
  ['a price', 'It costs $5.'],
  ['brackets', 'The first is a[0], see [1] and (x).'],
  ['a full stop after a number', 'It was in 1984.'],
  ['lists in lists', '3. one\n4. two\n   - three\n     more\n\n     still\n   - [x] done\n5. four'],
  ['quotes', '> one\n>\n> - two\n>   three'],
  ['code with fences in it', '````md\n```js\nlet a;\n```\n````'],
  ['code in items', '- one\n\n  ```py\n  if a:\n\n      b\n  ```'],
  ['a table', '| a | b |\n| :--- | ---: |\n| x \\| y | `c \\| d` |'],
  ['emphasis in emphasis', 'a **b *c* _d_** *__e__ f*'],
  ['links', '[a *b*](https://example.org/c_(d) "e") <https://example.org/> ![f](/g.png)'],
  ['formulas', '$x_1$ is \\(5 and 10\\) or $$y$$ and\n\n$$\nz\n$$'],
  ['notes', 'a[^1]\n\n[^1]: b\n\n    c'],
];

for (const [what, markdown] of unchanged)
  test(`${what}: written as one would write them`, () =>
    assert.equal(toMarkdown(parse(markdown)).replace('still\n\n   -', 'still\n   -'), markdown));

test('what looks like syntax and is none stays none', () => {
  for (const text of [
    '\\# a',
    '1\\. a',
    '\\- a\n\\+ b',
    'a\n\\===',
    'a | b\n\\- | -',
    '\\<b>',
    '[a\\](b)',
    '\\*a\\*',
    '\\`a\\`',
    '\\$a$',
    'http\\://a.b',
    'www\\.a.b',
    'a\\@b.c',
    '\\&amp;',
    '- [ \\] a',
    'a!\\[b](/c)',
    'a\\![b](/c)',
    '# a \\#',
    '[^1]&#58; a\n\n[^1]: b',
  ])
    assertStable(text);
});

test('plain text has the marks of lists, tables in columns, code as it is, and addresses that are not said', () => {
  const text = [
    '# A *title*\n\nOne\ntwo  \nthree `four` $x^2$.',
    '- a\n- [x] b\n  1. c\n\n     ```js\n     if (d)\n       e();\n     ```',
    '9. nine\n10. ten',
    '| a | b |\n|---|---|\n| **c** | [d](https://example.org/d) |',
    '> quoted[^n]',
    '[here](https://example.org/e) https://example.org/f www.example.org ![an image](/g.png) a@b.cd',
    '$$\ny\n$$',
    '[^n]: A note.',
  ].join('\n\n');
  assert.equal(
    toPlainText(parse(text)),
    [
      'A title',
      'One two\nthree four x^2.',
      '• a\n• [x] b\n  1. c\n\nif (d)\n  e();',
      '9. nine\n10. ten',
      'a\tb\nc\td (https://example.org/d)',
      '> quoted[1]',
      'here (https://example.org/e) https://example.org/f www.example.org an image a@b.cd',
      'y',
      '[1] A note.',
    ].join('\n\n'),
  );
});
