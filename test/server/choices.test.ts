/** What visitors choose from: models in an order, commands by their names, quotes and follow-ups as texts. Pure. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readFollowUps } from '../../widget/client/follow-ups.ts';
import { type OfferedModel, readModels } from '../../widget/client/models.ts';
import { MOST_CHARACTERS, quotedText, toQuote } from '../../widget/conversation/quote.ts';
import { commandsFor, readCommands } from '../../widget/elements/slash-commands.ts';
import { ordered } from '../../widget/sheets/model-order.ts';

test('models are read from any list, and nothing of it is taken on trust', () => {
  const about = {
    label: 'Two',
    default: true,
    vision: true,
    price: { input: 1, output: 2, currency: 'CNY' },
    ttft_ms: 9,
  };
  const data = [{ id: 'one' }, { id: 'two', rivulet: about }, { id: 'one' }, { id: 7 }, null, 'x', {}];
  const unknown = { isDefault: false, sees: false, price: null, ttftMs: null };
  assert.deepEqual(readModels({ data }), [
    { id: 'one', label: 'one', ...unknown },
    { id: 'two', label: 'Two', isDefault: true, sees: true, price: about.price, ttftMs: 9 },
  ]);
  const wrong = { label: 3, default: 1, vision: 'yes', price: { input: -1, output: Infinity }, ttft_ms: '9' };
  assert.deepEqual(readModels({ data: [{ id: 'a', rivulet: wrong }] }), [
    { id: 'a', label: 'a', ...unknown },
  ]);
  const strange = { input: 1, output: 1, currency: 'euros' };
  assert.deepEqual(readModels({ data: [{ id: 'a', rivulet: { price: strange } }] })[0]?.price, {
    input: 1,
    output: 1,
  });
  for (const list of [undefined, null, [], {}, { data: {} }, 'x']) assert.deepEqual(readModels(list), []);
});

test('models are in the order of their times or prices, those that nobody knows last', () => {
  const model = (id: string, ttftMs: number | null, price: OfferedModel['price']): OfferedModel => ({
    ...{ id, label: id, isDefault: false, sees: false, ttftMs, price },
  });
  const models = [
    model('unknown', null, null),
    model('dear', 300, { input: 1, output: 9 }),
    model('yuan', 200, { input: 0.5, output: 1, currency: 'CNY' }),
    model('free', 900, { input: 0, output: 0 }),
    model('cheap', null, { input: 1, output: 1 }),
  ];
  const ids = (order: 'offered' | 'firstToken' | 'price') => ordered(models, order).map(({ id }) => id);
  assert.deepEqual(
    ids('offered'),
    models.map(({ id }) => id),
  );
  assert.deepEqual(ids('firstToken'), ['yuan', 'dear', 'free', 'unknown', 'cheap']);
  assert.deepEqual(ids('price'), ['free', 'yuan', 'cheap', 'dear', 'unknown']);
});

test('a command is meant by a slash and how its name begins, and by nothing else', () => {
  const commands = readCommands([
    { name: 'Bye', text: 'Goodbye.' },
    { name: '价格', text: '多少钱？', label: '价格' },
    ...[{ name: 'a b', text: 'x' }, { name: '/a', text: 'x' }, { name: 'c' }, { text: 'x' }, null, 'x', 7],
  ]);
  const meant = (draft: string) => commandsFor(draft, commands).map(({ name }) => name);
  assert.deepEqual(meant('/'), ['Bye', '价格']);
  assert.deepEqual(meant('/b'), ['Bye']);
  assert.deepEqual(meant('/价'), ['价格']);
  for (const draft of ['', 'b', ' /b', '/bye now', '/x', '//', '/b\n'])
    assert.deepEqual(meant(draft), [], draft);
});

test('a quote comes out as the text that went in, however it is written', () => {
  for (const text of [
    'It flows.',
    'one\n\n> two\n>three',
    '> ',
    '一条小溪',
    '- a\n  - b',
    'x'.repeat(MOST_CHARACTERS),
  ]) {
    const quote = toQuote(text)!;
    assert.equal(quotedText(quote), text.trim(), text);
    assert.ok(
      quote.endsWith('\n\n') &&
        quote
          .trimEnd()
          .split('\n')
          .every(line => line.startsWith('>')),
      quote,
    );
  }
  for (const nothing of ['', ' \n\t']) assert.equal(toQuote(nothing), undefined);
});

test('a long quote is cut, and no character in its middle', () => {
  const quote = quotedText(toQuote('😀'.repeat(MOST_CHARACTERS))!);
  assert.equal(quote, `${'😀'.repeat(MOST_CHARACTERS / 2)} …`);
  assert.equal(
    quotedText(toQuote(`a${'😀'.repeat(MOST_CHARACTERS)}`)!),
    `a${'😀'.repeat(MOST_CHARACTERS / 2 - 1)} …`,
  );
});

test('follow-ups are the lines of what a model says, at most three, without what makes a list of them', () => {
  assert.deepEqual(readFollowUps('Here are three:\n1. **What?**\n2) Why?\n• “How?”\n- More?'), [
    'What?',
    'Why?',
    'How?',
  ]);
  assert.deepEqual(readFollowUps('<think>\nHm?\n</think>\n\n1、怎么办？\n怎么办？'), ['怎么办？']);
  assert.deepEqual(readFollowUps(`${'long '.repeat(50)}\n\n`), []);
  assert.deepEqual(readFollowUps(''), []);
});
