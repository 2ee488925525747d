/** Leases in the memory of this process: its limits hold for this process alone. */

import { type Holder, LEASE_MS, type Lease, type LeaseResult, type Leases } from './leases.ts';

interface Place {
  id: string;
  /** Those that it is of, the first of them whose answer it is. */
  holders: readonly [Holder, ...Holder[]];
  /** In milliseconds of the clock. */
  endsAt: number;
  offered: boolean;
}

type Places = Set<Place>;

export class MemoryLeases implements Leases {
  readonly #limits: { readonly streamsTotal: number };
  readonly #now: () => number;
  readonly #all: Places = new Set();
  readonly #byHolder = new Map<string, Places>();

  /**
   * @param limits how many places there are in all; looked at each time
   * @param now a clock in milliseconds that never goes back
   */
  constructor(limits: { readonly streamsTotal: number }, now: () => number = () => performance.now()) {
    this.#limits = limits;
    this.#now = now;
  }

  get held(): number {
    return this.#all.size;
  }

  async acquire(holders: readonly [Holder, ...Holder[]], id: string): Promise<LeaseResult> {
    // No await before the place is taken: looking and taking are one step.
    const full = this.#full(holders);
    const offered = full && this.#offered(holders);
    if (full && !offered) return { granted: false, full };
    if (offered) {
      offered.offered = false;
      this.#drop(offered);
    }

    const place: Place = { id, holders, endsAt: 0, offered: false };
    this.#hold(place);
    let released = false;
    const lease: Lease = {
      // One that somebody took over, and then had no use for, is taken again where there is room.
      renew: async () => {
        if (!released && (this.#all.has(place) || !this.#full(holders))) this.#hold(place);
      },
      release: async () => {
        released = true;
        this.#drop(place);
      },
      offer: async offered => {
        place.offered = offered;
      },
    };
    return { granted: true, lease, takenFrom: offered ? offered.id : null };
  }

  #placesOf(name: string): Places {
    return this.#byHolder.get(name) ?? new Set();
  }

  #full(holders: readonly Holder[]): 'holder' | 'all' | null {
    if (holders.some(holder => this.#isFull(holder))) return 'holder';
    const { streamsTotal } = this.#limits;
    if (this.#all.size >= streamsTotal) this.#endExpired(this.#all);
    return this.#all.size >= streamsTotal ? 'all' : null;
  }

  #isFull({ name, streams }: Holder): boolean {
    this.#endExpired(this.#placesOf(name));
    return this.#placesOf(name).size >= streams;
  }

  /** One that makes room where there is none: the answer may be of another address than this one. */
  #offered(holders: readonly [Holder, ...Holder[]]): Place | undefined {
    const full = holders.filter(holder => this.#isFull(holder));
    const isOfUse = ({ offered, holders: [first, ...others] }: Place) =>
      offered &&
      first.name === holders[0].name &&
      full.every(({ name }) => [first, ...others].some(holder => holder.name === name));
    return [...this.#placesOf(holders[0].name)].find(isOfUse);
  }

  #hold(place: Place): void {
    place.endsAt = this.#now() + LEASE_MS;
    for (const { name } of place.holders) this.#byHolder.set(name, this.#placesOf(name).add(place));
    this.#all.add(place);
  }

  #drop(place: Place): void {
    this.#all.delete(place);
    for (const { name } of place.holders) {
      const places = this.#placesOf(name);
      places.delete(place);
      if (places.size === 0) this.#byHolder.delete(name);
    }
  }

  #endExpired(places: Places): void {
    const now = this.#now();
    for (const place of places) if (place.endsAt <= now) this.#drop(place);
  }
}
