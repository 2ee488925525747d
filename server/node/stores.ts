/** What all requests of a process share, and those of several processes where there is a Redis: answers, and what limits them. */

import type { Config } from '../config/config.ts';
import { Generations } from '../generations/generations.ts';
import { RedisAnswers } from '../generations/redis-answers.ts';
import type { Limiters } from '../limits/admission.ts';
import { memoryBudgets } from '../limits/memory-budgets.ts';
import { MemoryLeases } from '../limits/memory-leases.ts';
import { RedisBudgets } from '../limits/redis-budgets.ts';
import { RedisLeases } from '../limits/redis-leases.ts';
import type { Redis } from '../redis/redis.ts';

export interface Stores extends Limiters {
  generations: Generations;
}

/** @param config the settings that hold now: what they say of times and of all places may change */
export function openStores(config: () => Config, redis: Redis | null): Stores {
  const places = {
    get streamsTotal() {
      return config().limits.streamsTotal;
    },
  };
  const keepMs = config().resume.keepSeconds * 1_000;
  const leases = new MemoryLeases(places);
  const budgets = memoryBudgets();
  if (!redis) return { leases, budgets, generations: new Generations(keepMs) };
  const times = {
    get answerMs() {
      return config().timeouts.totalMs;
    },
    keepMs,
  };
  return {
    leases: new RedisLeases(redis, places, leases),
    budgets: new RedisBudgets(redis, budgets),
    generations: new Generations(keepMs, new RedisAnswers(redis, times)),
  };
}
