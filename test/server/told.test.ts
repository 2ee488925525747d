/** What a model is told of its calls of tools, and that they stay with their turn. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fitContext } from '../../widget/conversation/context.ts';
import type { AssistantMessage, Message, ToolCall, ToolRound } from '../../widget/conversation/message.ts';
import { said } from '../../widget/conversation/said.ts';
import { told as toldBy } from '../../widget/conversation/told.ts';

const names = new Set(['f', 'g']);
const told = (messages: readonly Message[]) => toldBy(messages, said, names);
const question = (content: string): Message => ({ id: content, role: 'user', content });
const call = (id: string, more: Partial<ToolCall> = {}): ToolCall => ({
  ...{ id, name: 'f', arguments: '{"a":1}', status: 'done', result: `of ${id}` },
  ...more,
});
const round = (at: number, ...calls: ToolCall[]): ToolRound => ({ at, calls, isWhole: true });
const answer = (content: string, ...rounds: ToolRound[]): AssistantMessage => ({
  ...{ id: 'a', role: 'assistant', content, reasoning: '', status: 'complete' },
  rounds,
});
const onWire = (id: string, name = 'f', written = '{"a":1}') => ({
  ...{ id, type: 'function', function: { name, arguments: written } },
});
const result = (id: string, content = `of ${id}`) => ({ role: 'tool', tool_call_id: id, content });

test('each round is a message that calls, its results, and what was said between them', () => {
  const message = answer('One.\n\nTwo.\n\nThree.', round(6, call('c1'), call('c2')), round(12, call('c3')));
  assert.deepEqual(told([question('Why?'), message]), [
    { role: 'user', content: 'Why?' },
    { role: 'assistant', content: 'One.', tool_calls: [onWire('c1'), onWire('c2')] },
    result('c1'),
    result('c2'),
    { role: 'assistant', content: 'Two.', tool_calls: [onWire('c3')] },
    result('c3'),
    { role: 'assistant', content: 'Three.' },
  ]);
});

test('rounds without a text between them, and none at the end', () => {
  assert.deepEqual(told([answer('', round(0, call('c1')), round(0, call('c2')))]), [
    { role: 'assistant', content: null, tool_calls: [onWire('c1')] },
    result('c1'),
    { role: 'assistant', content: null, tool_calls: [onWire('c2')] },
    result('c2'),
  ]);
});

test('of what is not offered now only the text is told, and of what is still being written', () => {
  const gone = answer('One.\n\nTwo.', round(6, call('c1', { name: 'gone' })));
  assert.deepEqual(told([gone]), [{ role: 'assistant', content: 'One.\n\nTwo.' }]);
  const half = answer('One.\n\nTwo.', round(6, call('c1', { name: 'gone' }), call('c2', { name: 'g' })));
  assert.deepEqual(told([half]), [
    { role: 'assistant', content: 'One.', tool_calls: [onWire('c2', 'g')] },
    result('c2'),
    { role: 'assistant', content: 'Two.' },
  ]);
  const { isWhole: _, ...open } = round(4, call('c1'));
  assert.deepEqual(told([answer('One.', open)]), [{ role: 'assistant', content: 'One.' }]);
});

test('every call has a result, and arguments that a server can read', () => {
  const calls = [
    call('c1', { status: 'interrupted', result: undefined as never }),
    call('c2', { arguments: '' }),
    call('c3', { arguments: '{"a', status: 'failed', reason: 'unreadable_arguments', result: 'No.' }),
  ];
  assert.deepEqual(told([answer('', round(0, ...calls))]), [
    {
      role: 'assistant',
      content: null,
      tool_calls: [onWire('c1'), onWire('c2', 'f', '{}'), onWire('c3', 'f', '{}')],
    },
    result('c1', 'Interrupted. It is not known what it did.'),
    result('c2'),
    result('c3', 'No.'),
  ]);
});

test('a turn with calls is sent whole or not at all', () => {
  const messages = told([question('1'), answer('One.\n\nTwo.', round(6, call('c1'))), question('2')]);
  assert.equal(messages.length, 5);
  for (const [most, kept] of [
    [5, 5],
    [4, 1],
    [2, 1],
    [1, 1],
  ]) {
    const context = fitContext(messages, { messages: most!, bodyBytes: 1_000_000 });
    assert.ok(context !== 'length_exceeded');
    assert.equal(context.messages.length, kept);
  }
});
