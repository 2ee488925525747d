/** What the proxy takes and what it refuses before any upstream is asked. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { WidgetSettings, WireError } from '../../server/protocol.ts';
import { startProxy, type TestProxy, upstreamSettings, UPSTREAM_KEY } from '../support/proxy.ts';
import { startUpstream } from '../support/start-upstream.ts';

let upstream: Awaited<ReturnType<typeof startUpstream>>;
let proxy: TestProxy;
const limits = { maxMessages: 4, maxMessageCharacters: 100, maxBodyBytes: 4_000, maxOutputTokens: 50 };

before(async () => {
  upstream = await startUpstream();
  const settings = {
    ...{ limits, systemPrompt: 'Be brief.', allowedOrigins: ['https://site.example'] },
    tools: ['f'],
  };
  proxy = await startProxy(upstreamSettings(upstream.url, ['echo', 'ok'], settings));
});
after(async () => {
  await proxy.close();
  await upstream.close();
});

const question = [{ role: 'user', content: 'Hello' }];

function ask(body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${proxy.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

async function refusal(response: Response): Promise<WireError['error'] & { status: number }> {
  const { error } = (await response.json()) as WireError;
  return { ...error, status: response.status };
}

/** The body that reached the upstream. */
async function forwarded(body: object): Promise<Record<string, unknown>> {
  const response = await ask({ messages: question, ...body });
  assert.equal(response.status, 200, await response.clone().text());
  await response.text();
  const { lastRequest } = await upstream.stats();
  const sent: unknown = lastRequest?.body;
  return (typeof sent === 'string' ? JSON.parse(sent) : sent) as Record<string, unknown>;
}

const refused: Array<[name: string, body: unknown, param: string | null, words: RegExp]> = [
  ['no JSON', '{"messages":', null, /not valid JSON/],
  ['a list', [], null, /body/],
  ['no messages', {}, 'messages', /messages/],
  ['an empty conversation', { messages: [] }, 'messages', /at least one message/],
  ['too many messages', { messages: Array(5).fill(question[0]) }, 'messages', /at most 4 messages/],
  [
    'a message that is too long',
    { messages: [{ role: 'user', content: 'x'.repeat(101) }] },
    'messages.0.content',
    /at most 100/,
  ],
  [
    'a long message in parts',
    { messages: [{ role: 'user', content: [{ type: 'text', text: 'x'.repeat(101) }] }] },
    'messages.0.content',
    /at most 100/,
  ],
  [
    'a system message',
    { messages: [{ role: 'system', content: 'x' }, ...question] },
    'messages.0.role',
    /must be user, assistant or tool/,
  ],
  [
    'a developer message',
    { messages: [{ role: 'developer', content: 'x' }] },
    'messages.0.role',
    /must be user, assistant or tool/,
  ],
  [
    'a role called __proto__',
    { messages: [{ role: '__proto__', content: 'x' }] },
    'messages.0.role',
    /must be user/,
  ],
  ['a message without content', { messages: [{ role: 'user' }] }, 'messages.0.content', /must be a text/],
  [
    'a tool message without its call',
    { messages: [{ role: 'tool', content: 'x' }] },
    'messages.0.tool_call_id',
    /tool_call_id/,
  ],
  ['a message that is a text', { messages: ['x'] }, 'messages.0', /messages\.0/],
  [
    'an image that is none',
    { messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'x' } }] }] },
    'messages.0.content.0.image_url.url',
    /must be a data: URL/,
  ],
  ['two answers', { messages: question, n: 2 }, 'n', /must be 1/],
  ['a wrong temperature', { messages: question, temperature: 3 }, 'temperature', /temperature/],
  ['no output tokens', { messages: question, max_tokens: 0 }, 'max_tokens', /max_tokens/],
];

for (const [name, body, param, words] of refused) {
  test(`${name} is refused, by the name of the field`, async () => {
    await upstream.reset();
    const error = await refusal(await ask(body));
    assert.equal(error.status, 400);
    assert.equal(error.code, 'invalid_request');
    assert.equal(error.type, 'invalid_request_error');
    assert.equal(error.param, param);
    assert.match(error.message, words);
    assert.equal((await upstream.stats()).requests, 0);
  });
}

for (const model of ['gpt-none', '__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
  test(`the model ${model} is just unknown`, async () => {
    const error = await refusal(await ask({ model, messages: question }));
    assert.deepEqual([error.status, error.code, error.param], [400, 'model_not_allowed', 'model']);
  });
}

test('a body of another type is refused, as a form of any site could send it', async () => {
  const error = await refusal(await ask({ messages: question }, { 'Content-Type': 'text/plain' }));
  assert.deepEqual([error.status, error.code], [400, 'invalid_request']);
});

test('a body that is too large is refused, its length told or not', async () => {
  const large = JSON.stringify({ messages: question, filler: 'x'.repeat(5_000) });
  const told = await refusal(await ask(large));
  assert.deepEqual([told.status, told.code], [413, 'payload_too_large']);
  assert.match(told.message, /4000 bytes/);
  assert.equal((await refusal(await askInChunks(large))).code, 'payload_too_large');
});

test('a body whose length is not told is taken as any other', async () => {
  const response = await askInChunks(JSON.stringify({ messages: question, model: 'ok', stop: '世界' }));
  assert.equal(response.status, 200, await response.text());
  assert.equal((await upstream.stats()).lastRequest?.body.stop, '世界');
});

/** In pieces of three bytes, cut inside characters as well. */
function askInChunks(text: string): Promise<Response> {
  const bytes = new TextEncoder().encode(text);
  const body = new ReadableStream({
    start(controller) {
      for (let at = 0; at < bytes.length; at += 3) controller.enqueue(bytes.slice(at, at + 3));
      controller.close();
    },
  });
  return fetch(`${proxy.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body,
    duplex: 'half',
  } as RequestInit);
}

test('an absent model is the default one', async () => {
  assert.equal((await forwarded({})).model, 'echo');
  assert.equal((await forwarded({ model: null })).model, 'echo');
  assert.equal((await forwarded({ model: '' })).model, 'echo');
});

test("the operator's system prompt goes first", async () => {
  const { messages } = await forwarded({});
  assert.deepEqual(messages, [{ role: 'system', content: 'Be brief.' }, ...question]);
});

test('unknown fields are dropped, at every depth', async () => {
  const body = {
    messages: [{ role: 'user', content: 'Hello', name: 'x', extra: 1 }],
    functions: [{}],
    user: 'me',
    logit_bias: {},
    stream_options: { include_usage: false },
  };
  const sent = await forwarded(body);
  assert.deepEqual(Object.keys(sent).sort(), ['max_tokens', 'messages', 'model', 'stream', 'stream_options']);
  assert.deepEqual(sent.stream_options, { include_usage: true });
  assert.deepEqual((sent.messages as unknown[])[1], question[0]);
});

test('output tokens are clamped to the limit, and below it they are as asked', async () => {
  assert.equal((await forwarded({})).max_tokens, 50);
  assert.equal((await forwarded({ max_tokens: 9_999 })).max_tokens, 50);
  assert.equal((await forwarded({ max_tokens: 7 })).max_tokens, 7);
  assert.equal((await forwarded({ max_completion_tokens: 8 })).max_tokens, 8);
});

test('the whole conversation goes up, tools and parts of text included', async () => {
  const messages = [
    { role: 'user', content: [{ type: 'text', text: 'Hello' }] },
    {
      role: 'assistant',
      content: null,
      tool_calls: [{ id: 'c1', type: 'function', function: { name: 'f', arguments: '{}' } }],
    },
    { role: 'tool', content: '1', tool_call_id: 'c1' },
    { role: 'assistant', content: '你好 👋' },
  ];
  const sent = await forwarded({ messages });
  assert.deepEqual((sent.messages as unknown[]).slice(1), messages);
});

test('what a model thought goes up to a provider whose models are told, and to no other', async () => {
  const thought = { role: 'assistant', content: 'So.', reasoning_content: 'Hm.' };
  const sent = await forwarded({ messages: [...question, thought] });
  assert.deepEqual((sent.messages as unknown[])[2], { role: 'assistant', content: 'So.' });
  const provider = { baseUrl: upstream.url, apiKey: UPSTREAM_KEY, models: ['echo'], takesThinking: true };
  const telling = await startProxy({ providers: { upstream: provider } });
  const response = await fetch(`${telling.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ messages: [...question, thought] }),
  });
  await response.text();
  const settings = (await (await fetch(`${telling.url}/v1/widget`)).json()) as WidgetSettings;
  await telling.close();
  const told = (await upstream.stats()).lastRequest?.body as { messages: unknown[] };
  assert.deepEqual(told.messages[1], thought);
  assert.equal(settings.thinking, true);
});

test('a proxy may allow system messages', async () => {
  const open = await startProxy(upstreamSettings(upstream.url, ['echo'], { allowSystemMessages: true }));
  const messages = [{ role: 'system', content: 'x' }, ...question];
  const response = await fetch(`${open.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ messages }),
  });
  await open.close();
  assert.equal(response.status, 200);
});

test('the key goes to the upstream and nothing else does', async () => {
  await ask(
    { messages: question },
    { Cookie: 'a=b', Authorization: 'Bearer visitor', 'X-Forwarded-For': '1.2.3.4' },
  );
  const { lastRequest } = await upstream.stats();
  const headers = lastRequest!.headers as Record<string, string>;
  assert.equal(headers.authorization, `Bearer ${UPSTREAM_KEY}`);
  assert.equal(headers['accept-encoding'], 'identity');
  for (const name of ['cookie', 'x-forwarded-for', 'origin']) assert.equal(headers[name], undefined, name);
});

test('an origin that is not allowed is refused before its body is read', async () => {
  const response = await ask('{"messages":', { Origin: 'https://other.example' });
  assert.equal(
    response.headers.get('access-control-allow-origin'),
    'https://other.example',
    'readable for its page',
  );
  assert.equal(response.headers.get('access-control-allow-credentials'), null);
  const error = await refusal(response);
  assert.deepEqual([error.status, error.code], [403, 'origin_not_allowed']);
});

for (const near of [
  'https://site.example.evil.example',
  'http://site.example',
  'https://site.example:8443',
  'null',
  'https://SITE.example/',
]) {
  test(`the origin ${near} is not the allowed one`, async () => {
    assert.equal((await ask({ messages: question }, { Origin: near })).status, 403);
  });
}

test('an allowed origin may ask, and its browser is told so', async () => {
  const headers = {
    Origin: 'https://site.example',
    'Access-Control-Request-Headers': 'content-type,rivulet-resume',
  };
  const preflight = await fetch(`${proxy.url}/v1/chat/completions`, { method: 'OPTIONS', headers });
  assert.equal(preflight.status, 204);
  assert.equal(preflight.headers.get('access-control-allow-origin'), 'https://site.example');
  assert.match(preflight.headers.get('access-control-allow-headers') ?? '', /content-type/i);
  const response = await ask({ messages: question, stream: true }, { Origin: 'https://site.example' });
  await response.text();
  assert.equal(response.status, 200);
  assert.equal(response.headers.get('access-control-allow-origin'), 'https://site.example');
  assert.match(response.headers.get('access-control-expose-headers') ?? '', /Rivulet-Stream/);
});

test('the browser of an allowed origin may resume, stop and give its questions keys', async () => {
  for (const [method, header] of [
    ['GET', 'last-event-id'],
    ['DELETE', 'x-mine'],
    ['POST', 'idempotency-key'],
    ['POST', 'rivulet-resume'],
  ] as const) {
    const preflight = await fetch(`${proxy.url}/v1/streams/x`, {
      method: 'OPTIONS',
      headers: {
        Origin: 'https://site.example',
        'Access-Control-Request-Method': method,
        'Access-Control-Request-Headers': header,
      },
    });
    assert.equal(preflight.status, 204);
    assert.ok(preflight.headers.get('access-control-allow-methods')?.includes(method), method);
    assert.ok(preflight.headers.get('access-control-allow-headers')?.includes(header), header);
  }
  const unknown = await fetch(`${proxy.url}/v1/streams/x`, { headers: { Origin: 'https://site.example' } });
  assert.equal(unknown.status, 404);
  assert.equal(unknown.headers.get('access-control-allow-origin'), 'https://site.example');
});

test('with nothing configured, the own origin and localhost may ask and nobody else', async () => {
  const open = await startProxy();
  const status = async (origin: string) =>
    (await fetch(`${open.url}/v1/models`, { headers: { Origin: origin } })).status;
  for (const origin of [open.url, 'http://localhost:5173', 'https://127.0.0.1', 'http://[::1]:80']) {
    const expected = new URL(origin).origin === origin ? 200 : 403;
    assert.equal(await status(origin), expected, origin);
  }
  for (const origin of ['https://evil.example', 'null', 'http://localhost.evil.example', 'file://']) {
    assert.equal(await status(origin), 403, origin);
  }
  await open.close();
});

test('GET /v1/models lists the allowlist, and the first token once it was measured', async () => {
  await (await ask({ model: 'ok', messages: question })).text();
  const list = (await (await fetch(`${proxy.url}/v1/models`)).json()) as {
    data: Array<Record<string, never>>;
  };
  assert.deepEqual(
    list.data.map(({ id }) => id),
    ['echo', 'ok'],
  );
  const ok = list.data[1] as unknown as { rivulet: Record<string, unknown>; object: string };
  assert.equal(ok.object, 'model');
  assert.equal(typeof ok.rivulet.ttft_ms, 'number');
  assert.deepEqual(
    { ...ok.rivulet, ttft_ms: 0 },
    { label: 'ok', default: false, vision: false, price: null, ttft_ms: 0 },
  );
});

test("GET /v1/widget gives the site owner's words and the limits", async () => {
  const own = await startProxy({
    widget: { title: 'Ask us', suggestions: ['一', 'two'] },
    limits,
    tools: [],
  });
  const settings = await (await fetch(`${own.url}/v1/widget`)).json();
  await own.close();
  assert.deepEqual(settings, {
    title: 'Ask us',
    suggestions: ['一', 'two'],
    model: 'Demo',
    limits: { messages: 4, bodyBytes: 4_000 },
    attachments: { count: 4, characters: 100, imageBytes: 4_000_000, seeing: ['', 'rivulet-demo'] },
  });
});

test('GET /v1/widget names the default model where there is a choice, and tells of commands and follow-ups', async () => {
  const commands = [{ name: 'bye', text: 'Thank you.', label: 'Say goodbye' }];
  const own = await startProxy({
    providers: { local: { baseUrl: 'http://127.0.0.1:9/v1', models: ['a', { id: 'b', label: 'Beta' }] } },
    defaultModel: 'b',
    widget: { commands, followUps: true },
  });
  const { limits: _, attachments: __, ...told } = await (await fetch(`${own.url}/v1/widget`)).json();
  await own.close();
  assert.deepEqual(told, { commands, followUps: true, model: 'Beta' });
});

test('what is not there is a 404 with an error object', async () => {
  const error = await refusal(await fetch(`${proxy.url}/v1/none`));
  assert.deepEqual([error.status, error.code], [404, 'not_found']);
});
