/** Two processes and one Redis: an answer is found, read and stopped from either, whatever happens to the other. */

import assert from 'node:assert/strict';
import { after, before, beforeEach, test, type TestContext } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { LEASE_MS } from '../../server/limits/leases.ts';
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
const SHORTEST = 'ok:98:5';
const models = [LONG, SHORT, SHORTEST, 'ok', 'ok:400:10', 'hang-midway', 'hang-before-first'];
const resumes = { 'Rivulet-Resume': '1' };
const PLACES = 40;
const KEEP_SECONDS = 6;
const ANSWER_MS = 12_000;

let upstream: Upstream;
let redis: TestRedis;
let settings: object;
let processes: ProxyProcess[];
let startedAt: number;
let here: string;
let there: string;

before(async () => {
  upstream = await startUpstream();
  redis = await startRedis();
  settings = upstreamSettings(upstream.url, models, {
    redisUrl: redis.url,
    limits: { streamsPerClient: PLACES },
    resume: { graceSeconds: 5, keepSeconds: KEEP_SECONDS },
    timeouts: { drainMs: 3_000, totalMs: ANSWER_MS },
  });
  processes = await Promise.all([startProxyProcess(settings), startProxyProcess(settings)]);
  startedAt = performance.now();
  [here, there] = processes.map(({ url }) => `${url}/v1`) as [string, string];
});
beforeEach(() => upstream.reset());
after(async () => {
  await Promise.all(processes.map(process => process.close()));
  await redis.close();
  await upstream.close();
});

/** One more, for a test that ends it or lets it hang. */
async function another(t: TestContext): Promise<ProxyProcess & { base: string }> {
  const process = await startProxyProcess(settings);
  t.after(() => process.close());
  return { ...process, base: `${process.url}/v1` };
}

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
    const { text } = await reply.reply;
    assert.equal(endOf(text, from), 'stopped');
    assert.ok(readWire(text, from).events.length >= 50);
  }
  const stats = await upstream.stats();
  assert.deepEqual([stats.requests, stats.aborted], [1, 1]);
  assert.equal((await resume(there, crypto.randomUUID(), 0).reply).status, 404);
});

test('a finished answer is read on the other process', async () => {
  const whole = await ask(here, { model: SHORT, headers: resumes });
  const id = String(whole.headers['rivulet-stream']);
  const again = await eventually(
    () => resume(there, id).reply,
    ({ text }) => text === whole.text,
  );
  assert.equal(again.text, whole.text);
  assert.equal((await resume(there, id, 201).reply).status, 400);
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

test('a process that is told to end hands its readers over, and its answer ends on the other', async t => {
  const leaving = await another(t);
  const uncut = await askResuming({ urls: [there], model: SHORTEST });
  const hung = open(leaving.base, { model: 'hang-midway', headers: resumes });
  const hungId = await hung.id;
  const plain = open(leaving.base, { model: SHORTEST });
  const drained = askResuming({ urls: [leaving.base, there], model: SHORTEST });
  await eventually(upstream.stats, ({ answering }) => answering === 3);
  leaving.signal('SIGTERM');
  const rest = await hung.reply;
  assert.equal(readWire(rest.text).terminal, null, 'told to go, not that it has ended');
  assert.ok(rest.complete);
  const elsewhere = resume(there, hungId);
  assert.equal(endOf((await elsewhere.reply).text), 'interrupted', 'what does not finish in time');
  const answer = await drained;
  assert.deepEqual([answer.end, answer.events], ['done', uncut.events]);
  assert.ok(answer.connections > 1);
  assert.equal(endOf((await plain.reply).text), 'done', 'who cannot resume stays to the end');
  assert.equal((await leaving.ended).code, 0);
});

test('of a process that is killed, or hangs, the readers elsewhere are told within 20 s, its places are free in 15, and nothing is left', async t => {
  const [doomed, frozen] = await Promise.all([another(t), another(t)]);
  // A process judges others only when it has known Redis for long enough to have heard of them.
  await pause(Math.max(0, 12_000 - (performance.now() - startedAt)));
  const question = { model: LONG, headers: { ...resumes, 'Idempotency-Key': crypto.randomUUID() } };
  const replies = [
    open(frozen.base, question),
    ...Array.from({ length: PLACES - 1 }, () => open(doomed.base, { model: LONG, headers: resumes })),
  ];
  await Promise.all(replies.map(reply => reply.until(text => text.includes('id: 9\n'))));
  const [hung, id] = (await Promise.all(replies.map(reply => reply.id))) as [string, string];
  const readers = [hung, id, id].map(id => resume(there, id));
  await Promise.all(readers.map(reader => reader.until(text => text.includes('id: 9\n'))));
  assert.equal((await ask(there, { model: 'ok' })).status, 429);
  const killedAt = performance.now();
  frozen.signal('SIGSTOP');
  await doomed.kill();

  const ends = (await redis.command(['ZRANGE', 'rivulet:leases', '0', '-1', 'WITHSCORES'])) as string[];
  assert.equal(ends.length, 2 * PLACES);
  const [seconds] = (await redis.command(['TIME'])) as [string, string];
  const last = Math.max(...ends.filter((_, n) => n % 2).map(Number));
  assert.ok(last <= (Number(seconds) + 1) * 1_000 + LEASE_MS, 'no place is held for longer than a lease');
  const asked = eventually(
    () => ask(there, { model: 'ok' }),
    ({ status }) => status === 200,
    LEASE_MS + 2_000,
  );
  for (const { text } of await Promise.all(readers.map(({ reply }) => reply))) {
    const { terminal } = readWire(text);
    assert.ok(terminal !== null && terminal !== 'done', text.slice(-300));
    assert.deepEqual([terminal.code, terminal.retryable], ['interrupted', true]);
  }
  const toldAfter = performance.now() - killedAt;
  assert.ok(toldAfter < 20_000, `${toldAfter} ms`);
  const late = await resume(there, id, 5).reply;
  assert.equal(endOf(late.text, 5), 'interrupted', 'and so is who comes later');
  assert.equal(endOf((await ask(there, question)).text), 'interrupted', 'or asks again');
  assert.equal((await asked).status, 200);

  const { requests } = await upstream.stats();
  frozen.signal('SIGCONT');
  assert.equal(endOf((await replies[0]!.reply).text), 'interrupted', 'on waking, it ends what was ended');
  assert.equal(endOf((await ask(frozen.base, question)).text), 'interrupted');
  const stats = await upstream.stats();
  assert.deepEqual([stats.requests, stats.answering], [requests, 0], 'it is not paid for twice');

  // Of all the answers so far; what belongs to a process that runs does not count.
  const left = await eventually(
    redis.keysOfAnswers,
    keys => keys.length === 0,
    ANSWER_MS + KEEP_SECONDS * 1_000,
  );
  assert.deepEqual(left, []);
});

test('a Stop that its process does not hear, and that Redis then forgets, is no 204; sent again, it stops', async t => {
  const hanging = await another(t);
  const reply = open(hanging.base, { model: LONG, headers: resumes });
  await reply.until(text => text.includes('id: 9\n'));
  const id = await reply.id;
  hanging.signal('SIGSTOP');
  const lost = await stop(there, id);
  assert.equal(lost.status, 503);
  assert.ok(Number(lost.headers['retry-after']) >= 1);
  assert.equal(JSON.parse(lost.text).error.code, 'overloaded');
  await redis.stop();
  await redis.start();
  assert.equal((await upstream.stats()).answering, 1);
  hanging.signal('SIGCONT');
  const again = await eventually(
    () => stop(there, id),
    ({ status }) => status === 204,
  );
  assert.equal(again.status, 204);
  assert.equal((await eventually(upstream.stats, ({ answering }) => answering === 0)).aborted, 1);
  assert.equal(endOf((await reply.reply).text), 'stopped');
});

function endOf(text: string, after = 0): string {
  const { terminal } = readWire(text, after);
  return terminal === null ? 'none' : terminal === 'done' ? 'done' : terminal.code;
}
