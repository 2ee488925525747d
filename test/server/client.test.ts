/** The widget's client: what it makes of a server's bytes, however they are cut and whatever they are. */

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { AnswerParser, type ParsedEvent } from '../../widget/client/answer-parser.ts';
import { bodyText } from '../../widget/client/body-text.ts';
import { completionsUrl } from '../../widget/client/endpoint.ts';
import { failureOf } from '../../widget/client/failures.ts';
import { type AnswerStreamEvent, answerEvents } from '../../widget/client/answer-events.ts';
import type { Failure } from '../../widget/conversation/message.ts';

/** What the events of an answer come to. */
interface Outcome {
  content: string;
  reasoning: string;
  model?: string;
  finish?: string;
  usage?: unknown;
  end: 'done' | Failure['code'] | 'none';
}

function outcome(events: ReadonlyArray<ParsedEvent | AnswerStreamEvent>): Outcome {
  const result: Outcome = { content: '', reasoning: '', end: 'none' };
  for (const event of events) {
    assert.equal(result.end, 'none', 'nothing comes after the end');
    if (event.type === 'delta') {
      result.content += event.content ?? '';
      result.reasoning += event.reasoning ?? '';
      if (event.model) result.model = event.model;
    } else if (event.type === 'finish') result.finish = event.reason;
    else if (event.type === 'usage') result.usage = event.usage;
    else if (event.type === 'done') result.end = 'done';
    else if (event.type === 'failed') result.end = event.failure.code;
    else if (event.type === 'refused') result.end = failureOf(event.refusal).code;
  }
  return result;
}

/** Reads a stream of bytes that arrive in these pieces. */
async function read(pieces: Iterable<Uint8Array>, numbered: boolean): Promise<Outcome> {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece);
      controller.close();
    },
  });
  const parser = new AnswerParser(numbered);
  const events: ParsedEvent[] = [];
  for await (const text of bodyText(new Response(body))) {
    events.push(...parser.feed(text));
    if (parser.ended) return outcome(events);
  }
  return outcome([...events, ...parser.end()]);
}

/** The same cuts in every run: a linear congruential generator. */
function* randomCuts(bytes: Uint8Array, seed: number): Generator<Uint8Array> {
  let state = seed;
  for (let start = 0; start < bytes.length; ) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    const end = Math.min(bytes.length, start + 1 + (state % 23));
    yield bytes.subarray(start, end);
    start = end;
  }
}

/** Whole, byte by byte and in ten random ways: always the same. */
async function readEveryWay(stream: string | Uint8Array, numbered: boolean): Promise<Outcome> {
  const bytes = typeof stream === 'string' ? Buffer.from(stream) : stream;
  const whole = await read([bytes], numbered);
  assert.deepEqual(
    await read(
      Array.from(bytes, byte => Uint8Array.of(byte)),
      numbered,
    ),
    whole,
    'byte by byte',
  );
  for (let seed = 1; seed <= 10; seed++) {
    assert.deepEqual(await read(randomCuts(bytes, seed), numbered), whole, `cut by seed ${seed}`);
  }
  return whole;
}

const json = (value: unknown) => `data: ${JSON.stringify(value)}\n\n`;
const delta = (fields: object) => json({ choices: [{ index: 0, delta: fields }] });
const finish = (finish_reason = 'stop') => json({ choices: [{ index: 0, delta: {}, finish_reason }] });
const usage = { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 };
const done = 'data: [DONE]\n\n';
const said = { content: 'Hi', reasoning: '', end: 'done' } as const;
const hi = delta({ content: 'Hi' });

describe('an answer is read right, however its bytes are cut:', () => {
  const words = '汉字 🌊👩‍👩‍👧 é — “so” \\n';
  const cases: Array<[promise: string, stream: string, expected: Outcome, numbered?: 'numbered']> = [
    [
      'its text',
      delta({ role: 'assistant', content: '' }) + delta({ content: words }) + finish() + done,
      { ...said, content: words, finish: 'stop' },
    ],
    [
      'CRLF line ends',
      (hi + delta({ content: words }) + done).replaceAll('\n', '\r\n'),
      { ...said, content: `Hi${words}` },
    ],
    [
      'CR line ends',
      (hi + delta({ content: words }) + done).replaceAll('\n', '\r'),
      { ...said, content: `Hi${words}` },
    ],
    ['a BOM', `\ufeff${hi}${done}`, said],
    ['a BOM before CRLF', `\ufeff${(hi + done).replaceAll('\n', '\r\n')}`, said],
    ['comments and other fields', `: ping\n\nretry: 10\n${hi}: keep-alive\n\n\n\nfoo: bar\n\n${done}`, said],
    [
      'an event on several data lines',
      'data: {"choices":[{"delta":\ndata: {"content":"Hi"}}]}\n\ndata:[DONE]\n\n',
      said,
    ],
    ['an event without data', `data:\n\ndata: \n\n${hi}${done}`, said],
    [
      'thinking, as DeepSeek names it',
      delta({ content: null, reasoning_content: 'Hm' }) +
        delta({ content: 'Hi', reasoning_content: null }) +
        done,
      { ...said, reasoning: 'Hm' },
    ],
    [
      'thinking, as OpenRouter names it',
      delta({ content: '', reasoning: 'Hm' }) + hi + done,
      { ...said, reasoning: 'Hm' },
    ],
    [
      'thinking that has no answer',
      delta({ reasoning: 'Hm' }) + done,
      { content: '', reasoning: 'Hm', end: 'done' },
    ],
    [
      'a first event without a choice',
      json({ choices: [], prompt_filter_results: [{}] }) + json({ id: 'x' }) + hi + done,
      said,
    ],
    [
      'the usage after the last choice',
      hi + finish() + json({ choices: [], usage }) + done,
      { ...said, finish: 'stop', usage },
    ],
    [
      'the model',
      json({ model: 'm-1', choices: [] }) +
        json({ model: 'm-1', choices: [{ delta: { content: 'Hi' } }] }) +
        done,
      { ...said, model: 'm-1' },
    ],
    [
      'a call of a tool',
      delta({ tool_calls: [{ index: 0, id: 'c', function: { name: 'f', arguments: '' } }] }) +
        finish('tool_calls') +
        done,
      { content: '', reasoning: '', finish: 'tool_calls', end: 'done' },
    ],
    ['an end at the length limit', hi + finish('length') + done, { ...said, finish: 'length' }],
    ['[DONE] twice, and events after it', hi + done + done + hi + finish(), said],
    ['no [DONE] from a plain server', hi + finish(), { ...said, finish: 'stop' }],
    ['no [DONE] from the proxy', hi + finish(), { ...said, finish: 'stop', end: 'disconnected' }, 'numbered'],
    ['no end at all', hi, { ...said, end: 'disconnected' }],
    ['not a byte', '', { content: '', reasoning: '', end: 'disconnected' }],
    [
      'half an event at the end',
      `${hi}data: {"choices":[{"delta":{"content":"lost"`,
      { ...said, end: 'disconnected' },
    ],
    [
      'an event at the end that lacks its blank line',
      `${hi}${delta({ content: '!' }).trimEnd()}\n`,
      { ...said, end: 'disconnected' },
    ],
    [
      'an empty answer',
      delta({ role: 'assistant', content: '' }) + finish() + done,
      { content: '', reasoning: '', finish: 'stop', end: 'empty_answer' },
    ],
    [
      'an answer of blanks',
      delta({ content: ' \n' }) + done,
      { content: ' \n', reasoning: '', end: 'empty_answer' },
    ],
    ['[DONE] at once', done, { content: '', reasoning: '', end: 'empty_answer' }],
    ['rubbish in the middle', `${hi}data: {"choices":[{"delta"\n\n${hi}`, { ...said, end: 'bad_answer' }],
    [
      'an answer that the upstream cut',
      hi + finish('insufficient_system_resource') + done,
      { ...said, end: 'interrupted' },
    ],
    [
      'an error in the middle',
      `${hi}event: error\n${json({ error: { code: 'upstream_error', message: 'x' } })}`,
      { ...said, end: 'upstream_error' },
    ],
    [
      'an error without the name of one',
      hi + json({ error: { code: 'upstream_timeout' } }),
      { ...said, end: 'upstream_timeout' },
    ],
    [
      'an error beside a choice',
      json({ error: { code: 502 }, choices: [{ delta: { content: 'Hi' }, finish_reason: 'error' }] }),
      { ...said, end: 'upstream_error' },
    ],
    ['an error in a word', hi + json({ error: 'secret-words' }), { ...said, end: 'upstream_error' }],
    [
      'an error that is not JSON',
      `${hi}event: error\ndata: secret-words\n\n`,
      { ...said, end: 'upstream_error' },
    ],
    [
      'an error by number',
      json({ error: { code: 429 } }),
      { content: '', reasoning: '', end: 'rate_limited' },
    ],
    [
      'an error in OpenAI’s word',
      json({ error: { code: 'context_length_exceeded' } }),
      { content: '', reasoning: '', end: 'length_exceeded' },
    ],
    [
      'an error with a hostile code',
      json({ error: { code: '__proto__' } }),
      { content: '', reasoning: '', end: 'upstream_error' },
    ],
    [
      'an answer that was stopped elsewhere',
      `${hi}event: error\n${json({ error: { code: 'stopped' } })}`,
      { ...said, end: 'stopped' },
    ],
    [
      'no error where it is null',
      json({ error: null, choices: [{ delta: { content: 'Hi' } }] }) + done,
      said,
    ],
    [
      'numbers that it has seen',
      `id: 1\n${hi}id: 2\n${delta({ content: '!' })}id: 1\n${hi}id: 2\n${hi}id: 3\n${delta({ content: '?' })}${done}`,
      { ...said, content: 'Hi!?' },
      'numbered',
    ],
    [
      'ids of a plain server, which mean nothing',
      `id: 1\n${hi}id: 1\n${hi}id: x\n${hi}${done}`,
      { ...said, content: 'HiHiHi' },
    ],
  ];
  for (const [promise, stream, expected, numbered] of cases) {
    test(promise, async () => {
      assert.deepEqual(await readEveryWay(stream, numbered === 'numbered'), expected);
    });
  }

  test('a byte that is no UTF-8', async () => {
    const broken = Buffer.concat([
      Buffer.from('data: {"choices":[{"delta":{"content":"H'),
      Uint8Array.of(0xff),
      Buffer.from(`i"}}]}\n\n${done}`),
    ]);
    assert.equal((await readEveryWay(broken, false)).content, 'H\ufffdi');
  });
});

test('types that the wire gets wrong are taken for nothing', async () => {
  const wrong = [null, 42, 'text', [], {}, true, [null], [[]], { 0: {} }];
  const stream = wrong.flatMap(value => [
    json(value),
    json({ choices: value, usage: value, model: [value] }),
    json({ choices: [value], usage: { prompt_tokens: value } }),
    json({ choices: [{ delta: value, finish_reason: [value] }] }),
    json({ choices: [{ delta: { content: [value], reasoning: { value }, tool_calls: {} } }] }),
  ]);
  assert.deepEqual(await read([Buffer.from(stream.join('') + hi + done)], false), said);
});

describe('what an event says besides text is told after its text,', () => {
  const parse = (stream: string) =>
    new AnswerParser(true).feed(stream).filter(({ type }) => type === 'delta' || type === 'extra');
  const call = { tool_calls: [{ index: 0, function: { arguments: '{"a"' } }] };
  for (const [promise, fields, isExtra] of [
    ['where a tool is called', { choices: [{ delta: call }] }, true],
    ['where there are sources', { choices: [{ delta: {} }], citations: ['https://a.example'] }, true],
    [
      'but not where there are none',
      { choices: [{ delta: { annotations: [], tool_calls: null } }], citations: [] },
      false,
    ],
    [
      'nor where the text only speaks of them',
      { choices: [{ delta: { content: '"tool_calls": [1], "citations": ["x"]' } }] },
      false,
    ],
  ] as const) {
    test(promise, () => {
      const extras = parse(`id: 1\n${json(fields)}`).filter(({ type }) => type === 'extra');
      assert.deepEqual(extras, isExtra ? [{ type: 'extra', number: 1, json: fields }] : []);
    });
  }

  test('under the same number', () => {
    const fields = { choices: [{ delta: { content: 'Hi' } }], citations: ['https://a.example'] };
    assert.deepEqual(parse(`id: 7\n${json(fields)}`), [
      { type: 'delta', number: 7, content: 'Hi' },
      { type: 'extra', number: 7, json: fields },
    ]);
  });
});

test('an event that never ends is given up, and what came before is kept', async () => {
  const endless = Array.from({ length: 40 }, () => Buffer.from('x'.repeat(65_536)));
  const result = await read([Buffer.from(`${hi}data: `), ...endless], true);
  assert.deepEqual(result, { ...said, end: 'bad_answer' });
});

describe('the recorded stream of every provider is read right:', () => {
  const folder = new URL('../fixtures/streams/', import.meta.url);
  const names = readdirSync(folder).filter(name => name.endsWith('.sse'));
  test('there are some', () => assert.ok(names.length > 0));
  for (const name of names) {
    test(name, async () => {
      const expected = JSON.parse(readFileSync(new URL(name.replace('.sse', '.json'), folder), 'utf8'));
      const result = await readEveryWay(readFileSync(new URL(name, folder)), false);
      const { content, reasoning, model } = result;
      assert.deepEqual(
        { content, reasoning, model },
        { content: expected.content, reasoning: expected.reasoning, model: expected.model },
      );
      if (expected.error) return assert.equal(result.end, 'upstream_error');
      assert.equal(result.end, 'done');
      assert.equal(result.finish, expected.finishReason);
      assert.deepEqual(result.usage ?? null, expected.usage);
    });
  }
});

describe('the address of a call', () => {
  const cases = [
    ['', '/v1/chat/completions'],
    ['https://chat.example', 'https://chat.example/v1/chat/completions'],
    ['https://chat.example/', 'https://chat.example/v1/chat/completions'],
    ['https://example.com/chat//', 'https://example.com/chat/v1/chat/completions'],
    ['http://localhost:11434/v1', 'http://localhost:11434/v1/chat/completions'],
    ['http://localhost:11434/v1/', 'http://localhost:11434/v1/chat/completions'],
    ['https://open.bigmodel.cn/api/paas/v4', 'https://open.bigmodel.cn/api/paas/v4/chat/completions'],
    ['https://example.com/v1?tenant=a/b#c', 'https://example.com/v1/chat/completions?tenant=a/b'],
    ['/proxy', '/proxy/v1/chat/completions'],
  ] as const;
  for (const [endpoint, url] of cases) {
    test(`of “${endpoint}” is ${url}`, () => assert.equal(completionsUrl(endpoint), url));
  }
});

describe('over a real connection', () => {
  type Listener = (request: IncomingMessage, response: ServerResponse) => unknown;
  let listener: Listener = () => {};
  const server = createServer((request, response) => listener(request, response));
  // A test that breaks its connection is not to break one that the next test uses.
  server.maxRequestsPerSocket = 1;
  let endpoint = '';

  before(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => {
    server.close();
    server.closeAllConnections();
  });

  const sse = { 'content-type': 'text/event-stream; charset=utf-8' };
  const numbered = { ...sse, 'rivulet-stream': 's-1' };
  const messages = [{ role: 'user' as const, content: 'Why? 汉' }];

  /** Of servers that resume nothing. */
  const request = {
    messages,
    signal: new AbortController().signal,
    loadResuming: () => Promise.reject(new Error('There is nothing to resume.')),
  };

  async function ask(respond: Listener, signal = request.signal): Promise<AnswerStreamEvent[]> {
    listener = respond;
    const events: AnswerStreamEvent[] = [];
    for await (const event of answerEvents({ ...request, endpoint, model: 'm-1', signal }))
      if (event.type !== 'read') events.push(event);
    assert.equal(JSON.stringify(events).includes('secret'), false, 'the server’s own words stay out');
    return events;
  }

  test('asks as OpenAI’s clients do, without cookies', async () => {
    let seen: unknown;
    await ask(async (request, response) => {
      const body = await request.toArray();
      const { accept, cookie, 'content-type': type } = request.headers;
      seen = {
        method: request.method,
        url: request.url,
        accept,
        cookie,
        type,
        body: JSON.parse(Buffer.concat(body).toString()),
      };
      response.writeHead(200, sse).end(hi + done);
    });
    assert.deepEqual(seen, {
      method: 'POST',
      url: '/v1/chat/completions',
      accept: 'text/event-stream',
      cookie: undefined,
      type: 'application/json',
      body: { model: 'm-1', messages, stream: true, stream_options: { include_usage: true } },
    });
  });

  test('names the stream of the proxy, and the number of each delta', async () => {
    const events = await ask((_, response) => response.writeHead(200, numbered).end(`id: 1\n${hi}${done}`));
    assert.deepEqual(events, [
      { type: 'opened', streamId: 's-1' },
      { type: 'delta', number: 1, content: 'Hi' },
      { type: 'done' },
    ]);
  });

  test('what arrives together in few deltas, each with the number of its last event', async () => {
    const each = (index: number) => `id: ${index + 1}\n${delta({ content: `${index},`, reasoning: 'm' })}`;
    const events = await ask((_, response) =>
      response
        .writeHead(200, numbered)
        .end(Array.from({ length: 500 }, (_, index) => each(index)).join('') + done),
    );
    const all = Array.from({ length: 500 }, (_, index) => `${index},`).join('');
    assert.deepEqual(outcome(events), { ...said, content: all, reasoning: 'm'.repeat(500) });
    assert.ok(events.length < 50, String(events.length));
    let told = '';
    for (const event of events)
      if (event.type === 'delta') {
        told += event.content;
        assert.ok(told.endsWith(`${event.number! - 1},`), `${event.number} is the last in ${event.content}`);
      }
  });

  test('the model that answers, as the proxy names it', async () => {
    const events = await ask((_, response) => {
      response.writeHead(200, { ...sse, 'rivulet-stream': 's-1', 'rivulet-model': 'two/m-1' });
      const event = { model: 'm-1-2026', choices: [{ delta: { content: 'Hi' } }] };
      response.end(`id: 1\n${json(event)}id: 2\n${json(event)}${done}`);
    });
    assert.deepEqual(outcome(events), { ...said, content: 'HiHi', model: 'two/m-1' });
    assert.equal(events.filter(event => 'model' in event).length, 1, 'and that once');
  });

  test('an answer that comes byte by byte, its emoji too', async () => {
    const events = await ask(async (_, response) => {
      response.writeHead(200, sse);
      for (const byte of Buffer.from(delta({ content: '汉🌊' }) + done)) {
        response.write(Uint8Array.of(byte));
        await wait(1);
      }
      response.end();
    });
    assert.deepEqual(outcome(events), { ...said, content: '汉🌊' });
  });

  test('a plain JSON answer of a server that knows no streams', async () => {
    const body = {
      model: 'm-2',
      choices: [
        { message: { role: 'assistant', content: 'Hi', reasoning_content: 'Hm' }, finish_reason: 'stop' },
      ],
      usage,
    };
    const events = await ask((_, response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body)),
    );
    assert.deepEqual(outcome(events), { ...said, reasoning: 'Hm', model: 'm-2', finish: 'stop', usage });
  });

  const odd: Array<[promise: string, type: string, body: string, end: Outcome['end']]> = [
    [
      'a JSON answer that says nothing',
      'application/json',
      '{"choices":[{"message":{"content":""}}]}',
      'empty_answer',
    ],
    [
      'a JSON answer that is an error',
      'application/json',
      '{"error":{"message":"secret","code":"overloaded"}}',
      'overloaded',
    ],
    ['a JSON answer that is none', 'application/json', '{"choices":', 'bad_answer'],
    ['the page of something else', 'text/html', '<!doctype html><p>secret', 'bad_answer'],
    ['an event stream under no name', '', hi + done, 'done'],
    ['an answer without a body', '', '', 'disconnected'],
  ];
  for (const [promise, type, body, end] of odd) {
    test(promise, async () => {
      const events = await ask((_, response) => {
        if (type) response.setHeader('content-type', type);
        response.writeHead(200).end(body);
      });
      assert.equal(outcome(events).end, end);
    });
  }

  const refusals: Array<[status: number, body: string, code: Failure['code']]> = [
    [400, '{"error":{"message":"secret","code":"model_not_allowed"}}', 'model_not_allowed'],
    [400, '{"error":{"message":"secret","code":"context_length_exceeded"}}', 'length_exceeded'],
    [400, '{"error":{"message":"secret","code":"toString"}}', 'invalid_request'],
    [401, '{"error":{"message":"secret sk-1","code":"invalid_api_key"}}', 'unauthorized'],
    [403, 'secret', 'unauthorized'],
    [403, '{"error":{"code":"origin_not_allowed"}}', 'origin_not_allowed'],
    [404, '<html>secret', 'not_found'],
    [413, '', 'payload_too_large'],
    [422, '[]', 'invalid_request'],
    [429, '{"error":{"code":"too_many_streams"}}', 'too_many_streams'],
    [429, 'null', 'rate_limited'],
    [500, '{"error":null}', 'upstream_error'],
    [502, '<html>secret', 'upstream_error'],
    [503, '{}', 'overloaded'],
    [504, '', 'upstream_timeout'],
  ];
  for (const [status, body, code] of refusals) {
    test(`a refusal with ${status} ${body.slice(0, 60)} is ${code}`, async () => {
      const events = await ask((_, response) => response.writeHead(status).end(body));
      assert.deepEqual(events, [{ type: 'failed', failure: { code } }]);
    });
  }

  test('a refusal says when to try again, in seconds or by a date', async () => {
    const start = Date.now();
    const refuse = async (retryAfter: string) => {
      const [event] = await ask((_, response) =>
        response.writeHead(429, { 'retry-after': retryAfter }).end(),
      );
      assert.equal(event?.type, 'failed');
      return event?.type === 'failed' ? event.failure.retryAt : undefined;
    };
    const inSeven = await refuse('7');
    assert.ok(inSeven !== undefined && inSeven >= start + 7000 && inSeven <= Date.now() + 7000);
    assert.equal(await refuse('Sun, 06 Nov 2033 08:49:37 GMT'), Date.UTC(2033, 10, 6, 8, 49, 37));
    assert.equal(await refuse('soon'), undefined);
  });

  test('a refusal whose body breaks off is known by its status', async () => {
    const events = await ask((_, response) => {
      response.writeHead(503, { 'content-length': '100' }).write('{"err');
      setTimeout(() => response.destroy(), 50);
    });
    assert.deepEqual(events, [{ type: 'failed', failure: { code: 'overloaded' } }]);
  });

  test('a server that is not there, or hangs up, is a lost connection', async () => {
    assert.equal(outcome(await ask((_, response) => response.destroy())).end, 'disconnected');
    const nowhere = answerEvents({ ...request, endpoint: 'http://127.0.0.1:1' });
    assert.deepEqual((await nowhere.next()).value, { type: 'failed', failure: { code: 'disconnected' } });
    assert.equal((await nowhere.next()).done, true);
  });

  test('an answer that is cut keeps what has arrived', async () => {
    const events = await ask(async (_, response) => {
      response.writeHead(200, numbered).write(`id: 1\n${hi}`);
      await wait(50);
      response.destroy();
    });
    assert.deepEqual(outcome(events), { ...said, end: 'disconnected' });
  });

  test('an abort before the first byte and in mid-stream ends it in silence, and the server sees it', async () => {
    for (const writes of [[], [hi, hi]]) {
      const abort = new AbortController();
      let closed: Promise<unknown> | undefined;
      const events = await ask(async (_, response) => {
        closed = once(response, 'close');
        if (writes.length > 0) response.writeHead(200, numbered);
        for (const write of writes) response.write(write);
        setTimeout(() => abort.abort(), 50);
      }, abort.signal);
      assert.equal(outcome(events).end, 'none');
      await closed;
    }
  });

  test('a reader that leaves closes the connection', async () => {
    let closed: Promise<unknown> | undefined;
    listener = (_, response) => {
      closed = once(response, 'close');
      response.writeHead(200, numbered).write(hi);
    };
    for await (const event of answerEvents({ ...request, endpoint })) {
      if (event.type === 'delta') break;
    }
    await closed;
  });

  test('an answer that has ended may end its connection by itself', async () => {
    let response: ServerResponse | undefined;
    const events = await ask(async (_, opened) => {
      response = opened;
      opened.writeHead(200, numbered).write(hi + done);
      await wait(50);
      opened.end();
    });
    assert.equal(outcome(events).end, 'done');
    if (!response?.closed) await once(response as ServerResponse, 'close');
    assert.equal(response?.writableFinished, true);
  });

  test('a connection that stays open after the end of its answer is closed', async () => {
    let closed: Promise<unknown> | undefined;
    const events = await ask((_, response) => {
      closed = once(response, 'close');
      response.writeHead(200, numbered).write(hi + done);
    });
    assert.equal(outcome(events).end, 'done');
    await closed;
  });
});
