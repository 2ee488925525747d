/** Many clients at once that go away, stop reading, or lose their upstream: nothing of them stays, and nobody is deceived. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { after, before, beforeEach, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { keys } from '../../server/redis/redis.ts';
import { ask, open, resume } from '../support/ask.ts';
import { eventually } from '../support/eventually.ts';
import { runtimes, startProxy, type TestProxy, upstreamSettings } from '../support/proxy.ts';
import { type ProxyProcess, startProxyProcess } from '../support/proxy-process.ts';
import { startUpstream, type Upstream } from '../support/start-upstream.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { readWire } from '../support/wire.ts';

const CLIENTS = 500;
/** As long as an upstream likes to, and very many events that are an answer all the same. */
const [ENDLESS, LONG] = ['flood:10000000', 'flood:200000'];
const models = ['hang-before-head', 'hang-before-first', 'slow-midway:60000', ENDLESS, LONG, 'ok'];
const limits = { streamsPerClient: 2 * CLIENTS };

const noProc =
  process.platform !== 'linux' && 'only Linux tells what a process holds without another program';

let upstream: Upstream;

for (const runtime of runtimes) {
  describe(`${runtime}: ${CLIENTS} clients that vanish at once`, () => {
    let proxy: TestProxy;
    before(async () => {
      upstream = await startUpstream();
      proxy = await startProxy(upstreamSettings(upstream.url, models, { limits }), { runtime });
    });
    beforeEach(() => upstream.reset());
    after(async () => {
      await proxy.close();
      await upstream.close();
    });

    for (const [when, model, begun] of [
      ['before the upstream’s headers', 'hang-before-head', ''],
      ['before the first event', 'hang-before-first', ''],
      ['in the middle', 'slow-midway:60000', 'id: 2\n'],
    ] as const) {
      test(`${when} end the upstream’s work, each its own`, async t => {
        const replies = Array.from({ length: CLIENTS }, () => open(`${proxy.url}/v1`, { model }));
        await Promise.all(replies.map(reply => reply.until(text => text.includes(begun))));
        const asked = await eventually(upstream.stats, ({ answering }) => answering === CLIENTS, 20_000);
        assert.equal(asked.answering, CLIENTS);
        const leftAt = Date.now();
        for (const reply of replies) reply.hangUp();
        const seen = await eventually(upstream.stats, ({ aborted }) => aborted === CLIENTS, 20_000);
        t.diagnostic(`the upstream had noticed all after ${seen.lastAbortAt - leftAt} ms`);
        assert.deepEqual([seen.aborted, seen.answering], [CLIENTS, 0]);
        // What fetch leaves behind is its own: it connects anew for each request that it gives up.
        if (runtime !== 'node') return;
        const held = await eventually(upstream.stats, stats => stats.open + stats.unused === 0);
        assert.deepEqual([held.open, held.unused], [0, 0], 'connections that are left');
      });
    }
  });
}

describe('a process', () => {
  let proxy: ProxyProcess;
  before(async () => {
    upstream = await startUpstream();
    proxy = await startProxyProcess(upstreamSettings(upstream.url, models, { limits }));
  });
  after(async () => {
    await proxy.close();
    await upstream.close();
  });

  test('lets the upstream wait for clients that stop reading, and go on when they read', {
    skip: noProc,
  }, async t => {
    const before = rssBytes(proxy.pid);
    const readers = await Promise.all(Array.from({ length: 10 }, () => stoppedReader(proxy.url, ENDLESS)));
    const grown = await settled(() => rssBytes(proxy.pid) - before);
    t.diagnostic(`the process held ${(grown / 1e6).toFixed(0)} MB more than before`);
    assert.ok(grown < 60_000_000, `it grew by ${grown} bytes`);
    assert.deepEqual(await answers(), { answering: 10, aborted: 0 });
    const [first, ...others] = readers;
    let end = '';
    first!.on('data', bytes => (end = (end + bytes).slice(-1_000))).resume();
    await eventually(answers, ({ answering }) => answering === 9, 30_000);
    await eventually(
      async () => end,
      text => text.includes('length_exceeded'),
    );
    assert.match(end, /event: error\n.*length_exceeded/, 'this answer has no end');
    for (const socket of [first!, ...others]) socket.destroy();
    await eventually(answers, ({ answering }) => answering === 0);
  });

  test('lets it wait for those that may resume too, until they go or come back beside a connection that is stuck', {
    skip: noProc,
  }, async () => {
    await upstream.reset();
    const resumes = 'Rivulet-Resume: 1\r\n';
    const gone = await stoppedReader(proxy.url, LONG, resumes);
    const stuck = await stoppedReader(proxy.url, LONG, resumes);
    await settled(() => rssBytes(proxy.pid));
    assert.deepEqual(await answers(), { answering: 2, aborted: 0 });
    gone.destroy();
    await eventually(answers, ({ answering }) => answering === 1, 30_000);
    const head = String(stuck.read());
    const id = /^rivulet-stream: (\S+)/im.exec(head)![1]!;
    const { text } = await resume(`${proxy.url}/v1`, id).reply;
    const { events, terminal } = readWire(text);
    assert.deepEqual([terminal, events.length], ['done', 200_001], 'nothing is lost');
    stuck.destroy();
  });

  test('tells every client that its upstream has died, and lives', async () => {
    const model = 'slow-midway:60000';
    const replies = Array.from({ length: CLIENTS }, () => open(`${proxy.url}/v1`, { model }));
    await Promise.all(replies.map(reply => reply.until(text => text.includes('id: 2\n'))));
    await upstream.close();
    const ends: Record<string, number> = {};
    for (const { reply } of replies) {
      const { text, complete } = await reply;
      const { terminal } = readWire(text);
      const end = terminal === null || terminal === 'done' ? String(terminal) : terminal.code;
      ends[complete ? end : 'cut'] = (ends[complete ? end : 'cut'] ?? 0) + 1;
    }
    assert.deepEqual(ends, { upstream_error: CLIENTS });
    upstream = await startUpstream();
    assert.equal((await fetch(`${proxy.url}/healthz`)).status, 200);
    assert.equal((await ask(`${proxy.url}/v1`, { model: 'ok' })).status, 502, 'the old upstream is no more');
  });
});

describe('two processes with a Redis', { skip: noProc }, () => {
  const resumes = 'Rivulet-Resume: 1\r\n';
  let redis: TestRedis;
  let processes: ProxyProcess[];
  before(async () => {
    [upstream, redis] = await Promise.all([startUpstream(), startRedis()]);
    const settings = upstreamSettings(upstream.url, models, { redisUrl: redis.url });
    processes = await Promise.all([startProxyProcess(settings), startProxyProcess(settings)]);
  });
  beforeEach(() => upstream.reset());
  after(async () => {
    await Promise.all(processes.map(process => process.close()));
    await Promise.all([upstream.close(), redis.close()]);
  });

  /** Its latest event, when nothing comes any more. */
  const lastOf = (id: string) =>
    settled(async () => Number(await redis.command(['HGET', keys.answer(id), 'last'])));

  /** An answer of `here` that is read by one client of `there` alone, which has stopped. */
  async function readElsewhere(
    here: ProxyProcess,
    there: ProxyProcess,
  ): Promise<{ id: string; reader: Socket }> {
    const asker = await stoppedReader(here.url, LONG, resumes);
    const id = /^rivulet-stream: (\S+)/im.exec(String(asker.read()))![1]!;
    await lastOf(id);
    const reader = await stoppedResumer(there.url, id);
    asker.destroy();
    return { id, reader };
  }

  test('let the upstream wait for clients that stop reading, on whichever of the two', async () => {
    const [here, there] = processes as [ProxyProcess, ProxyProcess];
    const { id, reader } = await readElsewhere(here, there);
    assert.ok((await lastOf(id)) < 200_001, 'it waits for the one elsewhere');
    const { text } = await resume(`${here.url}/v1`, id).reply;
    const { events, terminal } = readWire(text);
    assert.deepEqual([terminal, events.length], ['done', 200_001], 'and for nobody beside one who reads');
    reader.destroy();
  });

  test('let it go on when the one it waits for leaves', async () => {
    const [here, there] = processes as [ProxyProcess, ProxyProcess];
    const { id, reader } = await readElsewhere(here, there);
    assert.ok((await lastOf(id)) < 200_001);
    reader.destroy();
    await eventually(answers, ({ answering }) => answering === 0, 30_000);
    assert.equal(await lastOf(id), 200_001);
  });
});

/** A client that asks for a flood and reads no more than its beginning. */
function stoppedReader(url: string, model: string, headers = ''): Promise<Socket> {
  const body = JSON.stringify({
    model,
    stream: true,
    messages: [{ role: 'user', content: 'Go' }],
  });
  const more = `Content-Type: application/json\r\n${headers}Content-Length: ${body.length}\r\n\r\n${body}`;
  return stopped(url, `POST /v1/chat/completions`, more);
}

/** One that comes back to a flood, and does the same. */
function stoppedResumer(url: string, id: string): Promise<Socket> {
  return stopped(url, `GET /v1/streams/${id}`, '\r\n');
}

function stopped(url: string, call: string, rest: string): Promise<Socket> {
  const { hostname, port, host } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.write(`${call} HTTP/1.1\r\nHost: ${host}\r\n${rest}`);
  return new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.once('readable', () => resolve(socket));
  });
}

async function answers(): Promise<{ answering: number; aborted: number }> {
  const { answering, aborted } = await upstream.stats();
  return { answering, aborted };
}

/** A figure once it has stayed the same, within a twentieth, for half a second. */
async function settled(read: () => number | Promise<number>): Promise<number> {
  for (let last = await read(); ; ) {
    await pause(500);
    const now = await read();
    if (Math.abs(now - last) <= Math.abs(last) / 20) return now;
    last = now;
  }
}

/** https://man7.org/linux/man-pages/man5/proc_pid_status.5.html */
function rssBytes(pid: number): number {
  return Number(/VmRSS:\s*(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024;
}
