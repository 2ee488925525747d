/** The calls of tools in an answer: joined from every shape in which providers send them. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { addCallPieces, LONGEST_ARGUMENTS } from '../../widget/client/call-pieces.ts';
import type { ToolCall } from '../../widget/conversation/message.ts';
import { seededRandom } from '../support/random.ts';
import { toolShapes } from '../support/upstream/tool-shapes.mjs';

const inDelta = (tool_calls: unknown) => ({ choices: [{ index: 0, delta: { tool_calls } }] });
const join = (events: readonly unknown[]) =>
  events.reduce<readonly ToolCall[]>((calls, pieces) => addCallPieces(calls, inDelta(pieces)), []);
const asOnTheWire = (calls: readonly ToolCall[]) =>
  calls.map(call => ({
    id: call.id,
    type: 'function',
    function: { name: call.name, arguments: call.arguments },
  }));

describe('calls come', () => {
  for (const [shape, { events, calls }] of Object.entries(toolShapes))
    test(shape, () => assert.deepEqual(asOnTheWire(join(events)), calls));

  test('in the message of a server that does not stream', () => {
    const { events, calls } = toolShapes['whole, at once']!;
    const json = { choices: [{ message: { content: null, tool_calls: events[0] } }] };
    assert.deepEqual(asOnTheWire(addCallPieces([], json)), calls);
  });

  test('with arguments that are an object', () => {
    const [call] = join([[{ id: 'c1', function: { name: 'f', arguments: { a: [1] } } }]]);
    assert.equal(call?.arguments, '{"a":[1]}');
  });
});

const whole = '{"a":"汉字 🌊 \\"quoted\\" \\ud83c","b":[1,2,{"c":null}]}';
const piece = (index: number, text: string) => [{ index, function: { arguments: text } }];
const first = (index: number) => [{ index, id: `c${index}`, type: 'function', function: { name: 'f' } }];

test('arguments are whole when they come by the character, also where that cuts one in two', () => {
  const [call] = join([first(0), ...whole.split('').map(unit => piece(0, unit))]);
  assert.equal(call?.arguments, whole);
});

test('arguments of several calls are whole at random cuts, in whatever turns', () => {
  const random = seededRandom(1);
  for (let round = 0; round < 200; round++) {
    const count = 1 + Math.floor(random() * 4);
    const left = Array.from({ length: count }, () => whole);
    const events: unknown[] = left.map((_, index) => first(index));
    while (left.some(Boolean)) {
      const index = Math.floor(random() * count);
      const length = 1 + Math.floor(random() * 20);
      events.push(piece(index, left[index]!.slice(0, length)));
      left[index] = left[index]!.slice(length);
    }
    assert.deepEqual(
      join(events).map(call => [call.id, call.arguments]),
      Array.from({ length: count }, (_, index) => [`c${index}`, whole]),
    );
  }
});

test('what is no call is none', () => {
  for (const wrong of [null, 42, 'text', {}, [null], [[]], [42], [{}], [{ index: 0 }], [{ function: 7 }]])
    assert.deepEqual(join([wrong]), [], JSON.stringify(wrong));
  assert.deepEqual(join([[{ function: { arguments: 'of nothing' } }]]), []);
  // As GLM tells of its own search: https://docs.bigmodel.cn/cn/guide/tools/web-search
  assert.deepEqual(join([[{ id: 'c1', index: 0, type: 'web_search', web_search: { input: 'x' } }]]), []);
  assert.deepEqual(asOnTheWire(join([[{ id: {}, index: '0', function: { name: 'f', arguments: 7 } }]])), [
    { id: '', type: 'function', function: { name: 'f', arguments: '' } },
  ]);
});

test('there is an end to them', () => {
  const many = Array.from({ length: 1000 }, (_, index) => [
    { index, id: `c${index}`, function: { name: 'f' } },
  ]);
  assert.equal(join(many).length, 32);
  const long = Array.from({ length: 50 }, () => piece(0, 'x'.repeat(10_000)));
  const [call] = join([first(0), ...long]);
  assert.ok(
    call!.arguments.length > LONGEST_ARGUMENTS && call!.arguments.length <= LONGEST_ARGUMENTS + 10_000,
  );
});
