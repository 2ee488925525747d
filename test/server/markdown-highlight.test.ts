/** The kinds of code's tokens: always the text itself, whatever its language and however it is cut. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import core from 'highlight.js/lib/core';
import { highlightCode } from '../../widget/markdown/highlight/highlighter.ts';
import { labels, languageOf } from '../../widget/markdown/highlight/languages.ts';
import { cutPieces, longestPiece } from '../../widget/markdown/highlight/pieces.ts';
import type { Token } from '../../widget/markdown/highlight/token.ts';
import { TokenEmitter } from '../../widget/markdown/highlight/token-emitter.ts';
import { answers } from '../support/markdown/corpora.ts';
import { IdleTime } from '../../widget/markdown/later/idle.ts';
import { parse } from '../support/markdown/parse.ts';

// Nobody else needs the time of a test.
globalThis.requestIdleCallback = use =>
  Number(setImmediate(use, { didTimeout: false, timeRemaining: () => 50 }));
const idle = new IdleTime();

async function highlight(label: string, pieces: Iterable<string>): Promise<Token[]> {
  const all = [...pieces];
  const next = await highlightCode(label, all.join(''), idle);
  assert.ok(next, label);
  return all.flatMap(next);
}

function textOf(tokens: readonly Token[]): string {
  return tokens.map(token => token.text).join('');
}

/** The code blocks of the realistic answers whose language has colours. */
function* codeOfAnswers(): Generator<{ label: string; text: string }> {
  for (const answer of answers)
    for (const node of parse(answer.text).children)
      if (node.type === 'code' && languageOf(node.info)) yield { label: node.info, text: node.text };
}

test('the code of realistic answers has colours in its own language', async () => {
  const languages = new Set<string>();
  for (const { label, text } of codeOfAnswers()) {
    const tokens = await highlight(label, cutPieces(text));
    assert.equal(textOf(tokens), text);
    assert.ok(
      tokens.some(token => token.kind !== null),
      text,
    );
    languages.add(label);
  }
  assert.ok(languages.size >= 12, [...languages].join());
});

test('every label leads to a language that takes any text and changes none of it', async () => {
  const mixed = `${[...codeOfAnswers()].map(code => code.text.slice(0, 150)).join('\n')}\n\u{1f600}\u0000\r\n\ud800`;
  const seen = new Set<string>();
  for (const label of labels()) {
    const { name } = languageOf(label)!;
    if (seen.has(name)) continue;
    seen.add(name);
    assert.equal(textOf(await highlight(label, cutPieces(mixed))), mixed, name);
  }
  assert.ok(seen.size >= 40);
});

test('the tokens of long code, cut in pieces, are those that the library finds in the whole of it', async () => {
  const codeOf = new Map<string, string>();
  for (const { label, text } of codeOfAnswers()) codeOf.set(label, `${codeOf.get(label) ?? ''}${text}\n`);
  for (const [label, code] of codeOf) {
    const text = code.repeat(Math.ceil((12 * longestPiece) / code.length));
    const plain = core.newInstance();
    plain.configure({ __emitter: TokenEmitter, open: [] } as object);
    const language = languageOf(label)!;
    for (const one of [language, ...language.contains.map(name => languageOf(name)!)])
      plain.registerLanguage(one.name, (await one.load()).default);
    const { _emitter } = plain.highlight(text, { language: language.name });
    assert.deepEqual(
      merged(await highlight(label, cutPieces(text))),
      merged((_emitter as TokenEmitter).tokens),
      label,
    );
  }
});

test('what is open at the end of a piece goes on in the next', async () => {
  const lines = ['def f():\n', '  """A text\n', '  if and not\n', '  """\n', '  return 1\n'];
  const kinds = await Promise.all([highlight('python', lines), highlight('python', [lines.join('')])]);
  assert.deepEqual(merged(kinds[0]), merged(kinds[1]));
  assert.equal(kinds[0].find(token => token.text.includes('if and not'))?.kind, 'string');
  const comment = await highlight('css', ['/* a { \n', 'color: red\n', '*/ a { color: red }\n']);
  assert.deepEqual(
    comment.filter(token => token.text.includes('red')).map(token => token.kind),
    ['comment', null],
  );
});

test('two blocks of one language do not know of each other', async () => {
  const [first, second] = await Promise.all([highlightCode('js', '', idle), highlightCode('js', '', idle)]);
  first!('/* open\n');
  assert.equal(second!('let x').at(0)?.kind, 'keyword');
  assert.equal(first!('let x').at(0)?.kind, 'comment');
});

test('a label without a language has no highlighter', async () => {
  for (const label of ['', 'text', 'plaintext', 'mermaid', '__proto__', 'constructor', 'toString'])
    assert.equal(await highlightCode(label, '', idle), null, label);
});

test('labels are read in any case, with their usual names', () => {
  const names = {
    TS: 'typescript',
    'C++': 'cpp',
    html: 'xml',
    vue: 'xml',
    toml: 'ini',
    yml: 'yaml',
    'c#': 'csharp',
  };
  for (const [label, name] of Object.entries(names)) assert.equal(languageOf(label)?.name, name);
});

test('pieces are short, end with lines where there are any, and divide no character', () => {
  const texts = [
    'line\n'.repeat(1000),
    '('.repeat(100_000),
    '\u{1f600}'.repeat(5000),
    `x${'\u{1f600}'.repeat(5000)}`,
    `${'a'.repeat(3000)}\n${'b\n'.repeat(900)}`,
    '\n'.repeat(5000),
    '',
    ...[...codeOfAnswers()].map(code => code.text.repeat(4)),
  ];
  for (const text of texts) {
    const pieces = [...cutPieces(text)];
    assert.equal(pieces.join(''), text);
    for (const [index, piece] of pieces.entries()) {
      assert.ok(piece.length > 0 && piece.length <= longestPiece);
      assert.doesNotThrow(() => encodeURIComponent(piece));
      if (index < pieces.length - 1 && piece.includes('\n'))
        assert.ok(piece.endsWith('\n'), JSON.stringify(piece));
    }
  }
});

test('hostile texts keep their characters in every common language', async () => {
  const units = [
    '(',
    '((a',
    '<',
    '</',
    '<a ',
    '{',
    '"',
    "'",
    '`${',
    '/*',
    '\\',
    '  ',
    'a',
    '0x',
    '<<<',
    '@a(',
    '](',
    '<?php ',
  ];
  for (const label of ['js', 'ts', 'py', 'java', 'cpp', 'html', 'php', 'bash', 'yaml', 'md', 'css', 'rb'])
    for (const unit of units) {
      const text = unit.repeat(2500 / unit.length);
      assert.equal(textOf(await highlight(label, cutPieces(text))), text, `${label} ${unit}`);
    }
});

/** Without the cuts between tokens of one kind. */
function merged(tokens: readonly Token[]): Token[] {
  const all: Token[] = [];
  for (const { text, kind } of tokens) {
    const last = all.at(-1);
    if (last?.kind === kind) last.text += text;
    else all.push({ text, kind });
  }
  return all;
}
