/** Lets a request in: with a place for its answer and what it may use, or with nothing of both. */

import type { Client } from '../clients/client.ts';
import { ApiError } from '../errors.ts';
import type { Budgets } from './budgets.ts';
import { answerCharges, type UseLimits } from './charges.ts';
import { holdersOf } from './holders.ts';
import type { Lease, LeaseLimits, Leases } from './leases.ts';
import { useRefusal } from './use-refusal.ts';

export interface Limiters {
  leases: Leases;
  budgets: Budgets;
}

export interface Admission {
  lease: Lease;
  /** The answer that had the place and is to be ended; null for a place that was free. */
  takenFrom: string | null;
  /** @param tokens what was used; is called where tokens are limited */
  settle(tokens: () => number): void;
  /** Gives all of it back: the answer does not begin. */
  withdraw(): void;
}

/**
 * @param id of the answer
 * @param tokens what the answer may take at most; is called where tokens are limited
 * @throws ApiError of the first limit that leaves too little: places, then requests, then tokens
 */
export async function admit(
  { leases, budgets }: Limiters,
  client: Client,
  limits: LeaseLimits & UseLimits,
  id: string,
  tokens: () => number,
): Promise<Admission> {
  const charges = answerCharges(client, limits, tokens);
  // Asked in one go, which is one round trip where they are in Redis; what was got in vain is given back.
  const [place, use] = await Promise.all([
    leases.acquire(holdersOf(client, limits), id),
    budgets.reserve(charges),
  ]);
  if (!place.granted) {
    if (use.granted) void use.reservation.withdraw();
    throw new ApiError(place.full === 'holder' ? 'too_many_streams' : 'overloaded');
  }
  const { lease, takenFrom } = place;
  if (!use.granted) {
    void lease.release();
    throw useRefusal(use);
  }
  const { reservation } = use;
  return {
    lease,
    takenFrom,
    settle: used => {
      if (charges.some(({ per }) => per === 'day')) void reservation.settle(used());
    },
    withdraw: () => {
      void lease.release();
      void reservation.withdraw();
    },
  };
}
