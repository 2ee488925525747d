/**
 * Very many answers at once on two processes and one Redis. Every connection breaks at a random byte, again and again until
 * the end; some answers have a second reader, some are stopped, some are left. Nothing is lost, doubled or left over.
 * STORM_ANSWERS, STORM_SECONDS and STORM_RATE (events a second of each) make it larger than a test run has time for.
 */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { open, stop } from '../support/ask.ts';
import { afterByte, startCuttingProxy } from '../support/cutting-proxy.ts';
import { eventually } from '../support/eventually.ts';
import { upstreamSettings } from '../support/proxy.ts';
import { startProxyProcess } from '../support/proxy-process.ts';
import { seededRandom } from '../support/random.ts';
import { startRedis } from '../support/redis.ts';
import { askResuming, type ResumedAnswer } from '../support/resuming-client.ts';
import { startUpstream } from '../support/start-upstream.ts';

const ANSWERS = Number(process.env.STORM_ANSWERS || 60);
const SECONDS = Number(process.env.STORM_SECONDS || 3);
const EVENTS_A_SECOND = Number(process.env.STORM_RATE || 20);
/** More than a busy machine keeps a client from coming back for. */
const GRACE_SECONDS = Math.max(10, SECONDS / 2);
const KEEP_SECONDS = 60;
/** Of each answer, on average. */
const CUTS = Math.max(5, SECONDS / 4);
/** The answer that is left: it ends only by being aborted. */
const ENDLESS = 'hang-midway';

test(`${ANSWERS} answers of ${SECONDS} s, all of them cut at random`, async t => {
  const upstream = await startUpstream();
  t.after(() => upstream.close());
  const redis = await startRedis();
  t.after(() => redis.close());
  const tokens = SECONDS * EVENTS_A_SECOND;
  const atOnce = `wide:${tokens}`;
  const model = `${atOnce}:${1_000 / EVENTS_A_SECOND}`;
  const settings = upstreamSettings(upstream.url, [atOnce, model, ENDLESS], {
    redisUrl: redis.url,
    limits: { streamsPerClient: ANSWERS },
    resume: { graceSeconds: GRACE_SECONDS, keepSeconds: KEEP_SECONDS },
  });
  const proxies = await Promise.all([startProxyProcess(settings), startProxyProcess(settings)]);
  t.after(() => Promise.all(proxies.map(proxy => proxy.close())));
  const wires = await Promise.all(proxies.map(({ url }) => startCuttingProxy(url)));
  t.after(() => Promise.all(wires.map(wire => wire.close())));

  const random = seededRandom(Number(process.env.STORM_SEED || 1));
  const anyOf = (servers: ReadonlyArray<{ url: string }>) => `${servers[random() < 0.5 ? 0 : 1]!.url}/v1`;
  const sometime = () => pause(random() * SECONDS * 700);
  const { events } = await askResuming({ urls: [anyOf(proxies)], model: atOnce });
  const whole = events.map(event => event.replace(atOnce, model));
  const bytes = Buffer.byteLength(whole.join());
  for (const wire of wires) wire.cutEach(() => afterByte(Math.floor((random() * 2 * bytes) / CUTS)));
  await upstream.reset();

  /** Until the end, over connections that break. */
  const read = (known?: string) => {
    const urls = Array.from({ length: 500 }, () => anyOf(wires));
    const cut = () => (random() < 0.2 ? AbortSignal.timeout(Math.floor(random() * 1_500)) : undefined);
    let onOpen = (_: string) => {};
    const id = new Promise<string>(resolve => {
      onOpen = resolve;
    });
    return { id, answer: askResuming({ urls, model, cut, onOpen, ...(known && { id: known }) }) };
  };
  const visit = async (n: number): Promise<ResumedAnswer[]> => {
    await pause(random() * 1_000);
    if (n % 10 === 9) return leave(n % 20 === 9 ? { 'Rivulet-Resume': '1' } : {});
    const first = read();
    const id = await first.id;
    const answers = [first.answer];
    if (n % 3 === 0) {
      await sometime();
      answers.push(read(id).answer);
    }
    if (n % 4 === 0) {
      await sometime();
      assert.equal((await stop(anyOf(proxies), id)).status, 204);
    }
    return Promise.all(answers);
  };
  const leave = async (headers: Record<string, string>): Promise<ResumedAnswer[]> => {
    const reply = open(anyOf(proxies), { model: ENDLESS, headers });
    await reply.until(text => text.includes('id: 1\n'));
    reply.hangUp();
    return [];
  };

  const visits = await Promise.all(Array.from({ length: ANSWERS }, (_, n) => visit(n)));
  const ends: Record<string, number> = { left: 0, done: 0, stopped: 0 };
  let connections = 0;
  for (const [first, ...others] of visits) {
    ends[first?.end ?? 'left']!++;
    if (!first) continue;
    const { end, events } = first;
    for (const other of others) assert.deepEqual([other.end, other.events], [end, events]);
    assert.deepEqual(events, whole.slice(0, events.length));
    assert.equal(events.length === whole.length, end === 'done', `${events.length} events, then ${end}`);
    for (const reading of [first, ...others]) connections += reading.connections;
  }
  const { left, done, stopped, ...otherEnds } = ends;
  t.diagnostic(`${connections} connections; ${done} answers were done, ${stopped} stopped, ${left} left`);
  assert.deepEqual(otherEnds, {});

  const { requests, aborted, answering } = await eventually(
    upstream.stats,
    ({ answering }) => answering === 0,
    GRACE_SECONDS * 1_000 + 5_000,
  );
  assert.deepEqual([requests, aborted, answering], [ANSWERS, left! + stopped!, 0]);
  const keys = await redis.keysOfAnswers();
  assert.deepEqual(
    keys.filter(key => !/^rivulet:1:(answer|events|claim):/.test(key)),
    [],
    'no lease is left',
  );
  const ttls = "local all = {} for n, key in ipairs(KEYS) do all[n] = redis.call('PTTL', key) end return all";
  const times = (await redis.command(['EVAL', ttls, String(keys.length), ...keys])) as number[];
  const late = keys.filter((_, n) => times[n] === -1 || times[n]! > KEEP_SECONDS * 1_000);
  assert.deepEqual(late, [], 'each key goes by itself in time');
});
