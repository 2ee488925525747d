/** Reading conversations that were kept: whatever they are made of, what comes out is right. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AssistantMessage, Message } from '../../widget/conversation/message.ts';
import { readConversation } from '../../widget/storage/read-conversation.ts';

const question = { id: 'q', role: 'user', content: 'Why?', quote: 'So it is.' } as const;
const answer: AssistantMessage = {
  id: 'a',
  role: 'assistant',
  content: 'Because.',
  reasoning: 'Hm.',
  status: 'failed',
  finishReason: 'length',
  model: 'm-1',
  usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 },
  failure: { code: 'rate_limited', retryAt: 5, said: 'Log in first.' },
  omitted: 2,
  rounds: [
    {
      at: 3,
      isWhole: true,
      calls: [
        {
          ...{ id: 'c1', name: 'f', label: 'F', arguments: '{"a":"\ud83c"}', status: 'failed' },
          ...{ reason: 'threw', result: 'It failed', slot: 'rivulet-1' },
        },
      ],
    },
    {
      at: 8,
      from: { id: 's', last: 4 },
      calls: [{ id: '', name: 'g', arguments: '', status: 'written', index: 1 }],
    },
  ],
  figures: { ttftMs: 200, durationMs: 900, cost: { amount: 0.0003, currency: 'EUR' } },
  earlier: [
    {
      usage: { prompt_tokens: 4, completion_tokens: 5, total_tokens: 9 },
      figures: { durationMs: 7, cost: { amount: 0.5, currency: 'EUR' } },
      seen: { ttftMs: 6, durationMs: 8 },
    },
    { thrownAway: true },
  ],
  sentAt: 1,
  thoughtAt: 2,
  saidAt: 3,
  heardAt: 4,
  resumed: 1,
  stream: { id: 's', last: 3, tag: 'think' },
  feedback: { rating: 'down', reason: 'No.' },
  sources: [{ url: 'https://a.example/', title: 'One' }, { title: 'Two' }],
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
    const { id: _, role: __, content: ___, ...rest } = answer;
    const fields = Object.keys(rest);
    const message = Object.fromEntries(fields.map(name => [name, rubbish]));
    assert.deepEqual(read({ ...answer, ...message }), [least]);
  }
});

test('what was attached is read whole or not at all, but for an image that had no room', () => {
  const file = { id: 'f', type: 'text', name: 'notes.txt', text: '' };
  const image = {
    id: 'i',
    type: 'image',
    name: 'a.png',
    alt: '',
    width: 4,
    height: 3,
    dataUrl: 'data:image/png;base64,',
  };
  const { dataUrl: _, ...lost } = image;
  const added = { ...file, id: 'p', type: 'context' };
  const asked = { ...question, attachments: [file, image, lost, added] };
  assert.deepEqual(read(asked), [asked]);
  const broken = [null, 'x', {}, { ...file, text: 1 }, { ...image, width: '4' }, { ...image, type: 'video' }];
  assert.deepEqual(read({ ...question, attachments: [...broken, { ...file, html: 1 }] }), [
    { ...question, attachments: [file] },
  ]);
  assert.deepEqual(read({ ...question, attachments: broken }), [question]);
  assert.deepEqual(read({ ...question, attachments: { 0: file } }), [question]);
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

test('what of a call cannot be read is never a call that is to run', () => {
  const call = { id: 'c1', name: 'f', arguments: '{}', status: 'running' };
  const rounds = (calls: unknown, more: object = {}) => {
    const [message] = read({ ...answer, rounds: [{ at: 0, calls, ...more }] }) ?? [];
    return (message as AssistantMessage).rounds;
  };
  assert.deepEqual(rounds([call]), [{ at: 0, calls: [call] }]);
  assert.deepEqual(rounds([{ ...call, status: 'mine' }])?.[0]?.calls[0]?.status, 'interrupted');
  for (const calls of [undefined, null, {}, [], [null], [{ ...call, id: 1 }], [{ ...call, name: undefined }]])
    assert.equal(rounds(calls), undefined, JSON.stringify(calls));
  assert.equal(rounds([call], { at: '0' }), undefined);
  assert.deepEqual(rounds([call], { from: { id: 's' }, isWhole: 1 }), [{ at: 0, calls: [call] }]);
});
