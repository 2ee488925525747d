/** Whatever an upstream does on the wire, the client is told in our words, and the proxy stays up and holds nothing. */

import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { type ErrorCode, errorStatus, type WireError } from '../../server/protocol.ts';
import { ask, type Reply } from '../support/ask.ts';
import { eventually } from '../support/eventually.ts';
import {
  type Runtime,
  runtimes,
  startProxy,
  type TestProxy,
  UPSTREAM_KEY,
  upstreamSettings,
} from '../support/proxy.ts';
import { startUpstream, type Upstream } from '../support/start-upstream.ts';
import { addUp, readWire } from '../support/wire.ts';

/** Each way to fail before the first event, and the status's code. */
const refusals: Record<string, ErrorCode> = {
  400: 'upstream_error',
  401: 'upstream_unauthorized',
  402: 'upstream_unauthorized',
  403: 'upstream_unauthorized',
  404: 'upstream_error',
  429: 'upstream_rate_limited',
  '429-date': 'upstream_rate_limited',
  '429-bare': 'upstream_rate_limited',
  500: 'upstream_error',
  502: 'upstream_error',
  503: 'upstream_error',
  529: 'upstream_error',
  'context-length': 'length_exceeded',
  'html-502': 'upstream_error',
  '200-html': 'upstream_error',
  '200-json-error': 'upstream_error',
  '200-sse-error-first': 'upstream_error',
  'endless-500': 'upstream_error',
  'redirect:301': 'upstream_error',
  'redirect:302': 'upstream_error',
  'redirect:307': 'upstream_error',
  'reset-before-head': 'upstream_error',
  'close-before-head': 'upstream_error',
  'reset-before-first': 'upstream_error',
  'no-events': 'upstream_error',
  'invalid-json': 'upstream_error',
  gzip: 'upstream_error',
  'corrupt-gzip': 'upstream_error',
  'not-http': 'upstream_error',
  'huge-first': 'upstream_error',
  'secret:401': 'upstream_unauthorized',
  'secret:400': 'upstream_error',
  'secret:429': 'upstream_rate_limited',
  'secret:500': 'upstream_error',
  'secret:first': 'upstream_error',
};

/** Each way to fail after `Hello, world`, and the error event's code. */
const breaks: Record<string, ErrorCode> = {
  'error-midway': 'upstream_error',
  'error-event-midway': 'upstream_error',
  'invalid-json-midway': 'upstream_error',
  'reset-midway': 'upstream_error',
  'close-midway': 'upstream_error',
  'half-event-at-end': 'interrupted',
  'no-done-no-finish': 'interrupted',
  'huge-event': 'upstream_error',
  'endless-line': 'upstream_error',
  'endless-event': 'upstream_error',
  'endless-comment': 'upstream_error',
  'secret:midway': 'upstream_error',
};

/** Each oddity of a whole answer. */
const oddities = [
  'crlf',
  'cr',
  'bom',
  'multibyte-cut',
  'comments',
  'fields',
  'two-lines',
  'no-done',
  'done-cut',
  'half-event-after-finish',
  'done-twice',
  'events-after-done',
  'hang-after-done',
];

const silences = ['hang-before-head', 'hang-before-first', 'comments-only', 'hang-midway', 'comments-midway'];
const others = ['ok', 'slow-midway:20', 'empty', 'empty-choices', 'flood'];
const models = [...Object.keys(refusals), ...Object.keys(breaks), ...oddities, ...silences, ...others];

/** What `streamsPerClient` is when nobody sets it. */
const PLACES = 3;

let upstream: Upstream;
let proxy: TestProxy;
/** Connections that tests before have left, for which the next is not to blame. */
let leftOpen = 0;

for (const runtime of runtimes) {
  describe(`${runtime}:`, () => {
    setUp(runtime);

    for (const [model, code] of Object.entries(refusals)) {
      test(`${model} before the first event is a status and ${code}`, async () => {
        const reply = await ask(`${proxy.url}/v1`, { model });
        checkRefusal(reply, code);
        checkSecrecy(reply);
      });
    }

    test('a refusal is the same for a client that does not stream', async () => {
      for (const model of ['401', '429', 'context-length', 'reset-before-first']) {
        const reply = await ask(`${proxy.url}/v1`, { model, stream: false });
        checkRefusal(reply, refusals[model]!);
        checkSecrecy(reply);
      }
    });

    test('the upstream’s Retry-After is kept, in seconds, and there is one where it sent none', async () => {
      const retryAfter = async (model: string) =>
        Number((await ask(`${proxy.url}/v1`, { model })).headers['retry-after']);
      assert.equal(await retryAfter('429'), 7);
      const fromDate = await retryAfter('429-date');
      assert.ok(fromDate >= 1 && fromDate <= 9, `${fromDate} s`);
      assert.ok((await retryAfter('429-bare')) >= 1);
    });

    test('a redirect is never followed, and the key never sent to where it points', async () => {
      await upstream.reset();
      for (const model of ['redirect:301', 'redirect:302', 'redirect:307'])
        await ask(`${proxy.url}/v1`, { model });
      const { requests, followedRedirects } = await upstream.stats();
      assert.deepEqual({ requests, followedRedirects }, { requests: 3, followedRedirects: 0 });
    });

    for (const [model, code] of Object.entries(breaks)) {
      test(`${model} keeps what has arrived and ends with ${code}`, async () => {
        const reply = await ask(`${proxy.url}/v1`, { model });
        checkBreak(reply, code);
        checkSecrecy(reply);
      });
    }

    test('half an answer is an error for a client that does not stream', async () => {
      for (const model of ['error-midway', 'reset-midway', 'no-done-no-finish', 'secret:midway']) {
        const reply = await ask(`${proxy.url}/v1`, { model, stream: false });
        checkRefusal(reply, 'upstream_error');
        checkSecrecy(reply);
      }
    });

    for (const model of oddities) {
      test(`${model} is a whole answer all the same, and nothing comes after its end`, async () => {
        const { status, text, complete } = await ask(`${proxy.url}/v1`, { model });
        assert.equal(status, 200);
        assert.ok(complete);
        const { events, terminal } = readWire(text);
        assert.equal(terminal, 'done');
        assert.equal(addUp(events).content, 'Hello, world! 你好，世界 🌊');
        assert.equal(addUp(events).finishReason, 'stop');
      });
    }

    test('an answer of nothing but its end is that', async () => {
      const { status, text } = await ask(`${proxy.url}/v1`, { model: 'empty' });
      assert.equal(status, 200);
      const { events, terminal } = readWire(text);
      assert.deepEqual({ events, terminal }, { events: [], terminal: 'done' });
    });

    test('an event without choices comes through and ends nothing', async () => {
      const { text } = await ask(`${proxy.url}/v1`, { model: 'empty-choices' });
      const { events, terminal } = readWire(text);
      assert.equal(terminal, 'done');
      assert.deepEqual(JSON.parse(events[0]!).choices, []);
      assert.equal(addUp(events).content, 'Hello, world! 你好，世界 🌊');
    });

    test('20,000 events at once lose none', async () => {
      const { text } = await ask(`${proxy.url}/v1`, { model: 'flood' });
      const { events, terminal } = readWire(text);
      assert.equal(terminal, 'done');
      assert.equal(addUp(events).content, 'flood '.repeat(20_000));
    });

    test('an event without an end is given up long before it fills the memory', async t => {
      for (const model of ['endless-line', 'endless-event', 'endless-comment', 'endless-500']) {
        const before = process.memoryUsage.rss();
        await ask(`${proxy.url}/v1`, { model });
        const grown = process.memoryUsage.rss() - before;
        const { lastAnswerBytes } = await eventually(upstream.stats, stats => stats.answering === 0);
        t.diagnostic(
          `${model}: ${megabytes(lastAnswerBytes)} of 200 MB were sent, memory grew by ${megabytes(grown)}`,
        );
        // What the two kernels hold between them is some megabytes of its own.
        assert.ok(lastAnswerBytes < 40_000_000, `${model}: ${megabytes(lastAnswerBytes)} were sent`);
        assert.ok(grown < 100_000_000, `${model}: memory grew by ${megabytes(grown)}`);
      }
    });
  });

  describe(`${runtime}, when the upstream falls silent:`, () => {
    setUp(runtime, { timeouts: { firstTokenMs: 1_000, idleMs: 1_000 } });

    for (const model of ['hang-before-head', 'hang-before-first', 'comments-only']) {
      test(`${model} is a timeout with its status: comments are no answer`, async () => {
        checkRefusal(await ask(`${proxy.url}/v1`, { model }), 'upstream_timeout');
        checkRefusal(await ask(`${proxy.url}/v1`, { model, stream: false }), 'upstream_timeout');
      });
    }

    for (const model of ['hang-midway', 'comments-midway']) {
      test(`${model} keeps what has arrived and ends with a timeout`, async () => {
        checkBreak(await ask(`${proxy.url}/v1`, { model }), 'upstream_timeout');
        checkRefusal(await ask(`${proxy.url}/v1`, { model, stream: false }), 'upstream_timeout');
      });
    }
  });
}

describe('a verbose log', () => {
  setUp('node', {}, true);

  test('says why an upstream failed, and still has no key', async () => {
    for (const model of ['secret:401', 'secret:500', 'secret:first', 'secret:midway']) {
      await ask(`${proxy.url}/v1`, { model });
    }
    const reasons = await eventually(
      async () => proxy.logs.flatMap(({ reason }) => (reason === undefined ? [] : [String(reason)])),
      reasons => reasons.length === 4,
    );
    for (const reason of reasons) assert.match(reason, /server_error/);
    assert.ok(!JSON.stringify(proxy.logs).includes(UPSTREAM_KEY));
  });
});

/** A proxy and an upstream for the tests of one block, after each of which neither may hold anything for it. */
function setUp(runtime: Runtime, settings: object = {}, verbose = false): void {
  before(async () => {
    upstream = await startUpstream();
    const once = { retries: 0, ...settings };
    proxy = await startProxy(upstreamSettings(upstream.url, models, once), { runtime, verbose });
    leftOpen = 0;
  });
  after(async () => {
    await proxy.close();
    await upstream.close();
  });
  afterEach(checkNothingHeld);
}

function checkRefusal({ status, headers, text, complete }: Reply, code: ErrorCode): void {
  const { error } = JSON.parse(text) as WireError;
  assert.equal(error.code, code);
  assert.equal(status, errorStatus[code as keyof typeof errorStatus]);
  assert.ok(complete);
  assert.match(headers['content-type'] ?? '', /^application\/json/);
  assert.deepEqual(Object.keys(error).sort(), ['code', 'message', 'param', 'type']);
  assert.ok(error.message.length > 0);
  if (status === 429) assert.match(headers['retry-after'] ?? '', /^[1-9]\d*$/);
}

function checkBreak({ status, text, complete }: Reply, code: ErrorCode): void {
  assert.equal(status, 200);
  assert.ok(complete, 'the connection is not cut');
  const { events, terminal } = readWire(text);
  assert.equal(addUp(events).content, 'Hello, world');
  assert.ok(terminal !== null && terminal !== 'done', 'it does not look complete');
  assert.equal(terminal.code, code);
  assert.equal(terminal.retryable, true);
}

/** Nothing that the upstream said, is called or is given may be seen by a client, or in a log that nobody asked for. */
function checkSecrecy({ headers, text }: Reply): void {
  const { host } = new URL(upstream.url);
  const seen = JSON.stringify(headers) + text + JSON.stringify(proxy.logs);
  for (const secret of [UPSTREAM_KEY, 'upstream-says', 'gpu-7.internal', host]) {
    assert.ok(!seen.includes(secret), `${secret} in ${seen.slice(-2000)}`);
  }
}

/** A connection that one side has ended takes its time on a busy machine; one that nobody ends stays. */
const PATIENCE_MS = 20_000;

/** The proxy answers, its client has all its places, and the upstream no more connections than these can have used. */
async function checkNothingHeld(): Promise<void> {
  const model = 'slow-midway:20';
  const replies = await Promise.all(Array.from({ length: PLACES }, () => ask(`${proxy.url}/v1`, { model })));
  for (const { status, text } of replies) {
    assert.equal(status, 200, text);
    assert.equal(readWire(text).terminal, 'done');
  }
  const most = PLACES + leftOpen;
  const held = await eventually(
    upstream.stats,
    ({ answering, open }) => answering === 0 && open <= most,
    PATIENCE_MS,
  );
  leftOpen = Math.max(leftOpen, held.open - PLACES);
  assert.deepEqual(held.models, [], 'answers that go on');
  assert.ok(held.open <= most, `${held.open - most} connections are left open`);
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
