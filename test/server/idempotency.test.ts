/** A question sent again under its key gets the answer that is there, and is paid for once. */

import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { ask, open, stop } from '../support/ask.ts';
import { eventually } from '../support/eventually.ts';
import { runtimes, startProxy, type TestProxy, upstreamSettings } from '../support/proxy.ts';
import { startUpstream, type Upstream } from '../support/start-upstream.ts';
import { readWire } from '../support/wire.ts';

const LONG = 'ok:10000:5';
const models = [LONG, 'ok', 'ok:40:10', 'hang-before-first', '500', 'slow-first:300'];

let upstream: Upstream;
let proxy: TestProxy;
let url: string;

for (const runtime of runtimes) {
  describe(`${runtime}:`, () => {
    before(async () => {
      upstream = await startUpstream();
      const settings = { trustedProxyHops: 1, resume: { graceSeconds: 0.5 }, retries: 0 };
      proxy = await startProxy(upstreamSettings(upstream.url, models, settings), { runtime });
      url = `${proxy.url}/v1`;
    });
    beforeEach(() => upstream.reset());
    after(async () => {
      await proxy.close();
      await upstream.close();
    });

    test('the same question at the same time, again in the middle and after the end is one answer', async () => {
      const headers = keyed();
      const question = { model: 'ok:40:10', headers };
      const first = open(url, question);
      const second = open(url, question);
      await first.until(text => text.includes('id: 20\n'));
      const third = await ask(url, question);
      const fourth = await ask(url, question);
      const replies = [await first.reply, await second.reply, third, fourth];
      for (const { text, headers } of replies) {
        assert.equal(text, third.text);
        assert.equal(headers['rivulet-stream'], third.headers['rivulet-stream']);
      }
      assert.equal(readWire(third.text).terminal, 'done');
      assert.equal((await upstream.stats()).requests, 1);
    });

    test('a client that went away before the first token finds its answer by the key', async () => {
      const question = { model: 'slow-first:300', headers: keyed() };
      const first = open(url, question);
      await eventually(upstream.stats, ({ answering }) => answering === 1);
      first.hangUp();
      const { text } = await ask(url, question);
      assert.equal(readWire(text).events.length, 10);
      assert.equal((await upstream.stats()).requests, 1);
    });

    test('an answer that is not streamed has its key as well', async () => {
      const question = { model: 'ok', stream: false, headers: { 'Idempotency-Key': crypto.randomUUID() } };
      const [first, second] = await Promise.all([ask(url, question), ask(url, question)]);
      const third = await ask(url, question);
      assert.equal(first.status, 200);
      for (const { text } of [second, third]) assert.equal(text, first.text);
      assert.equal((await upstream.stats()).requests, 1);
    });

    test('the key of another question is refused, and named', async () => {
      const headers = keyed();
      await ask(url, { model: 'ok', headers });
      for (const other of [
        { model: 'ok:40:10' },
        { model: 'ok', body: { temperature: 1 } },
        { model: 'ok', stream: false },
      ]) {
        const { status, text } = await ask(url, { ...other, headers });
        assert.equal(status, 400);
        const { code, param, message } = JSON.parse(text).error;
        assert.deepEqual([code, param], ['invalid_request', 'Idempotency-Key']);
        assert.match(message, /used for another request/);
      }
      const long = await ask(url, { model: 'ok', headers: keyed('x'.repeat(256)) });
      assert.equal(JSON.parse(long.text).error.param, 'Idempotency-Key');
      assert.equal((await upstream.stats()).requests, 1);
    });

    test('a key is its client’s: another one may have the same', async () => {
      const headers = keyed();
      const replies = [];
      for (const address of ['1.1.1.1', '2.2.2.2']) {
        replies.push(await ask(url, { model: 'ok', headers: { ...headers, 'X-Forwarded-For': address } }));
      }
      assert.notEqual(replies[0]!.headers['rivulet-stream'], replies[1]!.headers['rivulet-stream']);
      assert.equal((await upstream.stats()).requests, 2);
    });

    test('what failed before its first token, or was abandoned, is asked anew', async () => {
      const failing = { model: '500', headers: keyed() };
      assert.equal((await ask(url, failing)).status, 502);
      assert.equal((await ask(url, failing)).status, 502);
      assert.equal((await upstream.stats()).requests, 2);

      const left = { model: LONG, headers: keyed() };
      const reply = open(url, left);
      await reply.until(text => text.includes('id: 3\n'));
      const id = await reply.id;
      reply.hangUp();
      await eventually(upstream.stats, ({ aborted }) => aborted === 1);
      const again = open(url, left);
      assert.notEqual(await again.id, id);
      await stop(url, await again.id);
    });

    test('what was stopped stays stopped', async () => {
      const question = { model: LONG, headers: keyed() };
      const reply = open(url, question);
      await reply.until(text => text.includes('id: 3\n'));
      await stop(url, await reply.id);
      const again = await ask(url, question);
      assert.equal(again.text, (await reply.reply).text);
      assert.equal((await upstream.stats()).requests, 1);
    });

    test('a refused question holds no key', async () => {
      const places = await Promise.all(
        Array.from({ length: 3 }, async () => {
          const reply = open(url, { model: LONG });
          await reply.until(text => text.includes('id: 1\n'));
          return reply;
        }),
      );
      const question = { model: 'ok', headers: keyed() };
      assert.equal((await ask(url, question)).status, 429);
      places[0]!.hangUp();
      const { status } = await eventually(
        () => ask(url, question),
        ({ status }) => status === 200,
      );
      assert.equal(status, 200);
      for (const place of places) place.hangUp();
      await eventually(upstream.stats, ({ answering }) => answering === 0);
    });
  });
}

function keyed(key: string = crypto.randomUUID()): Record<string, string> {
  return { 'Rivulet-Resume': '1', 'Idempotency-Key': key };
}
