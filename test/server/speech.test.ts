/** What is heard and what is read: sentences of a text that grows, languages, words in place of what nobody wants to hear. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dictated } from '../../widget/speech/dictated.ts';
import { languageOf } from '../../widget/speech/language.ts';
import { sentencesFrom } from '../../widget/speech/sentences.ts';
import { toSpoken } from '../../widget/speech/spoken.ts';
import { parse } from '../support/markdown/parse.ts';

const results = (...texts: string[]) =>
  texts.map(transcript => ({ isFinal: false, 0: { transcript } as const }));

test('each sentence is read once, and none before it has ended, however the text comes', () => {
  const text = 'One is 3.5 kg. Two? “Three!” said Dr Who.\n第一句。第二句！\nLast one';
  const whole = sentencesFrom(text, 0, true, 'en').map(({ text }) => text);
  assert.equal(whole.join(''), text);
  assert.ok(whole.length >= 6);
  const said: string[] = [];
  let from = 0;
  for (let length = 1; length <= text.length; length++) {
    const isWhole = length === text.length;
    const growing = isWhole ? text : text.slice(0, length).trimEnd();
    for (const sentence of sentencesFrom(growing, from, isWhole, 'en')) {
      said.push(sentence.text);
      from = sentence.end;
    }
  }
  assert.equal(said.join(''), text);
  for (const sentence of said) assert.ok(/[.?!”。！]\s*$|one$/.test(sentence), sentence);
});

test('a sentence is in the language of its script, and else of the page', () => {
  const read: Array<[text: string, page: string, language: string]> = [
    ['Hello', 'en-GB', 'en-GB'],
    ['Hallo', 'de', 'de'],
    ['你好', 'en', 'zh'],
    ['你好', 'zh-TW', 'zh-TW'],
    ['日本語です', 'en', 'ja'],
    ['안녕', 'en', 'ko'],
    ['Hello', 'zh-CN', 'en'],
    ['مرحبا', 'fa', 'fa'],
    ['Привет', 'de', 'ru'],
    ['Привіт', 'uk', 'uk'],
    ['12', 'zh', 'zh'],
  ];
  for (const [text, page, language] of read) assert.equal(languageOf(text, page), language, text);
});

test('what is heard stands where the cursor is, with spaces where the language has them', () => {
  const place = (before: string, after = '', from = 0) => ({ before, after, from });
  assert.deepEqual(dictated(place(''), results('hello', ' you')), { draft: 'hello you', cursor: 9 });
  assert.deepEqual(dictated(place('Say', 'loudly'), results('hello')), {
    draft: 'Say hello loudly',
    cursor: 9,
  });
  assert.equal(dictated(place('Say ', ' now'), results(' it ')).draft, 'Say it now');
  assert.equal(dictated(place('他说'), results('你好')).draft, '他说你好');
  assert.equal(dictated(place('('), results('so')).draft, '(so');
  assert.equal(dictated(place('Done', '', 1), results('before', 'after')).draft, 'Done after');
  assert.equal(dictated(place('Same'), results()).draft, 'Same');
});

const words = { code: (lines: number) => `Code of ${lines}.`, formula: 'formula' };
const spoken = (markdown: string) => toSpoken(parse(markdown), words);

test('code is not read, nor how a text is laid out', () => {
  assert.equal(
    spoken(
      '# Title\n\nSome **bold** `x` and [a link](https://e.example).\n\n```ts\nlet a;\n```\n\n- one\n- two\n\n> said',
    ),
    'Title\nSome bold x and a link.\nCode of 1.\none\ntwo\nsaid\n',
  );
  assert.equal(
    spoken('| a | b |\n|--|--|\n| 1 | 2 |\n\n$$\nx\n$$\n\nAnd $y$, ![a stream](s.png)[^1].\n\n[^1]: Note'),
    'a, b\n1, 2\nformula\nAnd formula, a stream.\n',
  );
});
