/**
 * Places in the limits on concurrent streams. A place is a lease and not a count: one that nobody renews ends by
 * itself, so that no crash, hang or forgotten path can lock a client out.
 */

export interface Lease {
  /** Holds the place for another `LEASE_MS`. */
  renew(): Promise<void>;
  /** Gives the place back. A second release does nothing. */
  release(): Promise<void>;
  /** Whether the client's next answer may take this place when it has no other: nobody reads the one that holds it. */
  offer(offered: boolean): Promise<void>;
}

export type LeaseResult =
  /** `takenFrom`: the answer of this client that had the place and is to be ended; null for a place that was free. */
  | { granted: true; lease: Lease; takenFrom: string | null }
  /** `client`: this client has all its places taken; `all`: the proxy has. */
  | { granted: false; full: 'client' | 'all' };

export interface Leases {
  /** Places that are held through this object, and so by this process. */
  readonly held: number;
  /** Takes a place of `client` for the answer `id`, whole or not at all. */
  acquire(client: string, id: string): Promise<LeaseResult>;
}

export interface LeaseLimits {
  streamsPerClient: number;
  streamsTotal: number;
}

/** A lease ends this long after it was taken or renewed, in milliseconds. */
export const LEASE_MS = 15_000;
/** Three renewals fit into a lease, so that one or two late ones do not end it. */
export const LEASE_RENEWAL_MS = LEASE_MS / 3;
