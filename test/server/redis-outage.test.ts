/** Redis goes away, hangs and comes back: no answer is cut by it, none hangs, and afterwards all is as before. */

import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { LEASE_MS } from '../../server/limits/leases.ts';
import { ask, open, resume, stop } from '../support/ask.ts';
import { eventually } from '../support/eventually.ts';
import { startProxy, type TestProxy, upstreamSettings } from '../support/proxy.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { startUpstream, type Upstream } from '../support/start-upstream.ts';
import { readWire } from '../support/wire.ts';

const LONG = 'ok:800:5';
const ENDLESS = 'ok:10000:5';
const resumes = { 'Rivulet-Resume': '1' };

let upstream: Upstream;
let redis: TestRedis;
let proxies: [TestProxy, TestProxy];
let here: string;
let there: string;

before(async () => {
  upstream = await startUpstream();
});
after(() => upstream.close());
beforeEach(async () => {
  redis = await startRedis();
  const settings = upstreamSettings(upstream.url, [LONG, ENDLESS, 'ok'], { redisUrl: redis.url });
  proxies = [await startProxy(settings), await startProxy(settings)];
  [here, there] = proxies.map(({ url }) => `${url}/v1`) as [string, string];
  await upstream.reset();
});
afterEach(async () => {
  for (const proxy of proxies) await proxy.close();
  await redis.close();
});

const outages: Array<[what: string, away: () => void | Promise<void>, back: () => void | Promise<void>]> = [
  ['is stopped and started, and has lost all it had', () => redis.stop(), () => redis.start()],
  ['hangs and goes on', () => redis.pause(), () => redis.goOn()],
];
for (const [what, away, back] of outages) {
  test(`a Redis that ${what} in the middle of answers costs none of them a token`, async () => {
    const first = open(here, { model: LONG, headers: resumes });
    await first.until(text => text.includes('id: 20\n'));
    const id = await first.id;
    const elsewhere = resume(there, id);
    await elsewhere.until(text => text.includes('id: 20\n'));

    await away();
    const meanwhile = await ask(here, { model: 'ok', headers: { ...resumes, 'Idempotency-Key': 'x' } });
    assert.equal(readWire(meanwhile.text).terminal, 'done', 'new answers go on');
    await first.until(text => text.includes('id: 300\n'));
    assert.equal(
      (await resume(there, id).reply).status,
      503,
      'elsewhere it is not forgotten, only out of reach',
    );
    const again = await resume(here, String(meanwhile.headers['rivulet-stream'])).reply;
    assert.equal(again.text, meanwhile.text, 'its own process has it');

    await back();
    const whole = readWire((await first.reply).text);
    assert.deepEqual([whole.terminal, whole.events.length], ['done', 802]);
    assert.deepEqual(readWire((await elsewhere.reply).text), whole);
    const late = await eventually(
      () => resume(there, id, 400).reply,
      ({ status }) => status === 200,
    );
    assert.deepEqual(readWire(late.text, 400).events, whole.events.slice(400));
    assert.equal((await upstream.stats()).requests, 2);
    for (const { logs } of proxies) {
      const warnings = logs.filter(({ level, msg }) => level === 'warn' && msg.startsWith('Redis'));
      assert.equal(warnings.length, 1, JSON.stringify(warnings));
    }
    // A Redis that hung does late what it was asked to, and has a lease that nobody waited for until that ends.
    const places = await eventually(
      () => redis.command(['ZCOUNT', 'rivulet:leases', String(Date.now()), '+inf']),
      count => count === 0,
      LEASE_MS + 1_000,
    );
    assert.equal(places, 0);
  });
}

test('a question asked again elsewhere after Redis has lost all it had gets the answer that is there, running or not', async () => {
  const questions = ['ok', LONG].map(model => ({
    model,
    headers: { ...resumes, 'Idempotency-Key': `the key of ${model}` },
  }));
  const first = questions.map(question => open(here, question));
  await first[0]!.reply;
  await first[1]!.until(text => text.includes('id: 20\n'));
  await redis.stop();
  await redis.start();
  // At once, when the process that has the answer may not have written to Redis again.
  await eventually(
    async () => proxies[1].logs.some(({ msg }) => msg === 'Redis is back'),
    back => back,
  );
  const again = questions.map(question => open(there, question));
  for (const [n, reply] of again.entries()) {
    const { text, headers } = await reply.reply;
    assert.equal(text, (await first[n]!.reply).text);
    assert.equal(headers['rivulet-stream'], await first[n]!.id);
  }
  assert.equal((await upstream.stats()).requests, 2);
});

test('a Stop from elsewhere that is on its way when Redis is lost stops the answer, or says that it did not', async () => {
  for (const ms of [0, 2, 10]) {
    const reply = open(here, { model: ENDLESS, headers: resumes });
    await reply.until(text => text.includes('id: 20\n'));
    const id = await reply.id;
    const stopped = stop(there, id);
    await pause(ms);
    await redis.stop();
    await redis.start();
    const { status, headers } = await stopped;
    if (status === 204) assert.equal((await upstream.stats()).answering, 0, 'a 204 is true');
    else assert.deepEqual([status, Number(headers['retry-after']) > 0], [503, true]);
    const again = await eventually(
      () => stop(there, id),
      ({ status }) => status === 204,
      10_000,
    );
    assert.equal(again.status, 204);
    assert.equal((await upstream.stats()).answering, 0);
    const { terminal } = readWire((await reply.reply).text);
    assert.ok(terminal !== null && terminal !== 'done' && terminal.code === 'stopped');
  }
});

test('a Redis that is full costs no answer, and has those that are kept when there is room again', async () => {
  await redis.command(['CONFIG', 'SET', 'maxmemory', '1']);
  const { text, headers } = await ask(here, { model: 'ok', headers: resumes });
  assert.equal(readWire(text).terminal, 'done');
  await redis.command(['CONFIG', 'SET', 'maxmemory', '0']);
  const found = await eventually(
    () => resume(there, String(headers['rivulet-stream'])).reply,
    reply => reply.text === text,
    10_000,
  );
  assert.equal(found.text, text);
});

test('a proxy whose Redis has never been there starts and answers, with one warning', async () => {
  await redis.stop();
  const settings = upstreamSettings(upstream.url, ['ok'], { redisUrl: redis.url });
  const alone = await startProxy(settings);
  for (let n = 0; n < 5; n++) {
    const { text, headers } = await ask(`${alone.url}/v1`, { model: 'ok', headers: resumes });
    assert.equal(readWire(text).terminal, 'done');
    assert.equal((await resume(`${alone.url}/v1`, String(headers['rivulet-stream'])).reply).text, text);
  }
  assert.equal(alone.logs.filter(({ level }) => level === 'warn').length, 1);
  await redis.start();
  await eventually(
    async () => alone.logs.some(({ msg }) => msg === 'Redis is back'),
    back => back,
  );
  const { headers } = await ask(`${alone.url}/v1`, { model: 'ok', headers: resumes });
  const found = await eventually(
    () => resume(there, String(headers['rivulet-stream'])).reply,
    ({ status }) => status === 200,
  );
  assert.equal(found.status, 200);
  await alone.close();
});
