/** Functions of pages at the proxy: for whom it lets them through, how large, and what they cost. */

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { WireError } from '../../server/protocol.ts';
import { promptTokens } from '../../server/limits/tokens.ts';
import { open } from '../support/ask.ts';
import { startProxy, type TestProxy, upstreamSettings } from '../support/proxy.ts';
import { startUpstream } from '../support/start-upstream.ts';
import { toolShapes } from '../support/upstream/tool-shapes.mjs';

let upstream: Awaited<ReturnType<typeof startUpstream>>;
let proxy: TestProxy;
/** One that allows none. */
let closed: TestProxy;

const MAX = 400;
const shapes = Object.keys(toolShapes).map(shape => `tool-calls:${shape}`);
const models = ['ok', 'tool-calls', ...shapes];

before(async () => {
  upstream = await startUpstream();
  const limits = { maxMessageCharacters: MAX, streamsPerClient: 50 };
  proxy = await startProxy(upstreamSettings(upstream.url, models, { tools: ['weather', 'time'], limits }));
  closed = await startProxy(upstreamSettings(upstream.url, models));
});
after(async () => {
  await Promise.all([proxy.close(), closed.close()]);
  await upstream.close();
});

const question = { role: 'user', content: 'Warm?' };
const tool = (name: string, more: object = {}) => ({ type: 'function', function: { name, ...more } });
const call = (id: string, name = 'weather', written = '{}') => ({
  ...{ id, type: 'function', function: { name, arguments: written } },
});
const called = (...tool_calls: object[]) => ({ role: 'assistant', content: null, tool_calls });
const result = (tool_call_id: string) => ({ role: 'tool', tool_call_id, content: '20' });

function ask(body: object, { url } = proxy, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${url}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify({ messages: [question], ...body }),
  });
}

async function forwarded(body: object): Promise<Record<string, unknown>> {
  const response = await ask(body);
  assert.equal(response.status, 200, await response.clone().text());
  await response.text();
  return (await upstream.stats()).lastRequest!.body;
}

async function refusal(body: object, of = proxy): Promise<WireError['error']> {
  await upstream.reset();
  const response = await ask(body, of);
  const { error } = (await response.json()) as WireError;
  assert.deepEqual([response.status, error.code], [400, 'invalid_request']);
  assert.equal((await upstream.stats()).requests, 0);
  return error;
}

test('what is allowed goes up as it came, and without tools nothing of them does', async () => {
  const parameters = { type: 'object', properties: { ['__proto__']: { type: 'string' }, city: {} } };
  const tools = [tool('weather', { description: 'Of a city', parameters, strict: true }), tool('time')];
  const choice = { type: 'function', function: { name: 'time' } };
  const messages = [question, called(call('c1')), result('c1')];
  const sent = await forwarded({ messages, tools, tool_choice: choice, parallel_tool_calls: false });
  assert.deepEqual(sent.tools, tools);
  assert.deepEqual([sent.tool_choice, sent.parallel_tool_calls], [choice, false]);
  assert.deepEqual(sent.messages, messages);
  const none = await forwarded({ tools: [], tool_choice: 'auto', parallel_tool_calls: true });
  assert.deepEqual(
    Object.keys(none).filter(name => name.includes('tool')),
    [],
  );
});

async function settingsOf({ url }: TestProxy): Promise<{ tools?: string[] }> {
  return (await fetch(`${url}/v1/widget`)).json() as Promise<{ tools?: string[] }>;
}

test('GET /v1/widget tells their names, where there are any', async () => {
  assert.deepEqual((await settingsOf(proxy)).tools, ['weather', 'time']);
  assert.ok(!('tools' in (await settingsOf(closed))));
});

test('those of a provider with several models, as the demo is one, are told once', async t => {
  const demo = await startProxy();
  t.after(() => demo.close());
  const { tools } = await settingsOf(demo);
  assert.ok(tools?.length);
  assert.deepEqual(tools, [...new Set(tools)]);
});

describe('refused by the name of the field:', () => {
  const refused: Array<[name: string, body: object, param: string, words: RegExp]> = [
    ['a tool of another name', { tools: [tool('time'), tool('shell')] }, 'tools.1.function.name', /operator/],
    ['a tool twice', { tools: [tool('time'), tool('time')] }, 'tools.1', /another tool/],
    ['a tool of another type', { tools: [{ type: 'web_search' }] }, 'tools.0.type', /function/],
    [
      'a tool that is too long',
      { tools: [tool('time', { description: 'x'.repeat(MAX) })] },
      'tools.0',
      /at most 400 characters as JSON/,
    ],
    [
      'parameters that are none',
      { tools: [tool('time', { parameters: 'x' })] },
      'tools.0.function.parameters',
      /JSON schema/,
    ],
    [
      'a choice of another name',
      { tools: [tool('time')], tool_choice: { type: 'function', function: { name: 'shell' } } },
      'tool_choice.function.name',
      /operator/,
    ],
    [
      'a choice of another kind',
      { tools: [tool('time')], tool_choice: 'all' },
      'tool_choice',
      /none, auto, required/,
    ],
    [
      'a call of another name',
      { messages: [question, called(call('c1', 'shell'))] },
      'messages.1.tool_calls.0.function.name',
      /operator/,
    ],
    [
      'a call that is too long',
      { messages: [question, called(call('c1', 'time', 'x'.repeat(MAX + 1)))] },
      'messages.1.tool_calls.0.function.arguments',
      /at most 400/,
    ],
    [
      'too many calls',
      { messages: [question, called(...Array.from({ length: 129 }, (_, id) => call(`c${id}`)))] },
      'messages.1.tool_calls',
      /at most 128/,
    ],
    [
      'a result of no call',
      { messages: [question, called(call('c1')), result('c2')] },
      'messages.2.tool_call_id',
      /before this one/,
    ],
    [
      'a result before its call',
      { messages: [result('c1'), called(call('c1'))] },
      'messages.0.tool_call_id',
      /before this one/,
    ],
  ];
  for (const [name, body, param, words] of refused)
    test(name, async () => {
      const error = await refusal(body);
      assert.equal(error.param, param);
      assert.match(error.message, words);
    });

  test('parameters that are deeper than anybody reads', async () => {
    await upstream.reset();
    const deep = `${'{"a":'.repeat(30_000)}1${'}'.repeat(30_000)}`;
    const body = JSON.stringify({ messages: [question], tools: [tool('time', { parameters: 'DEEP' })] });
    const response = await fetch(`${proxy.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: body.replace('"DEEP"', deep),
    });
    const { error } = (await response.json()) as WireError;
    assert.deepEqual([response.status, error.param], [400, 'tools.0.function.parameters']);
    assert.match(error.message, /at most 64/);
  });

  test('everything of them, where the operator allows none', async () => {
    assert.equal((await refusal({ tools: [tool('weather')] }, closed)).param, 'tools.0.function.name');
    const messages = [question, called(call('c1')), result('c1')];
    assert.match((await refusal({ messages }, closed)).param!, /^messages\.1\.tool_calls/);
  });
});

test('calls pass as the upstream sent them', async () => {
  const body = { model: 'tool-calls', stream: true, messages: [question] };
  const asked = await ask(body);
  const bare = await fetch(`${upstream.url}/chat/completions`, {
    method: 'POST',
    body: JSON.stringify(body),
  });
  const events = (text: string) => text.match(/^data: .*$/gm);
  assert.deepEqual(events(await asked.text()), events(await bare.text()));
});

describe('a client that does not stream gets calls whole that come', () => {
  for (const [shape, { calls }] of Object.entries(toolShapes)) {
    // Without an id and with the same index nothing tells such calls apart but their text, which is for who runs them.
    if (calls.some(({ id }) => id === '')) continue;
    test(shape, async () => {
      const response = await ask({ model: `tool-calls:${shape}` });
      const { choices } = (await response.json()) as {
        choices: [{ message: { tool_calls: object[] }; finish_reason: string }];
      };
      assert.deepEqual(choices[0].message.tool_calls, calls);
      assert.equal(choices[0].finish_reason, 'tool_calls');
    });
  }
});

test('tools are a part of what a prompt costs, and every round is a request', async () => {
  const messages = [{ role: 'user' as const, content: 'Warm?' }];
  const tools = [{ type: 'function' as const, function: { name: 'weather', description: 'x'.repeat(400) } }];
  const cost = promptTokens({ messages, tools }) - promptTokens({ messages });
  assert.ok(cost >= 100, String(cost));

  const limits = { requestsPerMinute: 2 };
  const few = await startProxy(upstreamSettings(upstream.url, models, { tools: ['weather'], limits }));
  const rounds = [[question], [question, called(call('c1')), result('c1')]];
  for (const messages of rounds) assert.equal((await ask({ messages }, few)).status, 200);
  const third = await ask({ messages: rounds[1] }, few);
  await few.close();
  assert.equal(third.status, 429);
});

test('a key that was used for a question without tools is none for one with them', async () => {
  const key = { 'Idempotency-Key': crypto.randomUUID() };
  assert.equal((await ask({}, proxy, key)).status, 200);
  assert.equal((await ask({}, proxy, key)).status, 200);
  assert.equal((await ask({ tools: [tool('time')] }, proxy, key)).status, 400);
});

test('a bad name in the settings stops the start with the field', async () => {
  await assert.rejects(startProxy({ tools: ['ok', 'not a name'] }), /tools\.1: must be 1 to 64 letters/);
});

describe('the demo model', () => {
  let demo: TestProxy;
  before(async () => {
    demo = await startProxy({ tools: ['weather', 'time'], limits: { streamsPerClient: 50 } });
  });
  after(() => demo.close());
  const parameters = { type: 'object', properties: { city: { type: 'string', examples: ['Oslo'] } } };
  const tools = [tool('weather', { parameters }), tool('time')];
  const asking = { role: 'user', content: '/tools' };

  test('says so where it is offered none', async () => {
    const text = await (await ask({ messages: [asking] }, demo)).text();
    assert.match(text, /handed me none/);
  });

  test('calls what it is offered with the examples of its schema, and says what came of it', async () => {
    const reply = open(`${demo.url}/v1`, { body: { messages: [asking], tools } });
    const { text } = await reply.reply;
    assert.match(text, /"finish_reason":"tool_calls"/);
    const whole = await ask({ messages: [asking], tools }, demo);
    const { choices } = (await whole.json()) as { choices: [{ message: { tool_calls: typeof made } }] };
    const made = choices[0].message.tool_calls as ReturnType<typeof call>[];
    assert.deepEqual(
      made.map(call => [call.function.name, call.function.arguments]),
      [
        ['weather', '{"city":"Oslo"}'],
        ['time', ''],
      ],
    );
    const messages = [asking, called(...made), ...made.map(({ id }) => result(id))];
    assert.match(await (await ask({ messages, tools }, demo)).text(), /has run them.*`20`/);
  });
});
