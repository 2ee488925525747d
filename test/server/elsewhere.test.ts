/** The same proxy on workerd, Bun and Deno: what the README says that each of them can do. */

import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { createFetchHandler } from '../../server/fetch-handler.ts';
import type { SessionToken, WireError } from '../../server/protocol.ts';
import { ask, open, type Reply, resume, stop } from '../support/ask.ts';
import { elsewhere, type ElsewhereProxy } from '../support/elsewhere.ts';
import { eventually } from '../support/eventually.ts';
import { upstreamSettings } from '../support/proxy.ts';
import { seededRandom } from '../support/random.ts';
import { askResuming } from '../support/resuming-client.ts';
import { startUpstream, type Upstream } from '../support/start-upstream.ts';
import { addUp, readWire } from '../support/wire.ts';

const LONG = 'ok:10000:5';
const CUT = 'wide:198:2';
const models = ['ok', LONG, CUT, 'hang-midway', 'hang-before-head', '500', 'error-midway', 'reset-midway'];
const resumes = { 'Rivulet-Resume': '1' };
const secret = 'a secret that only this test knows';
const ORIGIN = 'https://shop.example';
const PLACES = 12;
/** Once in this time something is written to a silent stream. */
const PING_MS = 400;

for (const runtime of elsewhere) {
  describe(`${runtime.name}:`, { skip: runtime.missing ?? false }, () => {
    let upstream: Upstream;
    let proxy: ElsewhereProxy;
    let url: string;

    before(async () => {
      upstream = await startUpstream();
      const settings = {
        retries: 0,
        allowedOrigins: [ORIGIN],
        limits: { streamsPerClient: PLACES, requestsPerMinute: 0 },
        timeouts: { pingMs: PING_MS },
        session: { secret },
      };
      proxy = await runtime.start(upstreamSettings(upstream.url, models, settings));
      url = `${proxy.url}/v1`;
    });
    beforeEach(() => upstream.reset());
    after(async () => {
      await proxy?.close();
      await upstream.close();
    });

    /** What the upstream has seen by the time that it has nothing to do. */
    const upstreamIdle = () => eventually(upstream.stats, ({ answering }) => answering === 0);

    test('a stream is the upstream’s events, numbered, with the headers that keep it unbuffered', async () => {
      const bare = await ask(upstream.url, { model: 'ok' });
      const events = bare.text.split('\n\n').slice(0, -2);
      const numbered = events.map((event, index) => `id: ${index + 1}\n${event}\n\n`).join('');
      const { text, headers, complete } = await ask(url, { model: 'ok' });
      assert.equal(text.replace(/^: \{.*\n\n/m, ''), `${numbered}data: [DONE]\n\n`);
      assert.ok(complete);
      assert.equal(headers['content-type'], 'text/event-stream; charset=utf-8');
      assert.equal(headers['cache-control'], 'no-store, no-transform');
      assert.equal(headers['x-accel-buffering'], 'no');
      assert.equal(headers['content-encoding'], undefined);
    });

    test('each event leaves as it comes', async () => {
      const reply = open(url, { model: 'hang-midway' });
      await reply.until(text => text.includes('world'));
      reply.hangUp();
      await upstreamIdle();
    });

    test('an answer is also one JSON object', async () => {
      const { status, text } = await ask(url, { model: 'ok', stream: false });
      assert.equal(status, 200);
      assert.equal(JSON.parse(text).choices[0].message.content, 'Hello, world! 你好，世界 🌊');
    });

    test('errors have their status before the stream and their event in it', async () => {
      assert.deepEqual(refusal(await ask(url, { model: '500' })), [502, 'upstream_error']);
      assert.deepEqual(refusal(await ask(url, { model: 'none' })), [400, 'model_not_allowed']);
      for (const [model, code] of [
        ['error-midway', 'upstream_error'],
        ['reset-midway', 'upstream_error'],
      ]) {
        const { text } = await ask(url, { model: model! });
        const { terminal } = readWire(text);
        assert.ok(terminal !== null && terminal !== 'done', `${model} ended as if it were whole: ${text}`);
        assert.equal(terminal.code, code);
      }
    });

    test('pages of other origins are refused, and those of the allowed one may read the answer', async () => {
      const foreign = await ask(url, { model: 'ok', headers: { Origin: 'https://else.example' } });
      assert.deepEqual(refusal(foreign), [403, 'origin_not_allowed']);
      const allowed = await ask(url, { model: 'ok', headers: { Origin: ORIGIN } });
      assert.equal(allowed.status, 200);
      assert.equal(allowed.headers['access-control-allow-origin'], ORIGIN);
    });

    test('a client that goes away in mid-stream ends the upstream’s work', async () => {
      const reply = open(url, { model: LONG });
      await reply.until(text => text.includes('id: 20\n'));
      reply.hangUp();
      assert.equal((await upstreamIdle()).aborted, 1);
    });

    test(`one that goes away before the first token does, ${runtime.seesEarlyLeaving ? 'at once' : 'when a ping finds it gone'}`, async () => {
      const reply = open(url, { model: 'hang-before-head' });
      await eventually(upstream.stats, ({ answering }) => answering === 1);
      reply.hangUp();
      assert.equal((await upstreamIdle()).aborted, 1);
    });

    test('more answers than a client may have are refused, until it has a place again', async () => {
      const running = Array.from({ length: PLACES }, () => open(url, { model: LONG }));
      await Promise.all(running.map(reply => reply.until(text => text.includes('id: 1\n'))));
      const refused = await ask(url, { model: 'ok' });
      assert.deepEqual(refusal(refused), [429, 'too_many_streams']);
      assert.match(refused.headers['retry-after'] ?? '', /^[1-9]\d*$/);
      for (const reply of running) reply.hangUp();
      await upstreamIdle();
      assert.equal((await ask(url, { model: 'ok' })).status, 200);
    });

    test('answers that are cut anywhere are resumed by other requests, whole, and asked for once', async () => {
      const random = seededRandom(7);
      const answers = await Promise.all(
        Array.from({ length: 10 }, () =>
          askResuming({
            urls: [url],
            model: CUT,
            cut: n => (n < 4 ? AbortSignal.timeout(Math.round(30 + random() * 200)) : undefined),
          }),
        ),
      );
      const [first] = answers;
      for (const { events, end } of answers) {
        assert.equal(end, 'done');
        assert.deepEqual(addUp(events), addUp(first!.events));
        assert.equal(events.length, 200);
      }
      assert.ok(answers.some(({ connections }) => connections > 1));
      assert.equal((await upstream.stats()).requests, answers.length);
    });

    test('Stop ends the upstream’s work and the stream of every reader', async () => {
      const first = open(url, { model: LONG, headers: resumes });
      await first.until(text => text.includes('id: 9\n'));
      const id = await first.id;
      const second = resume(url, id);
      await second.until(text => text.includes('id: 9\n'));
      assert.equal((await stop(url, id)).status, 204);
      for (const { text } of [await first.reply, await second.reply]) {
        const { terminal } = readWire(text);
        assert.equal(terminal !== null && terminal !== 'done' && terminal.code, 'stopped');
      }
      assert.equal((await upstreamIdle()).aborted, 1);
    });

    test('a visitor gets a session, and finds the answer by it; another one does not', async () => {
      const mine = await session(url);
      const { headers } = await ask(url, { model: 'ok', headers: { ...mine, ...resumes } });
      const id = String(headers['rivulet-stream']);
      assert.equal((await resume(url, id, 0, mine).reply).status, 200);
      assert.equal((await resume(url, id, 0, await session(url)).reply).status, 404);
    });
  });
}

describe('a fetch handler', () => {
  const settings = { providers: { demo: {} } };
  const question = () =>
    new Request('http://chat.example/v1/chat/completions', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ stream: true, max_tokens: 3, messages: [{ role: 'user', content: 'Hello' }] }),
    });
  const log = { debug() {}, info() {}, warn() {}, error() {} };

  test('refuses settings that need Node, by their names', () => {
    const make = (more: object) => () => createFetchHandler({ ...settings, ...more });
    assert.throws(make({ redisUrl: 'redis://127.0.0.1' }), { message: /^redisUrl: / });
    assert.throws(make({ audit: { file: 'audit.log' } }), { message: /^audit: / });
    assert.throws(make({ retries: -1 }), { message: /^settings: retries: / });
  });

  test('drains: running answers finish, new ones are refused', async () => {
    const chat = createFetchHandler(settings, { log });
    const running = await chat.fetch(question(), '192.0.2.1');
    const drained = chat.drain();
    assert.equal((await chat.fetch(question(), '192.0.2.1')).status, 503);
    assert.equal(readWire(await running.text()).terminal, 'done');
    await drained;
  });
});

function refusal({ status, text }: Reply): [status: number, code: string] {
  return [status, (JSON.parse(text) as WireError).error.code];
}

async function session(url: string): Promise<Record<string, string>> {
  const response = await fetch(`${url}/session`, { method: 'POST', headers: { Origin: ORIGIN } });
  const { token } = (await response.json()) as SessionToken;
  return { Origin: ORIGIN, Authorization: `Bearer ${token}` };
}
