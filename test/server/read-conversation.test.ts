/** Reading conversations that were kept: whatever they are made of, what comes out is right. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AssistantMessage, Message } from '../../widget/conversation/message.ts';
import { readConversation } from '../../widget/storage/read-conversation.ts';

const question = { id: 'q', role: 'user', content: 'Why?' } as const;
const answer: AssistantMessage = {
  id: 'a',
  role: 'assistant',
  content: 'Because.',
  reasoning: 'Hm.',
  status: 'failed',
  finishReason: 'length',
  model: 'm-1',
  usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 },
  failure: { code: 'rate_limited', retryAt: 5 },
  omitted: 2,
};

/** What comes out of a conversation with these messages. */
function read(...messages: unknown[]): readonly Message[] | undefined {
  return readConversation({ id: 'c', messages })?.messages;
}

test('a whole conversation comes out as it was, in fresh objects', () => {
  const kept = {
    id: 'c',
    messages: [question, answer],
    session: { endpoint: 'https://proxy.example', token: 't' },
  };
  const conversation = readConversation(kept);
  assert.deepEqual(conversation, kept);
  assert.notEqual(conversation, kept);
  assert.notEqual(conversation?.messages, kept.messages);
  assert.notEqual(conversation?.messages[1], answer);
  assert.notEqual((conversation?.messages[1] as AssistantMessage).usage, answer.usage);
});

test('what is no conversation is none', () => {
  const rubbish = [undefined, null, 0, 'text', true, [], {}, () => {}, new Map(), new Date()];
  for (const value of rubbish) assert.equal(readConversation(value), undefined);
  for (const id of [undefined, null, 1, '', {}])
    assert.equal(readConversation({ id, messages: [] }), undefined);
  for (const messages of [undefined, null, 'text', {}, { length: 1, 0: question }])
    assert.equal(readConversation({ id: 'c', messages }), undefined);
  assert.deepEqual(readConversation({ id: 'c', messages: [] }), { id: 'c', messages: [] });
});

test('half a session is none', () => {
  for (const session of ['t', { token: 't' }, { endpoint: 'e' }, { endpoint: 1, token: 't' }])
    assert.equal(readConversation({ id: 'c', messages: [], session })?.session, undefined);
});

test('a message that cannot be read is left out, and the others are there', () => {
  const broken = [
    ...[undefined, null, 0, 'text', [], {}, [question]],
    { ...question, id: undefined },
    { ...question, id: '' },
    { ...question, id: 7 },
    { ...question, role: 'system' },
    { ...question, role: undefined },
    { ...question, role: ['user'] },
    { ...question, content: undefined },
    { ...question, content: ['Why?'] },
    { ...answer, content: null },
  ];
  for (const message of broken) assert.deepEqual(read(question, message, answer), [question, answer]);
  assert.deepEqual(read(...new Array(3), question), [question]);
});

test('of two messages with one id the first is there', () => {
  assert.deepEqual(read(question, { ...answer, id: 'q' }, answer, answer), [question, answer]);
});

test('a field that cannot be read is not there, or is the least that it can be', () => {
  const least = { id: 'a', role: 'assistant', content: 'Because.', reasoning: '', status: 'stopped' };
  assert.deepEqual(read({ id: 'a', role: 'assistant', content: 'Because.' }), [least]);
  for (const rubbish of [null, Infinity, -1, [], {}, true, ['complete']]) {
    const fields = ['reasoning', 'status', 'finishReason', 'model', 'usage', 'failure', 'omitted'];
    const message = Object.fromEntries(fields.map(name => [name, rubbish]));
    assert.deepEqual(read({ ...answer, ...message }), [least]);
  }
});

test('every status is read, and an unknown one never passes for complete', () => {
  for (const status of ['pending', 'streaming', 'complete', 'stopped', 'failed'])
    assert.deepEqual(read({ ...answer, status }), [{ ...answer, status }]);
  assert.deepEqual(read({ ...answer, status: 'finished' }), [{ ...answer, status: 'stopped' }]);
});

test('tokens are counted whole or not at all', () => {
  const { usage: _, ...uncounted } = answer;
  for (const part of [
    { total_tokens: '3' },
    { total_tokens: NaN },
    { total_tokens: -3 },
    { total_tokens: undefined },
  ])
    assert.deepEqual(read({ ...answer, usage: { ...answer.usage, ...part } }), [uncounted]);
  assert.deepEqual(read({ ...answer, usage: { ...answer.usage, more: 1 } }), [answer]);
});

test('a failure has a code for which there are words', () => {
  const { failure: _, ...unexplained } = answer;
  for (const code of ['toString', '__proto__', 'new_code', 7, undefined])
    assert.deepEqual(read({ ...answer, failure: { code, retryAt: 5 } }), [unexplained]);
  const { failure } = (read({ ...answer, failure: { code: 'offline', retryAt: 'soon' } })?.[0] ??
    {}) as AssistantMessage;
  assert.deepEqual(failure, { code: 'offline' });
});

test('what nobody knows does not come out, and no prototype is of any use', () => {
  assert.deepEqual(read({ ...question, html: '<b>' }), [question]);
  const inherited = Object.create({ id: 'c', messages: [question] });
  assert.equal(readConversation(inherited), undefined);
  assert.deepEqual(read(Object.create(question)), []);

  const tricky = JSON.parse(
    `{"id":"c","__proto__":{"polluted":1},"messages":[
      {"id":"__proto__","role":"user","content":"Hi","__proto__":{"status":"complete"},"constructor":{"prototype":{"polluted":1}}}
    ]}`,
  );
  const conversation = readConversation(tricky);
  assert.deepEqual(conversation, { id: 'c', messages: [{ id: '__proto__', role: 'user', content: 'Hi' }] });
  assert.equal(Object.getPrototypeOf(conversation?.messages[0]), Object.prototype);
  assert.equal(Object.hasOwn(Object.prototype, 'polluted'), false);
});

test('a conversation that goes in circles or is very long comes out', () => {
  const circle: Record<string, unknown> = { ...question };
  circle.circle = circle;
  assert.deepEqual(read(circle), [question]);
  const many = Array.from({ length: 20_000 }, (_, index) => ({ ...answer, id: `${index}` }));
  assert.deepEqual(read(...many), many);
});
