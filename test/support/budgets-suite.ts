/** What all budgets do, wherever they are kept. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Budgets, Reservation } from '../../server/limits/budgets.ts';
import type { Charge } from '../../server/limits/charges.ts';

export interface BudgetsUnderTest {
  budgets: Budgets;
  /** Lets time go by, in milliseconds. */
  pass(ms: number): Promise<void>;
}

const DAY_MS = 86_400_000;
const requests = (name: string, most: number): Charge => ({
  ...{ limit: 'requestsPerMinute', per: 'minute', name, most, amount: 1 },
});
const tokens = (name: string, most: number, amount: number): Charge => ({
  ...{ limit: 'tokensPerDay', per: 'day', name, most, amount },
});

export function budgetsSuite(name: string, create: () => Promise<BudgetsUnderTest>): void {
  test(`${name}: so many requests of a minute, each client for itself, and what is refused costs nothing`, async () => {
    const { budgets, pass } = await create();
    for (let n = 0; n < 3; n++) await take(budgets, requests('a', 3));
    await pass(20_000);
    for (let n = 0; n < 50; n++) {
      const wait = await refused(budgets, requests('a', 3));
      assert.ok(wait > 39 && wait <= 40, `${wait} s`);
    }
    await take(budgets, requests('b', 3));
    await pass(40_001);
    for (let n = 0; n < 3; n++) await take(budgets, requests('a', 3));
    await refused(budgets, requests('a', 3));
  });

  test(`${name}: of those that come at the same time no more are let in than may be`, async () => {
    const { budgets } = await create();
    const all = Array.from({ length: 100 }, () =>
      budgets.reserve([requests('a', 30), tokens('a', 1e6, 100)]),
    );
    assert.equal((await Promise.all(all)).filter(({ granted }) => granted).length, 30);
    await take(budgets, tokens('a', 1e6, 1e6 - 30 * 100));
  });

  test(`${name}: all charges are taken or none, and the first that leaves too little is named`, async () => {
    const { budgets } = await create();
    await take(budgets, tokens('all', 1_000, 900));
    const charges = [requests('a', 1), tokens('a', 5_000, 200), tokens('all', 1_000, 200)];
    const result = await budgets.reserve(charges);
    assert.ok(!result.granted && result.charge === charges[2]);
    assert.ok(result.retryAfterSeconds > DAY_MS / 1_000 - 60, 'the longest wait is told');
    await take(budgets, requests('a', 1));
    await take(budgets, tokens('a', 5_000, 5_000));
    await take(budgets, tokens('all', 1_000, 100));
    const both = await budgets.reserve([requests('a', 1), tokens('all', 1_000, 1)]);
    assert.ok(!both.granted && both.charge.per === 'minute');
    assert.ok(both.retryAfterSeconds > 60, 'whoever waits for the first only is refused again');
  });

  test(`${name}: what was used replaces what was reserved, whether it is less or more`, async () => {
    const { budgets } = await create();
    const less = await take(budgets, requests('a', 2), tokens('a', 1_000, 900));
    await refused(budgets, tokens('a', 1_000, 101));
    await less.settle(100);
    const more = await take(budgets, requests('a', 2), tokens('a', 1_000, 800));
    await more.settle(950);
    await refused(budgets, tokens('a', 1_000, 1));
    await refused(budgets, requests('a', 2));
    await more.withdraw();
    await take(budgets, requests('a', 2));
  });

  test(`${name}: a reservation that is withdrawn is as if it had never been`, async () => {
    const { budgets } = await create();
    const charges = [requests('a', 1), tokens('a', 100, 100)] as const;
    for (let n = 0; n < 3; n++) await (await take(budgets, ...charges)).withdraw();
    await take(budgets, ...charges);
  });

  test(`${name}: a day begins with the first use, and what is settled after its end is no gift to the next`, async () => {
    const { budgets, pass } = await create();
    const late = await take(budgets, tokens('a', 1_000, 1_000));
    await pass(DAY_MS - 1_000);
    await refused(budgets, tokens('a', 1_000, 1));
    await pass(1_001);
    await take(budgets, tokens('a', 1_000, 600));
    await late.settle(1);
    await refused(budgets, tokens('a', 1_000, 401));
    await take(budgets, tokens('a', 1_000, 400));
  });

  test(`${name}: what is used by now can be seen, and seeing it uses nothing`, async () => {
    const { budgets, pass } = await create();
    assert.equal(await budgets.used('day', 'a'), 0);
    const first = await take(budgets, tokens('a', 1_000, 900));
    assert.equal(await budgets.used('day', 'a'), 900);
    await first.settle(300);
    assert.equal(await budgets.used('day', 'a'), 300);
    await take(budgets, tokens('a', 1_000, 700));
    assert.equal(await budgets.used('day', 'b'), 0);
    await pass(DAY_MS + 1);
    assert.equal(await budgets.used('day', 'a'), 0);
  });

  test(`${name}: each charge has its own limit, which may change`, async () => {
    const { budgets } = await create();
    await take(budgets, tokens('a', 500, 500));
    await refused(budgets, tokens('a', 500, 1));
    await take(budgets, tokens('a', 800, 300));
    await refused(budgets, tokens('a', 500, 1));
  });
}

async function take(budgets: Budgets, ...charges: Charge[]): Promise<Reservation> {
  const result = await budgets.reserve(charges);
  assert.ok(result.granted, `${charges.map(({ name, per, amount }) => `${amount} a ${per} of ${name}`)}`);
  return result.reservation;
}

/** Returns the wait in seconds. */
async function refused(budgets: Budgets, ...charges: Charge[]): Promise<number> {
  const result = await budgets.reserve(charges);
  assert.ok(!result.granted);
  return result.retryAfterSeconds;
}
