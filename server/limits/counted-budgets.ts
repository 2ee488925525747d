/**
 * Budgets on the counters of rate-limiter-flexible, wherever these keep what they count. It counts and we compare, as
 * one visitor's limit is not another's.
 */

import type { RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible';
import { quietly } from '../redis/quietly.ts';
import type { Budgets, Reservation, ReservationResult } from './budgets.ts';
import type { Charge } from './charges.ts';

export type Counters = Readonly<Record<Charge['per'], RateLimiterAbstract>>;

interface Counted {
  charge: Charge;
  used: number;
  /** When its use is forgotten, as a time of `Date.now()`. */
  until: number;
}

export class CountedBudgets implements Budgets {
  readonly #counters: Counters;

  constructor(counters: Counters) {
    this.#counters = counters;
  }

  /** All is counted before any of it is looked at: two that come together never see the same rest. */
  async reserve(charges: readonly Charge[]): Promise<ReservationResult> {
    const replies = await Promise.allSettled(charges.map(charge => this.#count(charge)));
    const counted = replies.flatMap(reply => (reply.status === 'fulfilled' ? [reply.value] : []));
    const failed = replies.find(reply => reply.status === 'rejected');
    const refused = counted.filter(({ charge, used }) => used > charge.most);
    if (!failed && refused.length === 0) return { granted: true, reservation: this.#reservation(counted) };
    void this.#add(counted, ({ amount }) => -amount);
    if (failed) throw failed.reason;
    const until = Math.max(...refused.map(({ until }) => until));
    return {
      granted: false,
      charge: refused[0]!.charge,
      retryAfterSeconds: (until - Date.now()) / 1_000,
    };
  }

  async used(per: Charge['per'], name: string): Promise<number> {
    // To count nothing is one script in Redis, as all counting is; the library's own way to look is two commands. It has one
    // effect: a day that had not begun begins.
    return (await this.#counters[per].penalty(name, 0)).consumedPoints;
  }

  async #count(charge: Charge): Promise<Counted> {
    const result: RateLimiterRes = await this.#counters[charge.per].penalty(charge.name, charge.amount);
    return { charge, used: result.consumedPoints, until: Date.now() + result.msBeforeNext };
  }

  #reservation(counted: readonly Counted[]): Reservation {
    return {
      settle: tokens => this.#add(counted, ({ per, amount }) => (per === 'day' ? tokens - amount : 0)),
      withdraw: () => this.#add(counted, ({ amount }) => -amount),
    };
  }

  /** What was counted in a time that is over is forgotten already: no later one gets the rest. */
  async #add(counted: readonly Counted[], more: (charge: Charge) => number): Promise<void> {
    await Promise.all(
      counted.map(async ({ charge, until }) => {
        const points = more(charge);
        if (points === 0 || Date.now() >= until) return;
        const counter = this.#counters[charge.per];
        const { name } = charge;
        // What cannot be given back while Redis is away stays used: it errs on the side of who pays.
        await quietly(points > 0 ? counter.penalty(name, points) : counter.reward(name, -points));
      }),
    );
  }
}
