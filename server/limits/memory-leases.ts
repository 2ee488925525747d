/** Leases in the memory of this process: its limits hold for this process alone. */

import { LEASE_MS, type Lease, type LeaseLimits, type LeaseResult, type Leases } from './leases.ts';

/** Each live lease and when it ends, in milliseconds of the clock. */
type Places = Map<Lease, number>;

export class MemoryLeases implements Leases {
  readonly #limits: LeaseLimits;
  readonly #now: () => number;
  readonly #all: Places = new Map();
  readonly #byClient = new Map<string, Places>();

  /** @param now a clock in milliseconds that never goes back */
  constructor(limits: LeaseLimits, now: () => number = () => performance.now()) {
    this.#limits = limits;
    this.#now = now;
  }

  async acquire(client: string): Promise<LeaseResult> {
    // No await before the place is taken: looking and taking are one step.
    const places = this.#byClient.get(client) ?? new Map<Lease, number>();
    this.#endExpired(places, client);
    if (places.size >= this.#limits.streamsPerClient) return { granted: false, full: 'client' };
    if (this.#all.size >= this.#limits.streamsTotal) this.#endAllExpired();
    if (this.#all.size >= this.#limits.streamsTotal) return { granted: false, full: 'all' };

    const lease: Lease = {
      renew: async () => {
        if (this.#all.has(lease)) this.#hold(lease, places);
      },
      release: async () => this.#drop(lease, places, client),
    };
    this.#byClient.set(client, places);
    this.#hold(lease, places);
    return { granted: true, lease };
  }

  #hold(lease: Lease, places: Places): void {
    const endsAt = this.#now() + LEASE_MS;
    places.set(lease, endsAt);
    this.#all.set(lease, endsAt);
  }

  #drop(lease: Lease, places: Places, client: string): void {
    places.delete(lease);
    this.#all.delete(lease);
    if (places.size === 0 && this.#byClient.get(client) === places) this.#byClient.delete(client);
  }

  #endExpired(places: Places, client: string): void {
    const now = this.#now();
    for (const [lease, endsAt] of places) if (endsAt <= now) this.#drop(lease, places, client);
  }

  #endAllExpired(): void {
    for (const [client, places] of this.#byClient) this.#endExpired(places, client);
  }
}
