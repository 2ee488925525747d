/**
 * What is left in the limits on how much: requests of a minute, tokens of a day. Tokens are reserved before an answer
 * begins, as nobody knows what it will take, and settled when that is known.
 */

import type { Charge } from './charges.ts';

export interface Reservation {
  /** Replaces the tokens that were reserved by those that were used. */
  settle(tokens: number): Promise<void>;
  /** Gives all of it back: nothing came of the request. */
  withdraw(): Promise<void>;
}

export type ReservationResult =
  | { granted: true; reservation: Reservation }
  /** `charge`: the first of those for which too little is left. */
  | { granted: false; charge: Charge; retryAfterSeconds: number };

export interface Budgets {
  /** Takes all of the charges, or none. */
  reserve(charges: readonly Charge[]): Promise<ReservationResult>;
  /** What is used by now, and not forgotten yet. */
  used(per: Charge['per'], name: string): Promise<number>;
}

/** How long use is remembered, in seconds. */
export const periods: Readonly<Record<Charge['per'], number>> = { minute: 60, day: 86_400 };
