/** The leases: one suite for all of them. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { MemoryLeases } from '../../server/limits/memory-leases.ts';
import { RedisLeases } from '../../server/limits/redis-leases.ts';
import { connectRedis } from '../../server/node/redis.ts';
import type { Redis } from '../../server/redis/redis.ts';
import { leasesSuite } from '../support/leases-suite.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';

leasesSuite('memory', async limits => {
  let now = 0;
  return {
    leases: new MemoryLeases(limits, () => now),
    pass: async ms => {
      now += ms;
    },
  };
});

let server: TestRedis;
let redis: Redis;
before(async () => {
  server = await startRedis();
  redis = connectRedis(server.url, { debug() {}, info() {}, warn() {}, error() {} });
  await new Promise<void>(resolve => redis.onUp(resolve));
});
after(async () => {
  redis.close();
  await server.close();
});

leasesSuite('redis', async limits => {
  await server.command(['FLUSHALL']);
  // As a new Redis has none: what is asked of it first then comes after what was asked later.
  await server.command(['SCRIPT', 'FLUSH']);
  return { leases: new RedisLeases(redis, limits, new MemoryLeases(limits)), pass: letLeasesAge };
});

test('redis: a released lease leaves no key behind, whatever is still on its way', async () => {
  await server.command(['FLUSHALL']);
  const limits = { streamsTotal: 3 };
  const holders = [
    { name: 'a', streams: 3 },
    { name: 'b', streams: 3 },
  ] as const;
  const leases = new RedisLeases(redis, limits, new MemoryLeases(limits));
  for (const late of ['offer', 'renew'] as const) {
    await server.command(['SCRIPT', 'FLUSH']);
    const result = await leases.acquire(holders, crypto.randomUUID());
    assert.ok(result.granted);
    const { lease } = result;
    await Promise.all([late === 'offer' ? lease.offer(true) : lease.renew(), lease.release()]);
    assert.deepEqual(await server.command(['KEYS', 'rivulet:*']), [], late);
    await Promise.all([lease.release(), late === 'offer' ? lease.offer(true) : lease.renew()]);
    assert.deepEqual(await server.command(['KEYS', 'rivulet:*']), [], `${late} after the release`);
  }
});

/** Ages every place by so much: no test waits for a quarter of a minute. */
async function letLeasesAge(ms: number): Promise<void> {
  for (const key of (await server.command(['KEYS', 'rivulet:leases*'])) as string[]) {
    const places = (await server.command(['ZRANGE', key, '0', '-1'])) as string[];
    for (const place of places) await server.command(['ZINCRBY', key, String(-ms), place]);
  }
}
