/** A connection that breaks, wherever it does, costs no token and none twice, and the upstream is asked once. */

import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { ask, open, resume } from '../support/ask.ts';
import {
  afterEvent,
  beforeFirstEvent,
  beforeHeaders,
  type Cut,
  type CuttingProxy,
  insideCharacter,
  insideEvent,
  onWires,
  startCuttingProxy,
} from '../support/cutting-proxy.ts';
import { eventually } from '../support/eventually.ts';
import { runtimes, startProxy, type TestProxy, upstreamSettings } from '../support/proxy.ts';
import { askResuming } from '../support/resuming-client.ts';
import { startUpstream, type Upstream } from '../support/start-upstream.ts';
import { readWire } from '../support/wire.ts';

/** With the two that say why it ended and how many tokens it had. */
const EVENTS = 200;
const AT_ONCE = `wide:${EVENTS - 2}`;
const ONE_BY_ONE = `wide:${EVENTS - 2}:2`;
const resumes = { 'Rivulet-Resume': '1' };

let upstream: Upstream;
let proxy: TestProxy;
let url: string;
let wire: CuttingProxy;

for (const runtime of runtimes) {
  describe(`${runtime}:`, () => {
    before(async () => {
      upstream = await startUpstream();
      const settings = { limits: { streamsPerClient: 100 } };
      const models = [AT_ONCE, ONE_BY_ONE, 'ok', 'hang-midway', 'slow-first:300'];
      proxy = await startProxy(upstreamSettings(upstream.url, models, settings), { runtime });
      url = `${proxy.url}/v1`;
      wire = await startCuttingProxy(proxy.url);
    });
    beforeEach(() => upstream.reset());
    after(async () => {
      await wire.close();
      await proxy.close();
      await upstream.close();
    });

    const places: Array<[where: string, cuts: (n: number) => Cut[], last?: number]> = [
      ['after each event', n => [afterEvent(n)]],
      ['after each event, and again before the next one', n => [afterEvent(n), beforeFirstEvent]],
      ['after each event, and again after the next one', n => [afterEvent(n), afterEvent(n + 1)]],
      ['in the middle of each event', n => [insideEvent(n)]],
      ['in the middle of a character of each event', n => [insideCharacter(n)], EVENTS - 2],
    ];
    // How a response is written tells apart the runtimes, and each of these cuts is alike for both.
    for (const [where, cuts, last] of runtime === 'node' ? places : places.slice(0, 1)) {
      test(`an answer cut ${where} is whole, and was asked for once`, () =>
        cutEverywhere(AT_ONCE, cuts, last));
    }

    test('an answer cut after each event while it is still coming is whole as well', () =>
      cutEverywhere(ONE_BY_ONE, n => [afterEvent(n), n % 3 === 0 ? beforeFirstEvent : afterEvent(n + 2)]));

    for (const [where, cut, model] of [
      ['before its headers', beforeHeaders, 'slow-first:300'],
      ['before its first event', beforeFirstEvent, AT_ONCE],
      ['between its last event and its end', afterEvent(EVENTS), AT_ONCE],
    ] as const) {
      test(`an answer cut ${where} is whole, and was asked for once`, async () => {
        const uncut = await askResuming({ urls: [url], model });
        await upstream.reset();
        wire.cutNext(cut, cut);
        const answer = await askResuming({ urls: [`${wire.url}/v1`], model });
        assert.deepEqual([answer.end, answer.events], ['done', uncut.events]);
        assert.ok(answer.connections >= 2, `${answer.connections} connections`);
        assert.equal((await upstream.stats()).requests, 1);
      });
    }

    test('a hundred readers of one answer all have it whole', async () => {
      const first = open(url, { model: ONE_BY_ONE, headers: resumes });
      const id = await first.id;
      const readers = Array.from({ length: 100 }, (_, n) => resume(url, id, n % 3 === 0 ? 0 : 1).reply);
      const { events } = readWire((await first.reply).text);
      assert.equal(events.length, EVENTS);
      for (const [n, reply] of (await Promise.all(readers)).entries()) {
        const from = n % 3 === 0 ? 0 : 1;
        const read = readWire(reply.text, from);
        assert.deepEqual([read.terminal, read.events], ['done', events.slice(from)]);
      }
      assert.equal((await upstream.stats()).requests, 1);
    });

    test('a resumed stream has the headers of a stream, and its id', async () => {
      const first = await ask(url, { model: 'ok', headers: resumes });
      const id = String(first.headers['rivulet-stream']);
      const { headers, status, text } = await resume(url, id).reply;
      assert.equal(status, 200);
      assert.equal(text, first.text);
      for (const name of ['content-type', 'cache-control', 'x-accel-buffering', 'rivulet-stream']) {
        assert.equal(headers[name], first.headers[name], name);
      }
      const rest = await resume(url, id, 7).reply;
      assert.equal(readWire(rest.text, 7).events.length, 3);
      assert.deepEqual(readWire((await resume(url, id, 10).reply).text, 10).events, []);
    });

    for (const number of ['11', '-1', '1.5', 'x', '1e1', '0x1', '99999999999999999999']) {
      test(`${number} is no event of an answer of ten`, async () => {
        const id = await idOf('ok');
        const { status, text } = await resume(url, id, number).reply;
        assert.equal(status, 400);
        const { code, param } = JSON.parse(text).error;
        assert.deepEqual([code, param], ['invalid_request', 'Last-Event-ID']);
      });
    }

    test('a reader that takes nothing holds back nobody, is let go, and has the whole answer when it resumes', async () => {
      const quick = { timeouts: { pingMs: 100 } };
      const pinging = await startProxy(upstreamSettings(upstream.url, ['flood:100000'], quick), { runtime });
      const base = `${pinging.url}/v1`;
      const stalled = new AbortController();
      const response = await fetch(`${base}/chat/completions`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...resumes },
        body: JSON.stringify({ stream: true, messages: [{ role: 'user', content: 'Hello?' }] }),
        signal: stalled.signal,
      });
      const id = response.headers.get('rivulet-stream')!;
      const whole = readWire((await resume(base, id).reply).text);
      assert.deepEqual([whole.terminal, whole.events.length], ['done', 100_001]);
      // What lies in the sockets can still be read; after it, the connection has ended before the answer did.
      await eventually(
        async () => pinging.logs.filter(({ stream }) => stream === id),
        lines => lines.some(({ method }) => method === 'POST'),
      );
      await assert.rejects(response.text());
      stalled.abort();
      const again = readWire((await resume(base, id).reply).text);
      assert.deepEqual(again.events, whole.events);
      await pinging.close();
    });
  });
}

/** Asks for the answer once uncut, and then once for each number of its events up to the last to cut, cut there. */
async function cutEverywhere(model: string, cuts: (n: number) => Cut[], last = EVENTS): Promise<void> {
  const uncut = await askResuming({ urls: [url], model });
  assert.deepEqual([uncut.end, uncut.events.length], ['done', EVENTS]);
  const numbers = Array.from({ length: last }, (_, index) => index + 1);
  await onWires(proxy.url, numbers, async (wire, n) => {
    wire.cutNext(...cuts(n));
    const answer = await askResuming({ urls: [`${wire.url}/v1`], model });
    assert.deepEqual([answer.end, answer.events], ['done', uncut.events], `cut at ${n}`);
    assert.ok(answer.connections > 1, `cut at ${n}`);
  });
  assert.equal((await upstream.stats()).requests, 1 + last);
}

/** The stream of an answer that has come to its end. */
async function idOf(model: string): Promise<string> {
  return String((await ask(url, { model, headers: resumes })).headers['rivulet-stream']);
}
