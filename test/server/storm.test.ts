/**
 * Very many answers at once on two processes and one Redis, every connection cut again and again at random: nothing is
 * lost, doubled or left over. STORM_ANSWERS, STORM_SECONDS and STORM_RATE (events a second of each) make it larger than a
 * test run has time for.
 */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from '../support/eventually.ts';
import { upstreamSettings } from '../support/proxy.ts';
import { startProxyProcess } from '../support/proxy-process.ts';
import { seededRandom } from '../support/random.ts';
import { startRedis } from '../support/redis.ts';
import { askResuming } from '../support/resuming-client.ts';
import { startUpstream } from '../support/start-upstream.ts';

const ANSWERS = Number(process.env.STORM_ANSWERS || 100);
const SECONDS = Number(process.env.STORM_SECONDS || 5);
/** More than a busy machine keeps a client from coming back for. */
const KEEP_SECONDS = 8;
const EVENTS_A_SECOND = Number(process.env.STORM_RATE || 20);

test(`${ANSWERS} answers of ${SECONDS} s, all of them cut at random`, async t => {
  const upstream = await startUpstream();
  t.after(() => upstream.close());
  const redis = await startRedis();
  t.after(() => redis.close());
  const tokens = SECONDS * EVENTS_A_SECOND;
  const model = `wide:${tokens}:${1_000 / EVENTS_A_SECOND}`;
  const settings = upstreamSettings(upstream.url, [model], {
    redisUrl: redis.url,
    limits: { streamsPerClient: ANSWERS },
    resume: { graceSeconds: 10, keepSeconds: KEEP_SECONDS },
  });
  const proxies = await Promise.all([startProxyProcess(settings), startProxyProcess(settings)]);
  t.after(() => Promise.all(proxies.map(proxy => proxy.close())));
  const random = seededRandom(Number(process.env.STORM_SEED || 1));
  let connections = 0;
  const answers = await Promise.all(
    Array.from({ length: ANSWERS }, async () => {
      await pause(random() * 1_000);
      const urls = Array.from({ length: 500 }, () => `${proxies[random() < 0.5 ? 0 : 1]!.url}/v1`);
      const cut = () => (random() < 0.8 ? AbortSignal.timeout(50 + Math.floor(random() * 1_500)) : undefined);
      const answer = await askResuming({ urls, model, cut });
      connections += answer.connections;
      return answer;
    }),
  );
  for (const { end, events } of answers) {
    assert.deepEqual([end, events.length], ['done', tokens + 2]);
    assert.deepEqual(events, answers[0]!.events);
  }
  t.diagnostic(`${connections} connections for ${ANSWERS} answers`);
  const { requests, aborted, answering } = await upstream.stats();
  assert.deepEqual({ requests, aborted, answering }, { requests: ANSWERS, aborted: 0, answering: 0 });
  assert.equal(await redis.command(['ZCARD', 'rivulet:leases']), 0);

  const left = await eventually(
    async () => ((await redis.command(['KEYS', 'rivulet:*'])) as string[]).filter(isOfAnswers),
    keys => keys.length === 0,
    KEEP_SECONDS * 1_000 + 5_000,
  );
  assert.deepEqual(left, []);
});

/** Not of a process that runs. */
function isOfAnswers(key: string): boolean {
  return !/^rivulet:(life|inbox):/.test(key);
}
