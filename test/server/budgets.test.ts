/** The budgets: one suite for all of them. */

import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, mock, test } from 'node:test';
import { memoryBudgets } from '../../server/limits/memory-budgets.ts';
import { RedisBudgets } from '../../server/limits/redis-budgets.ts';
import { connectRedis } from '../../server/node/redis.ts';
import type { Redis } from '../../server/redis/redis.ts';
import { budgetsSuite } from '../support/budgets-suite.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';

beforeEach(() => mock.timers.enable({ apis: ['Date'] }));
afterEach(() => mock.timers.reset());

budgetsSuite('memory', async () => ({ budgets: memoryBudgets(), pass: async ms => mock.timers.tick(ms) }));

test('memory: clients that were not here for long are forgotten where there are very many, and only they', async () => {
  const budgets = memoryBudgets(100);
  const charge = (name: string, amount: number) =>
    ({ limit: 'tokensPerDay', per: 'day', name, most: 1_000, amount }) as const;
  const first = await budgets.reserve([charge('once', 1_000)]);
  for (let n = 0; n < 300; n++) {
    assert.ok((await budgets.reserve([charge(`address ${n}`, 1), charge('all', 2)])).granted);
  }
  assert.ok(first.granted);
  await first.reservation.settle(0);
  assert.ok((await budgets.reserve([charge('once', 1_000)])).granted, 'forgotten');
  assert.ok(!(await budgets.reserve([charge('once', 1)])).granted, 'and given nothing for what is forgotten');
  assert.ok(!(await budgets.reserve([charge('all', 401)])).granted, 'what is always in use is always known');
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

budgetsSuite('redis', async () => {
  await server.command(['FLUSHALL']);
  return { budgets: new RedisBudgets(redis, memoryBudgets()), pass: letUseAge };
});

/** Ages what was counted, in Redis and for those who remember when it ends: no test waits for a day. */
async function letUseAge(ms: number): Promise<void> {
  mock.timers.tick(ms);
  for (const key of (await server.command(['KEYS', 'rivulet:*'])) as string[]) {
    const left = Number(await server.command(['PTTL', key])) - ms;
    await server.command(left > 0 ? ['PEXPIRE', key, String(left)] : ['DEL', key]);
  }
}

test('redis: two processes share what there is, and while it is away each has its own', async () => {
  await server.command(['FLUSHALL']);
  const [one, other] = [redis, redis].map(redis => new RedisBudgets(redis, memoryBudgets()));
  const charge = { limit: 'tokensPerDay', per: 'day', name: 'a', most: 100, amount: 60 } as const;
  const shared = await one!.reserve([charge]);
  assert.ok(shared.granted);
  assert.ok(!(await other!.reserve([charge])).granted);
  await server.stop();
  const alone = await other!.reserve([charge]);
  assert.ok(alone.granted, 'nobody is shut out by it');
  assert.ok(!(await other!.reserve([charge])).granted, 'and the limit is kept all the same');
  // What Redis has counted is no other counter's to give back.
  await shared.reservation.settle(0);
  assert.ok((await one!.reserve([charge])).granted);
  assert.ok(!(await one!.reserve([{ ...charge, amount: 41 }])).granted);
  const back = new Promise<void>(resolve => redis.onUp(resolve));
  await server.start();
  await back;
});
