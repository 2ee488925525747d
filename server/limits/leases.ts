/**
 * Places in the limits on concurrent streams. A place is a lease and not a count: one that nobody renews ends by
 * itself, so that no crash, hang or forgotten path can lock a client out.
 */

export interface Lease {
  /** Holds the place for another `LEASE_MS`. */
  renew(): Promise<void>;
  /** Gives the place back. A second release does nothing. */
  release(): Promise<void>;
}

export type LeaseResult =
  | { granted: true; lease: Lease }
  /** `client`: this client has all its places taken; `all`: the proxy has. */
  | { granted: false; full: 'client' | 'all' };

export interface Leases {
  /** Takes a place for `client`, whole or not at all. */
  acquire(client: string): Promise<LeaseResult>;
}

export interface LeaseLimits {
  streamsPerClient: number;
  streamsTotal: number;
}

/** A lease ends this long after it was taken or renewed, in milliseconds. */
export const LEASE_MS = 15_000;
/** Three renewals fit into a lease, so that one or two late ones do not end it. */
export const LEASE_RENEWAL_MS = LEASE_MS / 3;
