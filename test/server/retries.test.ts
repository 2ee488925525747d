/** What fails before its first token is tried again: of the same model, then of those that stand in for it. Nothing is said twice. */

import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { ErrorCode, WireError } from '../../server/protocol.ts';
import { ask, open, type Reply, stop } from '../support/ask.ts';
import { eventually } from '../support/eventually.ts';
import { type Runtime, runtimes, startProxy, type TestProxy, upstreamSettings } from '../support/proxy.ts';
import { startUpstream, type Upstream } from '../support/start-upstream.ts';
import { addUp, readWire } from '../support/wire.ts';

/** Ways to fail from which another attempt may come out. */
const passing = [
  '429-bare',
  'busy:1',
  '408',
  '500',
  '502',
  '503',
  '529',
  'html-502',
  '200-json-error',
  '200-sse-error-first',
  'invalid-json',
  'reset-before-head',
  'close-before-head',
  'reset-before-first',
  'no-events',
  'not-http',
  'role-then-error',
  'role-then-close',
];
/** Ways to fail that are the request's fault. */
const final: Record<string, ErrorCode> = {
  400: 'upstream_error',
  'context-length': 'length_exceeded',
  flagged: 'upstream_error',
};
/** Ways to fail that are this model's alone. */
const own = ['401', '402', '403', '404', 'quota', 'redirect'];
/** Ways to fail when something has been said. */
const begun: Record<string, ErrorCode> = {
  'error-midway': 'upstream_error',
  'close-midway': 'upstream_error',
  'no-done-no-finish': 'interrupted',
  'thought-then-error': 'upstream_error',
};

const WHOLE = 'Hello, world! 你好，世界 🌊';
const singles = [...passing, ...Object.keys(final), ...own, ...Object.keys(begun)].map(
  name => `first:1:${name}`,
);
const others = ['first:2:500', 'first:3:500', 'first:1:busy:20', 'ok', 'role-then-finish'];
const models = [...singles, ...others, ...passing, ...own, 'hang-before-first', 'role-then-silence'];

let upstream: Upstream;
let proxy: TestProxy;
let url: string;

for (const runtime of runtimes) {
  describe(`${runtime}:`, () => {
    setUp(runtime);

    for (const name of passing) {
      test(`after ${name} the model is asked again, and the answer has nothing twice`, async () => {
        checkWhole(await ask(url, { model: `first:1:${name}` }), `first:1:${name}`);
        assert.equal((await upstream.stats()).requests, 2);
      });
    }

    for (const [name, code] of Object.entries(final)) {
      test(`after ${name} nobody is asked again`, async () => {
        checkRefusal(await ask(url, { model: `first:1:${name}` }), code);
        assert.equal((await upstream.stats()).requests, 1);
      });
    }

    for (const [name, code] of Object.entries(begun)) {
      test(`after ${name} nobody is asked again: the visitor has seen something`, async () => {
        const { text, headers } = await ask(url, { model: `first:1:${name}` });
        const { terminal } = readWire(text);
        assert.equal(terminal !== 'done' && terminal?.code, code);
        assert.equal(headers['rivulet-model'], `first:1:${name}`);
        assert.equal((await upstream.stats()).requests, 1);
      });
    }

    test('a client that does not stream has the answer of the attempt that came out', async () => {
      const { status, headers, text } = await ask(url, { model: 'first:2:500', stream: false });
      assert.deepEqual([status, headers['rivulet-model']], [200, 'first:2:500']);
      assert.equal(JSON.parse(text).choices[0].message.content, WHOLE);
    });

    test('a model is asked three times and no more', async () => {
      checkRefusal(await ask(url, { model: 'first:3:500' }), 'upstream_error');
      assert.equal((await upstream.stats()).requests, 3);
    });

    test('a wait that is too long is the client’s to decide on', async () => {
      const reply = await ask(url, { model: 'first:1:busy:20' });
      checkRefusal(reply, 'upstream_rate_limited');
      assert.equal(reply.headers['retry-after'], '20');
      assert.equal((await upstream.stats()).requests, 1);
    });

    test('an upstream that nothing listens at is an error, and then the other model’s answer', async () => {
      checkRefusal(await ask(url, { model: 'gone' }), 'upstream_error');
      checkWhole(await ask(url, { model: 'gone-too' }), 'ok');
    });

    test('an answer of nothing but its role and its end is that, and not asked for again', async () => {
      const { events, terminal } = readWire((await ask(url, { model: 'role-then-finish' })).text);
      assert.deepEqual([events.length, terminal], [2, 'done']);
      assert.equal((await upstream.stats()).requests, 1);
    });

    test('what was retried stands in the log, its reasons only where they are asked for', async () => {
      await ask(url, { model: 'first:2:500' });
      const line = await eventually(
        async () => proxy.logs.find(({ model }) => model === 'first:2:500'),
        line => line !== undefined,
      );
      assert.equal(line?.attempts, 3);
      assert.equal(line?.failed, undefined);
      assert.equal(line?.error, undefined);
    });

    test('Stop during the pause before an attempt ends it', async () => {
      const pinging = await start(runtime, { timeouts: { pingMs: 50 } });
      const base = `${pinging.url}/v1`;
      const reply = open(base, { model: 'busy:1', headers: { 'Rivulet-Resume': '1' } });
      assert.equal((await stop(base, await reply.id)).status, 204);
      const { terminal } = readWire((await reply.reply).text);
      assert.equal(terminal !== 'done' && terminal?.code, 'stopped');
      await pause(1_100);
      assert.equal((await upstream.stats()).requests, 1);
      await pinging.close();
    });

    test('500 clients that leave during the pause are not asked for again, and hold nothing', async () => {
      const each = Array.from({ length: 500 }, (_, n) => `busy:5:${n}`);
      const settings = { limits: { streamsPerClient: 500 } };
      const many = await startProxy(upstreamSettings(upstream.url, each, settings), { runtime });
      const waiting = new Map(each.map(model => [model, open(`${many.url}/v1`, { model })]));
      const refused = async () => (await upstream.stats()).asked.map(({ model }) => model);
      const leaveRefused = async () => {
        for (const model of await refused()) {
          waiting.get(model)?.hangUp();
          waiting.delete(model);
        }
        return waiting.size;
      };
      await eventually(leaveRefused, left => left === 0, 60_000);
      // It waits for all answers to end. One that has ended asks nobody any more.
      await many.drain();
      assert.deepEqual((await refused()).toSorted(), each.toSorted());
      assert.deepEqual(
        many.logs.map(({ error }) => error),
        Array(500).fill('abandoned'),
      );
    });
  });

  describe(`${runtime}, with another model to stand in:`, () => {
    setUp(runtime, {
      retries: 0,
      timeouts: { firstTokenMs: 2_000 },
      fallbacks: Object.fromEntries(models.filter(model => model !== 'ok').map(model => [model, ['ok']])),
    });

    for (const name of [...passing, ...own]) {
      test(`after ${name} it answers, and says so`, async () => {
        checkWhole(await ask(url, { model: name }), 'ok');
        const { asked } = await upstream.stats();
        assert.deepEqual([asked[0]?.model, asked.at(-1)?.model], [name, 'ok']);
      });
    }

    for (const name of ['hang-before-first', 'role-then-silence']) {
      test(`a model that hangs (${name}) leaves it time`, async () => {
        checkWhole(await ask(url, { model: name }), 'ok');
        const { answering } = await eventually(upstream.stats, ({ answering }) => answering === 0);
        assert.equal(answering, 0, 'and is not waited for');
      });
    }

    for (const [name, code] of Object.entries(final)) {
      test(`after ${name} it is not asked: the request is at fault`, async () => {
        checkRefusal(await ask(url, { model: `first:1:${name}` }), code);
        assert.equal((await upstream.stats()).requests, 1);
      });
    }

    test('the log says who answered in whose place', async () => {
      await ask(url, { model: 'first:1:503' });
      const line = await eventually(
        async () => proxy.logs.findLast(({ model }) => model === 'first:1:503'),
        line => line !== undefined,
      );
      assert.deepEqual([line?.answeredBy, line?.attempts], ['ok', 2]);
    });

    test('a time to first token with a failure in it is no model’s', async () => {
      await ask(url, { model: 'first:1:502' });
      const { data } = (await (await fetch(`${url}/models`)).json()) as {
        data: Array<{ id: string; rivulet: { ttft_ms: number | null } }>;
      };
      const ttft = data.filter(({ rivulet }) => rivulet.ttft_ms !== null).map(({ id }) => id);
      assert.deepEqual(
        ttft.filter(id => id.startsWith('first:1:502')),
        [],
      );
    });
  });
}

test('a kept connection that dies just as it is taken is no attempt: the request goes out again at once', async () => {
  const kept = await startUpstream();
  for (const name of ['close-before-head', 'reset-before-head']) {
    const model = `first:1:${name}`;
    const single = await startProxy(upstreamSettings(kept.url, ['ok', model], { retries: 0 }));
    const base = `${single.url}/v1`;
    await ask(base, { model: 'ok' });
    // It is given back when the end of its answer has been read.
    await pause(20);
    checkWhole(await ask(base, { model }), model);
    await single.close();
  }
  await kept.close();
});

test('a verbose log says why each attempt failed', async () => {
  const loud = await startUpstream();
  const settings = upstreamSettings(loud.url, ['first:1:secret:500', 'ok']);
  const verbose = await startProxy(settings, { verbose: true });
  await ask(`${verbose.url}/v1`, { model: 'first:1:secret:500' });
  const [line] = await eventually(
    async () => verbose.logs,
    logs => logs.length > 0,
  );
  const [failure] = line?.failed as string[];
  assert.match(failure!, /^first:1:secret:500: upstream_error, 500 .*\[redacted\]/s);
  await verbose.close();
  await loud.close();
});

function setUp(runtime: Runtime, settings: Parameters<typeof start>[1] = {}): void {
  before(async () => {
    upstream = await startUpstream();
    proxy = await start(runtime, settings);
    url = `${proxy.url}/v1`;
  });
  beforeEach(() => upstream.reset());
  after(async () => {
    await proxy.close();
    await upstream.close();
  });
}

function start(
  runtime: Runtime,
  settings: { fallbacks?: object; [name: string]: unknown },
): Promise<TestProxy> {
  const { providers } = upstreamSettings(upstream.url, models) as { providers: object };
  // Port 9 discards, where anything listens at it at all.
  const gone = { baseUrl: 'http://127.0.0.1:9/v1', models: ['gone', 'gone-too'] };
  const fallbacks = { 'gone-too': ['ok'], ...settings.fallbacks };
  return startProxy({ providers: { ...providers, gone }, ...settings, fallbacks }, { runtime });
}

function checkWhole({ status, headers, text }: Reply, model: string): void {
  assert.equal(status, 200, text);
  assert.equal(headers['rivulet-model'], model);
  const { events, terminal } = readWire(text);
  assert.equal(terminal, 'done');
  assert.equal(addUp(events).content, WHOLE);
  assert.equal(events.filter(data => data.includes('"role"')).length, 1, 'the role comes once');
}

function checkRefusal({ status, text }: Reply, code: ErrorCode): void {
  assert.notEqual(status, 200);
  assert.equal((JSON.parse(text) as WireError).error.code, code);
}
