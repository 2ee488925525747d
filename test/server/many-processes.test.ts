/** Two processes and one Redis: an answer is found, read and stopped from either, whatever happens to the other. */

import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { ask, open, resume, stop } from '../support/ask.ts';
import { eventually } from '../support/eventually.ts';
import { upstreamSettings } from '../support/proxy.ts';
import { type ProxyProcess, startProxyProcess } from '../support/proxy-process.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { askResuming } from '../support/resuming-client.ts';
import { startUpstream, type Upstream } from '../support/start-upstream.ts';
import { readWire } from '../support/wire.ts';

const LONG = 'ok:10000:5';
const SHORT = 'ok:198:5';
const models = [LONG, SHORT, 'ok', 'ok:400:10', 'hang-midway', 'hang-before-first'];
const resumes = { 'Rivulet-Resume': '1' };
const PLACES = 40;

let upstream: Upstream;
let redis: TestRedis;
let settings: object;
let processes: ProxyProcess[];
let here: string;
let there: string;

before(async () => {
  upstream = await startUpstream();
  redis = await startRedis();
  settings = upstreamSettings(upstream.url, models, {
    redisUrl: redis.url,
    limits: { streamsPerClient: PLACES },
    resume: { graceSeconds: 5, keepSeconds: 6 },
    timeouts: { drainMs: 1_500 },
  });
});
beforeEach(async () => {
  processes = await Promise.all([startProxyProcess(settings), startProxyProcess(settings)]);
  [here, there] = processes.map(({ url }) => `${url}/v1`) as [string, string];
  await upstream.reset();
});
afterEach(async () => {
  await Promise.all(processes.map(process => process.close()));
});
after(async () => {
  await redis.close();
  await upstream.close();
});

test('an answer is resumed, shared, asked again and stopped on the other process', async () => {
  const key = { 'Idempotency-Key': crypto.randomUUID() };
  const first = open(here, { model: 'ok:400:10', headers: { ...resumes, ...key } });
  await first.until(text => text.includes('id: 20\n'));
  const id = await first.id;
  const second = resume(there, id, 10);
  const third = open(there, { model: 'ok:400:10', headers: { ...resumes, ...key } });
  const other = await ask(there, { model: 'ok', headers: key });
  assert.equal(other.status, 400, 'the same key with another question');
  first.hangUp();
  await second.until(text => text.includes('id: 60\n'));
  assert.equal((await stop(there, id)).status, 204);
  await eventually(upstream.stats, ({ answering }) => answering === 0);
  for (const [reply, from] of [
    [second, 10],
    [third, 0],
    [resume(here, id, 0), 0],
  ] as const) {
    const { events, terminal } = readWire((await reply.reply).text, from);
    assert.ok(terminal !== null && terminal !== 'done' && terminal.code === 'stopped');
    assert.ok(events.length >= 50);
  }
  const stats = await upstream.stats();
  assert.deepEqual([stats.requests, stats.aborted], [1, 1]);
  assert.equal((await resume(there, crypto.randomUUID(), 0).reply).status, 404);
});

test('a finished answer is read on the other process, and nothing is left of it afterwards', async () => {
  const whole = await ask(here, { model: SHORT, headers: resumes });
  const id = String(whole.headers['rivulet-stream']);
  const again = await eventually(
    () => resume(there, id).reply,
    ({ text }) => text === whole.text,
  );
  assert.equal(again.text, whole.text);
  assert.equal((await resume(there, id, 201).reply).status, 400);
  // What does not belong to a process that runs.
  const left = await eventually(
    async () => {
      const keys = (await redis.command(['KEYS', 'rivulet:*'])) as string[];
      return keys.filter(key => !/^rivulet:(life|inbox):/.test(key));
    },
    keys => keys.length === 0,
    30_000,
  );
  assert.deepEqual(left, []);
});

test('cut anywhere and resumed now here, now there, an answer is whole and was asked for once', async () => {
  const uncut = await askResuming({ urls: [here], model: SHORT });
  await upstream.reset();
  await Promise.all(
    Array.from({ length: 30 }, async (_, n) => {
      const urls = Array.from({ length: 200 }, (_, i) => ((i + n) % 2 ? here : there));
      const cut = (connection: number) => AbortSignal.timeout(30 + 17 * ((n + connection) % 9));
      const answer = await askResuming({ urls, model: SHORT, cut });
      assert.deepEqual([answer.end, answer.events], ['done', uncut.events]);
      assert.ok(answer.connections > 3);
    }),
  );
  assert.equal((await upstream.stats()).requests, 30);
});

test('a hundred readers on two processes all have the answer whole', async () => {
  const first = open(here, { model: SHORT, headers: resumes });
  await first.until(text => text.includes('id: 1\n'));
  const id = await first.id;
  const readers = Array.from({ length: 100 }, (_, n) => resume(n % 4 ? there : here, id).reply);
  const { text } = await first.reply;
  for (const reply of await Promise.all(readers)) {
    assert.deepEqual(readWire(reply.text), readWire(text));
  }
});

test('readers elsewhere of a process that is killed are told within 20 s, once, and its places are free', async () => {
  // A process judges others only when it has known Redis for long enough to have heard of them.
  await pause(12_000);
  const replies = Array.from({ length: PLACES }, () => open(here, { model: LONG, headers: resumes }));
  await Promise.all(replies.map(reply => reply.until(text => text.includes('id: 9\n'))));
  const id = await replies[0]!.id;
  const readers = Array.from({ length: 3 }, () => resume(there, id));
  await Promise.all(readers.map(reader => reader.until(text => text.includes('id: 9\n'))));
  assert.equal((await ask(there, { model: 'ok' })).status, 429);
  const killedAt = performance.now();
  await processes[0]!.kill();
  for (const { text } of await Promise.all(readers.map(({ reply }) => reply))) {
    const { terminal } = readWire(text);
    assert.ok(terminal !== null && terminal !== 'done', text.slice(-300));
    assert.deepEqual([terminal.code, terminal.retryable], ['interrupted', true]);
  }
  const toldAfter = performance.now() - killedAt;
  assert.ok(toldAfter < 20_000, `${toldAfter} ms`);
  const late = readWire((await resume(there, id, 5).reply).text, 5).terminal;
  assert.ok(late !== null && late !== 'done' && late.code === 'interrupted', 'and so is who comes later');
  const free = await eventually(
    () => ask(there, { model: 'ok' }),
    ({ status }) => status === 200,
  );
  assert.equal(free.status, 200);
  const held = () => redis.command(['ZCOUNT', 'rivulet:leases', String(Date.now()), '+inf']);
  assert.equal(await eventually(held, places => places === 0), 0);
});

test('a process that is told to end hands its readers over, and its answer ends on the other', async () => {
  const uncut = await askResuming({ urls: [there], model: SHORT });
  const drained = askResuming({ urls: [here, there], model: SHORT });
  const plain = open(here, { model: SHORT });
  const hung = open(here, { model: 'hang-midway', headers: resumes });
  await Promise.all(
    [plain, hung].map(reply => reply.until(text => text.includes('world') || text.includes('id: 9\n'))),
  );
  const hungId = await hung.id;
  processes[0]!.terminate();
  const rest = await hung.reply;
  assert.equal(readWire(rest.text).terminal, null, 'told to go, not that it has ended');
  assert.ok(rest.complete);
  const elsewhere = readWire((await resume(there, hungId).reply).text);
  assert.ok(elsewhere.terminal !== null && elsewhere.terminal !== 'done');
  assert.equal(elsewhere.terminal.code, 'interrupted');
  const answer = await drained;
  assert.deepEqual([answer.end, answer.events], ['done', uncut.events]);
  assert.ok(answer.connections > 1);
  assert.equal(readWire((await plain.reply).text).terminal, 'done', 'who cannot resume stays to the end');
  assert.equal((await processes[0]!.ended).code, 0);
});
