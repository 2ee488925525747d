/** What all leases do, wherever they are kept. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LEASE_MS, type Lease, type LeaseLimits, type Leases } from '../../server/limits/leases.ts';

export interface LeasesUnderTest {
  leases: Leases;
  /** Lets time go by, in milliseconds. */
  pass(ms: number): Promise<void>;
}

export function leasesSuite(name: string, create: (limits: LeaseLimits) => Promise<LeasesUnderTest>): void {
  const limits = { streamsPerClient: 3, streamsTotal: 5 };

  test(`${name}: a client has its places and no more, and another one has its own`, async () => {
    const { leases } = await create(limits);
    await take(leases, 'a', 3);
    assert.deepEqual(await leases.acquire('a'), { granted: false, full: 'client' });
    await take(leases, 'b', 2);
  });

  test(`${name}: the proxy has its places and no more`, async () => {
    const { leases } = await create(limits);
    const [first] = await take(leases, 'a', 3);
    await take(leases, 'b', 2);
    assert.deepEqual(await leases.acquire('c'), { granted: false, full: 'all' });
    await first!.release();
    await take(leases, 'c', 1);
  });

  test(`${name}: a released place is free at once, and a second release frees no second place`, async () => {
    const { leases } = await create(limits);
    const [first] = await take(leases, 'a', 3);
    await first!.release();
    await first!.release();
    await take(leases, 'a', 1);
    assert.deepEqual(await leases.acquire('a'), { granted: false, full: 'client' });
  });

  test(`${name}: places asked for at the same time are not given twice`, async () => {
    const { leases } = await create(limits);
    const results = await Promise.all(Array.from({ length: 20 }, () => leases.acquire('a')));
    assert.equal(results.filter(({ granted }) => granted).length, 3);
  });

  test(`${name}: a lease that nobody renews ends by itself, for its client and for all`, async () => {
    const { leases, pass } = await create(limits);
    await take(leases, 'a', 3);
    await take(leases, 'b', 2);
    await pass(LEASE_MS + 1);
    await take(leases, 'a', 3);
    await take(leases, 'c', 2);
  });

  test(`${name}: a renewed lease is held, and its late release frees nobody else's place`, async () => {
    const { leases, pass } = await create(limits);
    const [renewed, forgotten] = await take(leases, 'a', 2);
    await pass(LEASE_MS - 1);
    await renewed!.renew();
    await pass(LEASE_MS - 1);
    await take(leases, 'a', 2);
    assert.deepEqual(await leases.acquire('a'), { granted: false, full: 'client' });
    await forgotten!.release();
    assert.deepEqual(await leases.acquire('a'), { granted: false, full: 'client' });
  });

  test(`${name}: a lease that has ended is not brought back by renewing it`, async () => {
    const { leases, pass } = await create(limits);
    const [old] = await take(leases, 'a', 1);
    await pass(LEASE_MS + 1);
    await take(leases, 'a', 3);
    await old!.renew();
    assert.deepEqual(await leases.acquire('a'), { granted: false, full: 'client' });
    await old!.release();
    assert.deepEqual(await leases.acquire('a'), { granted: false, full: 'client' });
  });
}

async function take(leases: Leases, client: string, count: number): Promise<Lease[]> {
  const taken: Lease[] = [];
  for (let i = 0; i < count; i++) {
    const result = await leases.acquire(client);
    assert.ok(result.granted, `place ${i + 1} of ${client}`);
    taken.push(result.lease);
  }
  return taken;
}
