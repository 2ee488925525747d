/**
 * Places in the limits on concurrent streams. A place is a lease and not a count: one that nobody renews ends by
 * itself, so that no crash, hang or forgotten path can lock a client out.
 */

export interface Lease {
  /** Holds the place for another `LEASE_MS`. */
  renew(): Promise<void>;
  /** Gives the place back. A second release does nothing. */
  release(): Promise<void>;
  /** Whether the first holder's next answer may take this place when it has no other: nobody reads the one that has it. */
  offer(offered: boolean): Promise<void>;
}

export type LeaseResult =
  /** `takenFrom`: the answer of the first holder that had the place and is to be ended; null for a place that was free. */
  | { granted: true; lease: Lease; takenFrom: string | null }
  /** `holder`: one of the holders has all its places taken; `all`: the proxy has. */
  | { granted: false; full: 'holder' | 'all' };

/** Who has a number of places. */
export interface Holder {
  name: string;
  /** Most places it may have. */
  streams: number;
}

export interface Leases {
  /** Places that are held through this object, and so by this process. */
  readonly held: number;
  /**
   * Takes a place of each holder for the answer `id`, of all of them or of none. The first holder is whose answer it is:
   * a place that is offered is taken over only by whom it is of.
   */
  acquire(holders: readonly [Holder, ...Holder[]], id: string): Promise<LeaseResult>;
}

export interface LeaseLimits {
  /** Of a visitor, and of an address without a session. */
  streamsPerClient: number;
  /** Of all visitors of an address together; absent: as many as one of them. */
  streamsPerAddress?: number | undefined;
  streamsTotal: number;
}

/** A lease ends this long after it was taken or renewed, in milliseconds. */
export const LEASE_MS = 15_000;
/** Three renewals fit into a lease, so that one or two late ones do not end it. */
export const LEASE_RENEWAL_MS = LEASE_MS / 3;
