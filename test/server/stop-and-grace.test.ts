/** Stop ends an answer at once and everywhere; a client that only went away is waited for, and for so long alone. */

import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { ask, open, type OpenReply, resume, stop } from '../support/ask.ts';
import { eventually } from '../support/eventually.ts';
import { runtimes, startProxy, type TestProxy, upstreamSettings } from '../support/proxy.ts';
import { startUpstream, type Upstream } from '../support/start-upstream.ts';
import { readWire } from '../support/wire.ts';

const resumes = { 'Rivulet-Resume': '1' };
const LONG = 'ok:10000:5';
/** So few events that very many may read them. */
const SLOW = 'ok:1000:50';
const models = [LONG, SLOW, 'ok', 'ok:40:10', 'hang-before-first'];
/** Long beside what a busy machine takes to notice that somebody has left or come. */
const GRACE_SECONDS = 1.5;

let upstream: Upstream;
let proxy: TestProxy;
let url: string;

for (const runtime of runtimes) {
  describe(`${runtime}:`, () => {
    before(async () => {
      upstream = await startUpstream();
      proxy = await start({ resume: { graceSeconds: GRACE_SECONDS, keepSeconds: 60 } });
      url = `${proxy.url}/v1`;
    });
    beforeEach(() => upstream.reset());
    after(async () => {
      await proxy.close();
      await upstream.close();
    });

    function start(settings: object): Promise<TestProxy> {
      return startProxy(upstreamSettings(upstream.url, models, { trustedProxyHops: 1, ...settings }), {
        runtime,
      });
    }

    test('Stop ends the upstream’s work and the stream of every reader, and what has come is kept', async () => {
      const first = await begin(LONG);
      const id = await first.id;
      const second = resume(url, id);
      await second.until(text => text.includes('id: 9\n'));
      assert.deepEqual(statusAndText(await stop(url, id)), [204, '']);
      for (const { text } of [await first.reply, await second.reply]) assert.equal(endOf(text), 'stopped');
      assert.equal((await upstreamIdle()).aborted, 1);
      const kept = readWire((await resume(url, id).reply).text);
      assert.deepEqual(kept, readWire((await first.reply).text));
      assert.ok(kept.events.length >= 9);
    });

    test('a second Stop is as good as the first, also of an answer that has ended by itself', async () => {
      const { id } = await begun(LONG);
      assert.equal((await stop(url, id)).status, 204);
      assert.equal((await stop(url, id)).status, 204);
      const whole = await ask(url, { model: 'ok', headers: resumes });
      const finished = String(whole.headers['rivulet-stream']);
      assert.equal((await stop(url, finished)).status, 204);
      assert.equal((await resume(url, finished).reply).text, whole.text, 'its end stays as it was');
    });

    test('Stop works before the first token, and is said in the stream', async () => {
      const pinging = await start({ timeouts: { pingMs: 50 } });
      const base = `${pinging.url}/v1`;
      const reply = open(base, { model: 'hang-before-first', headers: resumes });
      assert.equal((await stop(base, await reply.id)).status, 204);
      const { text } = await reply.reply;
      assert.deepEqual(readWire(text).events, []);
      assert.equal(endOf(text), 'stopped');
      await upstreamIdle();
      await pinging.close();
    });

    test('a plain client can be stopped as well', async () => {
      const reply = open(url, { model: LONG });
      await reply.until(text => text.includes('id: 3\n'));
      assert.equal((await stop(url, await reply.id)).status, 204);
      assert.equal((await stop(url, await reply.id)).status, 204);
      assert.equal(endOf((await reply.reply).text), 'stopped');
      await upstreamIdle();
    });

    test('an answer is its client’s alone: for others it is one that never was', async () => {
      const mine = { 'X-Forwarded-For': '1.1.1.1' };
      const other = { 'X-Forwarded-For': '2.2.2.2' };
      const { id, reply } = await begun(LONG, mine);
      const unknown = await resume(url, crypto.randomUUID(), 0, mine).reply;
      assert.equal(unknown.status, 404);
      assert.equal(JSON.parse(unknown.text).error.code, 'not_found');
      for (const refused of [
        await resume(url, id, 0, other).reply,
        await stop(url, id, other),
        await stop(url, crypto.randomUUID(), mine),
        await resume(url, 'constructor', 0, mine).reply,
      ]) {
        assert.deepEqual(statusAndText(refused), statusAndText(unknown));
      }
      assert.equal((await upstream.stats()).answering, 1, 'it goes on');
      await stop(url, id, mine);
      assert.equal(endOf((await reply.reply).text), 'stopped');
      assert.deepEqual(statusAndText(await resume(url, id, 0, other).reply), statusAndText(unknown));
    });

    test('a client that comes back in time finds the answer going on, time after time', async () => {
      const { id, reply } = await begun('ok:40:10');
      reply.hangUp();
      let seen = 0;
      for (const next of [6, 12, 17]) {
        await pause(50);
        const again = resume(url, id, seen);
        await again.until(text => text.includes(`id: ${next}\n`));
        again.hangUp();
        seen = next;
      }
      const { text } = await resume(url, id, 17).reply;
      const { events, terminal } = readWire(text, 17);
      assert.deepEqual([terminal, events.length], ['done', 25]);
      const stats = await upstream.stats();
      assert.deepEqual([stats.requests, stats.aborted], [1, 0]);
    });

    test('a client that does not come back ends the upstream’s work, but not before its time', async () => {
      const { id, reply } = await begun(LONG);
      const leftAt = Date.now();
      reply.hangUp();
      const { lastAbortAt } = await eventually(upstream.stats, ({ aborted }) => aborted === 1);
      assert.ok(lastAbortAt - leftAt >= GRACE_SECONDS * 1_000 - 50, `after ${lastAbortAt - leftAt} ms`);
      const { text } = await resume(url, id).reply;
      assert.equal(endOf(text), 'abandoned');
    });

    test('without Rivulet-Resume a client that goes away ends its answer at once, and nothing is kept', async () => {
      const reply = open(url, { model: LONG });
      await reply.until(text => text.includes('id: 3\n'));
      const leftAt = Date.now();
      reply.hangUp();
      const { lastAbortAt } = await eventually(upstream.stats, ({ aborted }) => aborted === 1);
      assert.ok(lastAbortAt - leftAt < GRACE_SECONDS * 1_000, `after ${lastAbortAt - leftAt} ms`);
      const id = await reply.id;
      const { status } = await eventually(
        () => resume(url, id).reply,
        ({ status }) => status === 404,
      );
      assert.equal(status, 404);
    });

    test('one reader of two that goes away ends nothing, also of a plain client’s answer', async () => {
      const plain = open(url, { model: 'ok:40:10' });
      await plain.until(text => text.includes('id: 3\n'));
      const second = resume(url, await plain.id);
      await second.until(text => text.includes('id: 4\n'));
      plain.hangUp();
      assert.equal(endOf((await second.reply).text), 'done');
    });

    test('an answer in its grace holds its place, which is its client’s next question’s when there is no other', async () => {
      const limited = await start({ limits: { streamsPerClient: 2 } });
      const base = `${limited.url}/v1`;
      const read = open(base, { model: LONG, headers: resumes });
      const left = open(base, { model: LONG, headers: resumes });
      await Promise.all([read, left].map(reply => reply.until(text => text.includes('id: 2\n'))));
      assert.equal((await ask(base, { model: 'ok' })).status, 429);
      left.hangUp();
      const next = await eventually(
        () => ask(base, { model: 'ok', headers: resumes }),
        ({ status }) => status === 200,
      );
      assert.equal(endOf(next.text), 'done');
      assert.equal(endOf((await resume(base, await left.id).reply).text), 'abandoned');
      assert.equal((await upstreamIdle(1)).aborted, 1);
      await stop(base, await read.id);
      await limited.close();
    });

    test('a client may read an answer on very many connections but not on any number; Stop is for all of them', async () => {
      const { id, reply } = await begun(SLOW);
      const readers: OpenReply[] = [];
      for (let refused = 0; refused === 0; ) {
        assert.ok(readers.length < 300, 'there is a bound');
        const more = Array.from({ length: 50 }, () => resume(url, id));
        readers.push(...more);
        const statuses = await Promise.all(more.map(reader => reader.status));
        refused = statuses.filter(status => status === 429).length;
      }
      assert.ok(readers.length > 100, `after ${readers.length}`);
      const { text, headers } = await resume(url, id).reply;
      const { code, message } = JSON.parse(text).error;
      assert.deepEqual([code, Number(headers['retry-after']) > 0], ['too_many_streams', true]);
      assert.match(message, /^At most 203 connections/);
      const other = await ask(url, { model: 'ok', headers: { 'X-Forwarded-For': '2.2.2.2' } });
      assert.equal(other.status, 200, 'each client has a bound of its own');
      assert.equal((await stop(url, id)).status, 204);
      for (const { text } of await Promise.all([reply, ...readers].map(({ reply }) => reply))) {
        if (!text.startsWith('{')) assert.equal(endOf(text), 'stopped');
      }
      assert.equal((await resume(url, id).reply).status, 200, 'and those that have ended count no more');
    });

    test('a grace of 0 turns resuming off', async () => {
      const off = await start({ resume: { graceSeconds: 0 } });
      const base = `${off.url}/v1`;
      const reply = open(base, { model: LONG, headers: resumes });
      await reply.until(text => text.includes('id: 3\n'));
      reply.hangUp();
      await upstreamIdle();
      const whole = await ask(base, { model: 'ok', headers: resumes });
      assert.equal((await resume(base, String(whole.headers['rivulet-stream'])).reply).status, 404);
      await off.close();
    });

    test('a finished answer is kept for its time, and then forgotten', async () => {
      const brief = await start({ resume: { keepSeconds: 1 } });
      const base = `${brief.url}/v1`;
      const { headers } = await ask(base, { model: 'ok', headers: resumes });
      const id = String(headers['rivulet-stream']);
      assert.equal((await resume(base, id).reply).status, 200);
      const { status } = await eventually(
        () => resume(base, id).reply,
        ({ status }) => status === 404,
      );
      assert.equal(status, 404);
      await brief.close();
    });
  });
}

/** An answer of which the first events have come. */
async function begin(model: string, headers: Record<string, string> = {}): Promise<OpenReply> {
  const reply = open(url, { model, headers: { ...resumes, ...headers } });
  await reply.until(text => text.includes('id: 3\n'));
  return reply;
}

async function begun(model: string, headers: Record<string, string> = {}) {
  const reply = await begin(model, headers);
  return { reply, id: await reply.id };
}

function upstreamIdle(answering = 0) {
  return eventually(upstream.stats, stats => stats.answering === answering);
}

function endOf(text: string): string | undefined {
  const { terminal } = readWire(text);
  return terminal === null ? undefined : terminal === 'done' ? 'done' : terminal.code;
}

function statusAndText({ status, text }: { status: number; text: string }): [number, string] {
  return [status, text];
}
