/** Budgets in the memory of this process: its limits hold for this process alone, and end with it. */

import type { RateLimiterRes } from 'rate-limiter-flexible';
import RateLimiterMemory from 'rate-limiter-flexible/lib/RateLimiterMemory.js';
import { type Budgets, periods } from './budgets.ts';
import { CountedBudgets } from './counted-budgets.ts';

/**
 * Most clients that each counter remembers, at some 500 bytes each. Beyond it, those are forgotten that have not asked for
 * longest: an attacker with a network of addresses fills no memory, and what holds for the whole site still holds.
 */
const MOST_NAMES = 100_000;

/** @param mostNames for tests, which have fewer */
export function memoryBudgets(mostNames = MOST_NAMES): Budgets {
  return new CountedBudgets({
    minute: new BoundedCounter(periods.minute, mostNames),
    day: new BoundedCounter(periods.day, mostNames),
  });
}

class BoundedCounter extends RateLimiterMemory {
  readonly #mostNames: number;
  /** Those that have asked lately, and before: a list in order would cost more than what it is of. */
  #lately = new Set<string>();
  #before = new Set<string>();

  constructor(duration: number, mostNames: number) {
    super({ points: 0, duration, keyPrefix: '' });
    this.#mostNames = mostNames;
  }

  override penalty(name: string, points?: number): Promise<RateLimiterRes> {
    this.#lately.add(name);
    if (this.#lately.size > this.#mostNames / 2) this.#forgetSome();
    return super.penalty(name, points);
  }

  /** Who was forgotten gets nothing back: it would be more than there ever was. */
  override async reward(name: string, points?: number): Promise<RateLimiterRes> {
    const known = this.#lately.has(name) || this.#before.has(name);
    return super.reward(name, known ? points : 0);
  }

  #forgetSome(): void {
    for (const name of this.#before) if (!this.#lately.has(name)) void this.delete(name);
    this.#before = this.#lately;
    this.#lately = new Set();
  }
}
