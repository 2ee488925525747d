/** Leases in the memory of this process: its limits hold for this process alone. */

import { LEASE_MS, type Lease, type LeaseLimits, type LeaseResult, type Leases } from './leases.ts';

interface Place {
  id: string;
  /** In milliseconds of the clock. */
  endsAt: number;
  offered: boolean;
}

type Places = Set<Place>;

export class MemoryLeases implements Leases {
  readonly #limits: LeaseLimits;
  readonly #now: () => number;
  readonly #all: Places = new Set();
  readonly #byClient = new Map<string, Places>();

  /** @param now a clock in milliseconds that never goes back */
  constructor(limits: LeaseLimits, now: () => number = () => performance.now()) {
    this.#limits = limits;
    this.#now = now;
  }

  get held(): number {
    return this.#all.size;
  }

  async acquire(client: string, id: string): Promise<LeaseResult> {
    // No await before the place is taken: looking and taking are one step.
    const places = this.#byClient.get(client) ?? new Set<Place>();
    this.#endExpired(places, client);
    const full = this.#full(places);
    const offered = full && [...places].find(place => place.offered);
    if (full && !offered) return { granted: false, full };
    if (offered) this.#drop(offered, places, client);

    const place: Place = { id, endsAt: this.#now() + LEASE_MS, offered: false };
    this.#byClient.set(client, places.add(place));
    this.#all.add(place);
    const lease: Lease = {
      renew: async () => {
        place.endsAt = this.#now() + LEASE_MS;
      },
      release: async () => this.#drop(place, places, client),
      offer: async offered => {
        place.offered = offered;
      },
    };
    return { granted: true, lease, takenFrom: offered ? offered.id : null };
  }

  #full(places: Places): 'client' | 'all' | null {
    if (places.size >= this.#limits.streamsPerClient) return 'client';
    if (this.#all.size >= this.#limits.streamsTotal) this.#endAllExpired();
    return this.#all.size >= this.#limits.streamsTotal ? 'all' : null;
  }

  #drop(place: Place, places: Places, client: string): void {
    places.delete(place);
    this.#all.delete(place);
    if (places.size === 0 && this.#byClient.get(client) === places) this.#byClient.delete(client);
  }

  #endExpired(places: Places, client: string): void {
    const now = this.#now();
    for (const place of places) if (place.endsAt <= now) this.#drop(place, places, client);
  }

  #endAllExpired(): void {
    for (const [client, places] of this.#byClient) this.#endExpired(places, client);
  }
}
