import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { upstreamSettings } from '../support/proxy.ts';
import { startProxyProcess } from '../support/proxy-process.ts';
import { seededRandom } from '../support/random.ts';
import { startRedis } from '../support/redis.ts';
import { askResuming } from '../support/resuming-client.ts';
import { startUpstream } from '../support/start-upstream.ts';
const ANSWER = 'ok:200:50';
const QUESTIONS = 60;
for (const seed of [1, 2])
test('harder', async t => {
  const upstream = await startUpstream();
  const redis = await startRedis();
  const settings = upstreamSettings(upstream.url, [ANSWER], { redisUrl: redis.url, limits: { streamsPerClient: 1_000 } });
  const processes = await Promise.all([startProxyProcess(settings), startProxyProcess(settings)]);
  t.after(async () => { await Promise.all(processes.map(process => process.close())); await redis.close(); await upstream.close(); });
  const random = seededRandom(seed);
  const bases = processes.map(({ url }) => `${url}/v1`);
  const asked = Array.from({ length: QUESTIONS }, async () => {
    await pause(random() * 8_000);
    const urls = Array.from({ length: 500 }, () => bases[random() < 0.5 ? 0 : 1]!);
    const cut = () => random() < 0.9 ? AbortSignal.timeout(20 + Math.floor(random() * 2_500)) : undefined;
    return askResuming({ urls, model: ANSWER, cut });
  });
  for (const [n, ms] of [[0, 5000], [1, 4000], [0, 6500], [1, 3500]] as const) {
    await pause(500);
    processes[n]!.signal('SIGSTOP');
    await pause(ms);
    processes[n]!.signal('SIGCONT');
  }
  const answers = await Promise.all(asked);
  const ends = answers.map(({ end, events }) => `${end} ${events.length}`);
  t.diagnostic(JSON.stringify(ends.reduce((c, e) => ({ ...c, [e]: (c[e] ?? 0) + 1 }), {} as Record<string, number>)));
  const { requests, aborted } = await upstream.stats();
  t.diagnostic(JSON.stringify({ requests, aborted }));
  for (const p of processes) { await p.close(); t.diagnostic(String((await p.ended).stdout.split('\n').filter(l => l.includes('Redis is')))); }
  assert.deepEqual([requests, ends.every(e => e === 'done 202')], [QUESTIONS, true]);
});
