/** What all leases do, wherever they are kept. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Holder, LEASE_MS, type Lease, type Leases } from '../../server/limits/leases.ts';

export interface LeasesUnderTest {
  leases: Leases;
  /** Lets time go by, in milliseconds. */
  pass(ms: number): Promise<void>;
}

type Holders = readonly [Holder, ...Holder[]];

const [a, b, c] = ['a', 'b', 'c'].map(name => ({ name, streams: 3 })) as [Holder, Holder, Holder];

export function leasesSuite(
  name: string,
  create: (limits: { streamsTotal: number }) => Promise<LeasesUnderTest>,
): void {
  const limits = { streamsTotal: 5 };

  test(`${name}: a holder has its places and no more, and another one has its own`, async () => {
    const { leases } = await create(limits);
    await take(leases, [a], 3);
    assert.deepEqual(await leases.acquire([a], anId()), { granted: false, full: 'holder' });
    await take(leases, [b], 2);
  });

  test(`${name}: the proxy has its places and no more`, async () => {
    const { leases } = await create(limits);
    const [first] = await take(leases, [a], 3);
    await take(leases, [b], 2);
    assert.deepEqual(await leases.acquire([c], anId()), { granted: false, full: 'all' });
    await first!.release();
    await take(leases, [c], 1);
  });

  test(`${name}: a released place is free at once, and a second release frees no second place`, async () => {
    const { leases } = await create(limits);
    const [first] = await take(leases, [a], 3);
    assert.equal(leases.held, 3);
    await first!.release();
    await first!.release();
    assert.equal(leases.held, 2);
    await take(leases, [a], 1);
    assert.deepEqual(await leases.acquire([a], anId()), { granted: false, full: 'holder' });
  });

  test(`${name}: places asked for at the same time are not given twice`, async () => {
    const { leases } = await create(limits);
    const results = await Promise.all(Array.from({ length: 20 }, () => leases.acquire([a], anId())));
    assert.equal(results.filter(({ granted }) => granted).length, 3);
  });

  test(`${name}: a lease that nobody renews ends by itself, for its client and for all`, async () => {
    const { leases, pass } = await create(limits);
    await take(leases, [a], 3);
    await take(leases, [b], 2);
    await pass(LEASE_MS + 1);
    await take(leases, [a], 3);
    await take(leases, [c], 2);
  });

  test(`${name}: a renewed lease is held, and its late release frees nobody else's place`, async () => {
    const { leases, pass } = await create(limits);
    const [renewed, forgotten] = await take(leases, [a], 2);
    await pass(LEASE_MS * 0.8);
    await renewed!.renew();
    await pass(LEASE_MS * 0.8);
    await take(leases, [a], 2);
    assert.deepEqual(await leases.acquire([a], anId()), { granted: false, full: 'holder' });
    await forgotten!.release();
    assert.deepEqual(await leases.acquire([a], anId()), { granted: false, full: 'holder' });
  });

  test(`${name}: a lease that has ended is not brought back by renewing it`, async () => {
    const { leases, pass } = await create(limits);
    const [old] = await take(leases, [a], 1);
    await pass(LEASE_MS + 1);
    await take(leases, [a], 3);
    await old!.renew();
    assert.deepEqual(await leases.acquire([a], anId()), { granted: false, full: 'holder' });
    await old!.release();
    assert.deepEqual(await leases.acquire([a], anId()), { granted: false, full: 'holder' });
  });

  test(`${name}: what is still on its way when a lease is released does not bring it back`, async () => {
    const { leases } = await create(limits);
    for (const late of [(lease: Lease) => lease.renew(), (lease: Lease) => lease.offer(true)]) {
      const taken = await take(leases, [a], 3);
      await Promise.all(taken.flatMap(lease => [late(lease), lease.release()]));
      // Nothing but free places: the first that is taken from someone fails.
      const again = await take(leases, [a], 3);
      await Promise.all(again.map(lease => lease.release()));
    }
  });

  test(`${name}: a client with no place left gets one that it has offered, and is told whose it was`, async () => {
    const { leases } = await create(limits);
    const [, offered] = await take(leases, [a], 3);
    await offered!.offer(true);
    const result = await leases.acquire([a], anId());
    assert.ok(result.granted);
    assert.equal(result.takenFrom, offered!.id);
    assert.deepEqual(await leases.acquire([a], anId()), { granted: false, full: 'holder' });
    // What is left of the old lease holds nothing and frees nothing.
    await offered!.renew();
    await offered!.release();
    assert.deepEqual(await leases.acquire([a], anId()), { granted: false, full: 'holder' });
    await result.lease.release();
    await take(leases, [a], 1);
  });

  test(`${name}: who took a place over and has no use for it leaves it to whom it was taken from`, async () => {
    const { leases } = await create(limits);
    const [, offered] = await take(leases, [a], 3);
    await offered!.offer(true);
    const result = await leases.acquire([a], anId());
    assert.ok(result.granted && result.takenFrom === offered!.id);
    await result.lease.release();
    await offered!.renew();
    assert.deepEqual(await leases.acquire([a], anId()), { granted: false, full: 'holder' });
    assert.equal(leases.held, 3);
    await offered!.release();
    await offered!.renew();
    await take(leases, [a], 1);
  });

  test(`${name}: an offer is for the last resort, can be taken back, and is no other client's`, async () => {
    const { leases } = await create(limits);
    const [offered] = await take(leases, [a], 2);
    await offered!.offer(true);
    const [free] = await take(leases, [a], 1);
    await take(leases, [b], 2);
    assert.deepEqual(await leases.acquire([c], anId()), { granted: false, full: 'all' });
    await free!.release();
    await take(leases, [c], 1);
    const result = await leases.acquire([a], anId());
    assert.ok(
      result.granted && result.takenFrom === offered!.id,
      'also where all places of the proxy are taken',
    );
    await result.lease.offer(true);
    await result.lease.offer(false);
    assert.deepEqual(await leases.acquire([a], anId()), { granted: false, full: 'all' });
  });

  test(`${name}: an answer takes a place of each of its holders, or none of any`, async () => {
    const { leases } = await create({ streamsTotal: 50 });
    const [first] = await take(leases, [a, c], 2);
    await take(leases, [b, c], 1);
    for (const holders of [[a, c], [b, c], [c]] as const) {
      assert.deepEqual(await leases.acquire(holders, anId()), { granted: false, full: 'holder' });
    }
    // What was refused for c has taken nothing of a and b.
    const [last] = await take(leases, [a], 1);
    await take(leases, [b], 2);
    await first!.release();
    assert.deepEqual(await leases.acquire([b, c], anId()), { granted: false, full: 'holder' });
    await take(leases, [a, c], 1);
    await last!.release();
  });

  test(`${name}: each holder has a number of places of its own, which may change`, async () => {
    const { leases } = await create({ streamsTotal: 50 });
    await take(leases, [{ name: 'a', streams: 5 }], 4);
    assert.deepEqual(await leases.acquire([a], anId()), { granted: false, full: 'holder' });
    await take(leases, [{ name: 'a', streams: 5 }], 1);
  });

  test(`${name}: a lease that nobody renews ends by itself for all of its holders`, async () => {
    const { leases, pass } = await create({ streamsTotal: 50 });
    await take(leases, [a, c], 3);
    await pass(LEASE_MS + 1);
    await take(leases, [c], 3);
    await take(leases, [a], 3);
  });

  test(`${name}: an offered place is its first holder's alone, whoever else it is of`, async () => {
    const { leases } = await create({ streamsTotal: 50 });
    const [ofA] = await take(leases, [a, c], 3);
    await ofA!.offer(true);
    assert.deepEqual(await leases.acquire([b, c], anId()), { granted: false, full: 'holder' });
    assert.deepEqual(await leases.acquire([c], anId()), { granted: false, full: 'holder' });
    const result = await leases.acquire([a, c], anId());
    assert.ok(result.granted && result.takenFrom === ofA!.id);
  });

  test(`${name}: an offered place is taken over only where that makes room`, async () => {
    const { leases } = await create({ streamsTotal: 50 });
    const [elsewhere] = await take(leases, [a, b], 1);
    await elsewhere!.offer(true);
    await take(leases, [c], 3);
    // It is not of c, which is full.
    assert.deepEqual(await leases.acquire([a, c], anId()), { granted: false, full: 'holder' });
    await take(leases, [a], 2);
    const result = await leases.acquire([a], anId());
    assert.ok(result.granted && result.takenFrom === elsewhere!.id);
  });
}

async function take(leases: Leases, holders: Holders, count: number): Promise<Array<Lease & { id: string }>> {
  const taken: Array<Lease & { id: string }> = [];
  for (let i = 0; i < count; i++) {
    const id = anId();
    const result = await leases.acquire(holders, id);
    assert.ok(result.granted, `place ${i + 1} of ${holders[0].name}`);
    assert.equal(result.takenFrom, null);
    taken.push({ ...result.lease, id });
  }
  return taken;
}

function anId(): string {
  return crypto.randomUUID();
}
