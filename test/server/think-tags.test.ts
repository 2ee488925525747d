/** Thinking in the text of an answer: what of it is thought and what is said, however the text is cut. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { loneCloser, type Place, type Split, ThinkTags } from '../../widget/client/think-tags.ts';
import { randomCuts, seededRandom } from '../support/random.ts';

const beginning: Place = { tag: '', reasoning: '', isBlank: true };

/** With each piece another one goes on, from what the last one made of the text: as after a reload. */
function split(pieces: readonly string[], resumes: boolean): Split {
  const all: Split = { reasoning: '', content: '' };
  let tags = new ThinkTags(beginning);
  const add = ({ reasoning, content }: Split) => {
    all.reasoning += reasoning;
    all.content += content;
  };
  for (const piece of pieces) {
    add(tags.feed(piece));
    assert.doesNotMatch(all.content, /^\s*<\/?t?h?i?n?k?$/, 'nothing of half a tag is shown');
    if (resumes && !tags.holds)
      tags = new ThinkTags({
        tag: tags.tag,
        reasoning: all.reasoning,
        isBlank: all.content.trim() === '',
      });
  }
  add(tags.end());
  return tags.reconsidered() ?? all;
}

function* cuts(text: string): Generator<string[]> {
  yield [text];
  yield [...text].flatMap(character => character.split(''));
  for (let at = 1; at < text.length; at += 1) yield [text.slice(0, at), text.slice(at)];
  const random = seededRandom(7);
  for (let round = 0; round < 50; round += 1) yield randomCuts(text, random);
}

const fence = '```';
const cases: Array<[promise: string, text: string, reasoning: string, content: string]> = [
  [
    'what stands in the tag is thought',
    '<think>Hm. 汉字🌊</think>\n\nSo **it** is.',
    'Hm. 汉字🌊',
    'So **it** is.',
  ],
  ['also after white space', ' \n<think>\nHm.\n</think>So.', '\nHm.\n', 'So.'],
  ['of each name', '<thought>Hm.</thought>So.', 'Hm.', 'So.'],
  ['and ends with its own', '<thinking>a</think>b</thinking>c', 'a</think>b', 'c'],
  ['more than once, before the answer', '<think>a</think>\n<think>b</think>\nc', 'ab', 'c'],
  ['nothing may be thought', '<think>\n\n</think>\n\nSo.', '\n\n', 'So.'],
  ['what never ends is all thought', '<think>Hm. <thin', 'Hm. <thin', ''],
  ['also where the end has half begun', '<think>Hm. </thin', 'Hm. </thin', ''],
  ['an answer without it is said', 'So <think>it</think> is.', '', 'So <think>it</think> is.'],
  ['so is one that begins with another tag', '<thin>x</thin>', '', '<thin>x</thin>'],
  ['or with half of it', '<thi', '', '<thi'],
  [
    'or with a block of code',
    `${fence}\n<think>x</think>\n${fence}`,
    '',
    `${fence}\n<think>x</think>\n${fence}`,
  ],
  ['white space alone is said', ' \n', '', ' \n'],
  [
    'the answer may speak of it',
    '<think>a</think>Write `<think>b</think>`.',
    'a',
    'Write `<think>b</think>`.',
  ],
  [
    'a tag in a block of code of the thinking does not end it',
    `<think>a\n${fence}xml\n</think>\n${fence}\nb</think>c`,
    `a\n${fence}xml\n</think>\n${fence}\nb`,
    'c',
  ],
  ['nor does one in a line of code', '<think>a `</think>` b</think>c', 'a `</think>` b', 'c'],
  [
    'a block of code of the thinking that never ends ends with it',
    `<think>a\n${fence}js\nb\n</think>\n\nc\n${fence}\nd\n${fence}`,
    `a\n${fence}js\nb\n`,
    `c\n${fence}\nd\n${fence}`,
  ],
];

describe('thinking in a text', () => {
  for (const [promise, text, reasoning, content] of cases) {
    test(promise, () => {
      for (const pieces of cuts(text)) {
        assert.deepEqual(split(pieces, false), { reasoning, content }, JSON.stringify(pieces));
        assert.deepEqual(split(pieces, true), { reasoning, content }, `resumed: ${JSON.stringify(pieces)}`);
      }
    });
  }

  test('a text of many characters takes no longer for each of them', () => {
    const tags = new ThinkTags(beginning);
    tags.feed('<think>');
    for (let piece = 0; piece < 200_000; piece += 1) assert.equal(tags.feed('<').content, '');
    assert.equal(tags.tag, 'think');
  });
});

describe('a closing tag that nothing has opened', () => {
  test('ends thinking, on a line of its own', () => {
    assert.deepEqual(loneCloser('Hm.\n</think>\n\nSo.'), { reasoning: 'Hm.\n', content: 'So.' });
    assert.deepEqual(loneCloser('Hm.\n</think>'), { reasoning: 'Hm.\n', content: '' });
  });
  test('and is spoken of anywhere else', () => {
    for (const text of [
      'It ends with </think>',
      '</think> ends it.',
      `${fence}\n</think>\n${fence}`,
      'None.',
    ])
      assert.equal(loneCloser(text), undefined, text);
  });
});
