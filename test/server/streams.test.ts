/** The wire of a stream byte by byte, and what is left of streams when they have ended: nothing. */

import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { WireError } from '../../server/protocol.ts';
import { ask, open, type Reply } from '../support/ask.ts';
import { eventually } from '../support/eventually.ts';
import { runtimes, startProxy, type TestProxy, UPSTREAM_KEY, upstreamSettings } from '../support/proxy.ts';
import { startUpstream, type Upstream } from '../support/start-upstream.ts';
import { readWire } from '../support/wire.ts';

const models = [
  'ok',
  'ok:10000:5',
  'echo',
  'reasoning',
  'slow-first:800',
  'slow-midway:20',
  'slow-midway:800',
  '500',
  'error-midway',
  'reset-before-head',
  'reset-midway',
  'hang-before-head',
  // The same, told apart by an argument that means nothing.
  'hang-before-head:left',
  'hang-before-first',
  'hang-before-first:left',
  'hang-midway',
];
/** OpenAI's object of a whole answer. */
interface ChatCompletion {
  id: string;
  object: string;
  model: string;
  choices: [{ index: number; message: Record<string, unknown>; finish_reason: string }];
  usage?: object;
}

/** What `streamsPerClient` is when nobody sets it. */
const PLACES = 3;
// Long beside what a busy machine takes for anything, as all that ends otherwise must end before.
const SILENCE_MS = 1_000;
const PING_MS = 300;

let upstream: Upstream;
let proxy: TestProxy;
let url: string;

for (const runtime of runtimes) {
  describe(`${runtime}:`, () => {
    before(async () => {
      upstream = await startUpstream();
      const timeouts = { firstTokenMs: SILENCE_MS, idleMs: SILENCE_MS };
      proxy = await startProxy(upstreamSettings(upstream.url, models, { timeouts, retries: 0 }), { runtime });
      url = `${proxy.url}/v1`;
    });
    beforeEach(() => upstream.reset());
    after(async () => {
      await proxy.close();
      await upstream.close();
    });

    test('an answer is the upstream’s events, numbered from 1, and its figures and end without a number', async () => {
      const bare = await ask(upstream.url, { model: 'ok' });
      const events = bare.text.split('\n\n').slice(0, -2);
      const numbered = events.map((event, index) => `id: ${index + 1}\n${event}\n\n`).join('');
      const { text } = await ask(url, { model: 'ok' });
      assert.equal(text.replace(/^: \{.*\n\n/m, ''), `${numbered}data: [DONE]\n\n`);
      assert.match(text, /\n: \{"rivulet":\{.*\}\}\n\ndata: \[DONE\]\n\n$/);
    });

    test('a stream has these headers, and none of the upstream’s', async () => {
      const { headers } = await ask(url, { model: 'ok' });
      assert.equal(headers['content-type'], 'text/event-stream; charset=utf-8');
      assert.equal(headers['cache-control'], 'no-store, no-transform');
      assert.equal(headers['x-accel-buffering'], 'no');
      assert.equal(headers['x-content-type-options'], 'nosniff');
      assert.match(String(headers['rivulet-stream']), /^[\w-]{22,}$/);
      assert.equal(headers['content-encoding'], undefined);
      assert.ok(!JSON.stringify(headers).includes('upstream-says'));
    });

    test('no two streams have the same id', async () => {
      const replies = await atOnce(PLACES, () => ask(url, { model: 'ok' }));
      const ids = new Set(replies.map(({ headers }) => headers['rivulet-stream']));
      assert.equal(ids.size, PLACES);
    });

    test('the upstream is asked for a stream with its count, uncompressed, with the key', async () => {
      await ask(url, { model: 'ok', stream: false, headers: { Cookie: 'mine=1', 'X-Mine': '1' } });
      const { path, headers, body } = (await upstream.stats()).lastRequest!;
      assert.equal(path, '/v1/chat/completions');
      assert.equal(body.stream, true);
      assert.deepEqual(body.stream_options, { include_usage: true });
      assert.deepEqual(body.messages, [{ role: 'user', content: 'Hello?' }]);
      assert.equal(headers.authorization, `Bearer ${UPSTREAM_KEY}`);
      assert.equal(headers['accept-encoding'], 'identity');
      assert.deepEqual([headers.cookie, headers['x-mine']], [undefined, undefined]);
    });

    test('each event leaves as it comes, and does not wait for the next', async () => {
      const reply = open(url, { model: 'hang-midway' });
      await reply.until(text => text.includes('world'));
      reply.hangUp();
    });

    describe('for a client that does not stream,', () => {
      test('an answer is one JSON object with its text, its end and its count', async () => {
        const reply = await ask(url, { model: 'ok', stream: false });
        const { id, object, model, choices, usage } = checkJson(reply);
        assert.equal(object, 'chat.completion');
        assert.deepEqual([id, model], ['chatcmpl-1', 'ok']);
        const message = { role: 'assistant', content: 'Hello, world! 你好，世界 🌊' };
        assert.deepEqual(choices, [{ index: 0, message, finish_reason: 'stop' }]);
        assert.deepEqual(usage, { prompt_tokens: 3, completion_tokens: 7, total_tokens: 10 });
      });

      test('the thinking stays apart from the answer', async () => {
        const { choices } = checkJson(await ask(url, { model: 'reasoning', stream: false }));
        const message = { role: 'assistant', reasoning_content: 'Let me think.', content: '42' };
        assert.deepEqual(choices[0].message, message);
      });
    });

    describe('when it is silent for long,', () => {
      let pinging: TestProxy;
      before(async () => {
        const timeouts = { firstTokenMs: 3_000, pingMs: PING_MS };
        pinging = await startProxy(upstreamSettings(upstream.url, models, { timeouts }), { runtime });
      });
      after(() => pinging.close());

      test('a ping goes out with the headers, and more until the first event', async () => {
        const reply = open(`${pinging.url}/v1`, { model: 'slow-first:800' });
        await reply.until(text => text === ': ping\n\n');
        const { text, status } = await reply.reply;
        assert.equal(status, 200);
        const { pings, terminal, events } = readWire(text);
        assert.ok(pings >= 2, `${pings} pings`);
        assert.ok(text.indexOf(': ping', text.indexOf('id: 1')) < 0, 'none after the events have come');
        assert.equal(events.length, 10);
        assert.equal(terminal, 'done');
      });

      test('pings come between the events as well, and have no number', async () => {
        const { text } = await ask(`${pinging.url}/v1`, { model: 'slow-midway:800' });
        const { pings, terminal, events } = readWire(text);
        assert.ok(pings >= 2, `${pings} pings`);
        assert.ok(text.indexOf(': ping') > text.indexOf('id: 2'));
        assert.equal(events.length, 10);
        assert.equal(terminal, 'done');
      });

      test('after the first ping an error is in the stream', async () => {
        const { status, text } = await ask(`${pinging.url}/v1`, { model: 'hang-before-first' });
        assert.equal(status, 200);
        const { events, terminal } = readWire(text);
        assert.deepEqual(events, []);
        assert.ok(terminal !== null && terminal !== 'done');
        assert.equal(terminal.code, 'upstream_timeout');
      });
    });

    test('the fourth stream of a client is refused, and the upstream never hears of it', async () => {
      const running = Array.from({ length: PLACES }, () => open(url, { model: 'ok:10000:5' }));
      await Promise.all(running.map(reply => reply.until(text => text.includes('id: 1\n'))));
      const { status, headers, text } = await ask(url, { model: 'ok' });
      assert.equal(status, 429);
      assert.equal((JSON.parse(text) as WireError).error.code, 'too_many_streams');
      assert.match(headers['retry-after'] ?? '', /^[1-9]\d*$/);
      assert.equal((await upstream.stats()).requests, PLACES);
      for (const reply of running) reply.hangUp();
      await allPlacesFree();
    });

    for (const [when, model, begun, stream] of [
      ['before the upstream’s headers', 'hang-before-head', '', true],
      ['before the first event', 'hang-before-first', '', true],
      ['in the middle', 'ok:10000:5', 'id: 20\n', true],
      ['before an answer that is not streamed', 'ok:10000:5', '', false],
    ] as const) {
      test(`a client that goes away ${when} ends the upstream’s work`, async t => {
        const reply = open(url, { model, stream });
        await reply.until(text => text.includes(begun));
        await eventually(upstream.stats, ({ models }) => models.includes(model));
        const leftAt = Date.now();
        reply.hangUp();
        const { aborted, answering, lastAbortAt } = await eventually(
          upstream.stats,
          stats => stats.aborted === 1,
        );
        assert.deepEqual({ aborted, answering }, { aborted: 1, answering: 0 });
        t.diagnostic(`the upstream noticed after ${lastAbortAt - leftAt} ms`);
        await allPlacesFree();
      });
    }

    test('after 200 streams that end in every way there is, the client has all its places', async t => {
      const counts: Record<string, number> = {};
      for (let count = 0; count < 200; ) {
        await atOnce(PLACES, async () => {
          const [name, end] = ways[count++ % ways.length]!;
          await end();
          counts[name] = (counts[name] ?? 0) + 1;
        });
        // Here as well as at the end: a place that is lost is lost for the streams to come.
        await allPlacesFree();
      }
      t.diagnostic(JSON.stringify(counts));
      const { models, open } = await eventually(
        upstream.stats,
        stats => stats.answering === 0 && stats.open <= PLACES,
      );
      assert.deepEqual(models, [], 'answers that go on');
      assert.ok(open <= PLACES, `${open} connections are open`);
    });
  });
}

/** Every way a stream can end, each seen to end so. */
const ways: Array<[string, () => Promise<void>]> = [
  ['finished', async () => assert.equal(readWire((await ask(url, { model: 'ok' })).text).terminal, 'done')],
  ['finished, not streamed', async () => void checkJson(await ask(url, { model: 'ok', stream: false }))],
  ['left before the upstream’s headers', () => leave('hang-before-head:left', '')],
  ['left before the first event', () => leave('hang-before-first:left', '')],
  ['left in the middle', () => leave('ok:10000:5', 'id: 3\n')],
  ['refused', () => endsWith('500', 502)],
  ['reset before the headers', () => endsWith('reset-before-head', 502)],
  ['reset in the middle', () => endsWith('reset-midway', 200)],
  ['hung before the headers', () => endsWith('hang-before-head', 504)],
  ['hung in the middle', () => endsWith('hang-midway', 200)],
  ['an error event', () => endsWith('error-midway', 200)],
];

/** Ends by a failure: of this status, or within the stream. */
async function endsWith(model: string, status: number): Promise<void> {
  const reply = await ask(url, { model });
  assert.equal(reply.status, status, reply.text);
  if (status === 200) assert.ok(readWire(reply.text).terminal !== 'done');
}

async function leave(model: string, begun: string): Promise<void> {
  const reply = open(url, { model });
  await eventually(upstream.stats, ({ models }) => models.includes(model));
  await reply.until(text => text.includes(begun));
  reply.hangUp();
}

async function allPlacesFree(): Promise<void> {
  const statuses = await eventually(
    async () =>
      (await atOnce(PLACES, () => ask(url, { model: 'slow-midway:20' }))).map(({ status }) => status),
    statuses => statuses.every(status => status === 200),
  );
  assert.deepEqual(statuses, [200, 200, 200]);
}

function atOnce<Result>(count: number, run: () => Promise<Result>): Promise<Result[]> {
  return Promise.all(Array.from({ length: count }, run));
}

function checkJson({ status, headers, text }: Reply): ChatCompletion {
  assert.equal(status, 200, text);
  assert.match(String(headers['content-type']), /^application\/json/);
  return JSON.parse(text);
}
