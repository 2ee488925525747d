/** Budgets in Redis: the limits hold for all processes together. While Redis is away, each process keeps them for itself. */

import RateLimiterRedis from 'rate-limiter-flexible/lib/RateLimiterRedis.js';
import { keys, type Redis, RedisAway, type Script } from '../redis/redis.ts';
import { type Budgets, periods, type ReservationResult } from './budgets.ts';
import type { Charge } from './charges.ts';
import { CountedBudgets } from './counted-budgets.ts';

export class RedisBudgets implements Budgets {
  readonly #shared: Budgets;
  readonly #meanwhile: Budgets;

  /** @param meanwhile the budgets while Redis is away */
  constructor(redis: Redis, meanwhile: Budgets) {
    const storeClient = clientOf(redis);
    const counter = (per: Charge['per']) =>
      new RateLimiterRedis({
        ...{ storeClient, useRedisPackage: true },
        ...{ points: 0, duration: periods[per], keyPrefix: keys.usedIn(per) },
      });
    this.#shared = new CountedBudgets({ minute: counter('minute'), day: counter('day') });
    this.#meanwhile = meanwhile;
  }

  reserve(charges: readonly Charge[]): Promise<ReservationResult> {
    return this.#ask(budgets => budgets.reserve(charges));
  }

  used(per: Charge['per'], name: string): Promise<number> {
    return this.#ask(budgets => budgets.used(per, name));
  }

  async #ask<Reply>(question: (budgets: Budgets) => Promise<Reply>): Promise<Reply> {
    try {
      return await question(this.#shared);
    } catch (error) {
      if (!(error instanceof RedisAway)) throw error;
      return question(this.#meanwhile);
    }
  }
}

/** What the library uses of a Redis client, on the connection that there is: so that what is asked together goes together. */
function clientOf(redis: Redis) {
  const scripts = new Map<string, Script>();
  return {
    eval: (lua: string, { keys, arguments: args }: { keys: string[]; arguments: string[] }) => {
      const script = scripts.get(lua) ?? { lua };
      scripts.set(lua, script);
      return redis.run(script, keys, args);
    },
  };
}
