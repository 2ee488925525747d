/** A process that stands still for a while, as in a long garbage collection or on a machine that is moved, and goes on. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { PATIENCE_MS } from '../../server/node/redis-link.ts';
import { open } from '../support/ask.ts';
import { upstreamSettings } from '../support/proxy.ts';
import { startProxyProcess } from '../support/proxy-process.ts';
import { startRedis } from '../support/redis.ts';
import { startUpstream } from '../support/start-upstream.ts';
import { readWire } from '../support/wire.ts';

const LONG = 'ok:200:10';
const SHORT = 'ok:40:5';
const QUESTIONS = 40;

test('on waking it takes no Redis for away, and asks nothing anew that another process was asked meanwhile', async t => {
  const upstream = await startUpstream();
  t.after(() => upstream.close());
  const redis = await startRedis();
  t.after(() => redis.close());
  const settings = upstreamSettings(upstream.url, [LONG, SHORT], {
    redisUrl: redis.url,
    limits: { streamsPerClient: 2 * QUESTIONS },
  });
  const processes = await Promise.all([startProxyProcess(settings), startProxyProcess(settings)]);
  t.after(() => Promise.all(processes.map(process => process.close())));
  const [frozen, other] = processes;
  const ask = (process: typeof frozen, model: string) => {
    const headers = { 'Rivulet-Resume': '1', 'Idempotency-Key': `${model} ${asked++ % QUESTIONS}` };
    return open(`${process.url}/v1`, { model, headers });
  };
  let asked = 0;
  const all = Array.from({ length: QUESTIONS });

  // With so many answers, it waits for a reply of Redis at any time.
  const running = all.map(() => ask(frozen, LONG));
  await Promise.all(running.map(reply => reply.until(text => text.includes('id: 5\n'))));
  frozen.signal('SIGSTOP');
  const there = all.map(() => ask(frozen, SHORT));
  const here = await Promise.all(all.map(() => ask(other, SHORT).reply));
  await pause(PATIENCE_MS + 200);
  frozen.signal('SIGCONT');

  for (const [n, { reply }] of there.entries()) assert.equal((await reply).text, here[n]!.text);
  for (const { text } of here) assert.equal(readWire(text).terminal, 'done');
  for (const { reply } of running) assert.equal(readWire((await reply).text).events.length, 202);
  assert.equal((await upstream.stats()).requests, 2 * QUESTIONS);
  await frozen.close();
  assert.equal((await frozen.ended).stdout.includes('Redis is away'), false);
});
