/**
 * The keys of the providers, each used in turn. One that is refused or out of credit rests for a while, longer each time:
 * the others are used meanwhile. Where all of them rest they are no worse than none, and are used all the same when there
 * is nothing else, as somebody may have mended one.
 */

import type { ProviderAccess } from '../config/models.ts';
import type { Secret } from '../config/secret.ts';

const FIRST_REST_MS = 600_000;
const LONGEST_REST_MS = 7_200_000;

export interface Key {
  /** Null for a provider that needs no key. */
  readonly secret: Secret | null;
  /** A time of `now`. */
  restsUntil: number;
  /** How often it was refused since it last worked. */
  refusals: number;
}

export class Keys {
  readonly #now: () => number;
  /** The keys of a provider; the first one is the next. */
  readonly #rings = new Map<ProviderAccess, Key[]>();

  /** @param now the time in milliseconds */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /**
   * The key whose turn it is.
   * @param besides keys that have been tried
   * @param resting whether a key may be taken that rests: the one that has rested longest
   * @returns null where there is none
   */
  take(provider: ProviderAccess, besides: ReadonlySet<Key>, resting: boolean): Key | null {
    const ring = this.#ring(provider);
    const left = ring.filter(key => !besides.has(key));
    const rested = left.find(key => key.restsUntil <= this.#now());
    const key = rested ?? (resting ? left.toSorted((a, b) => a.restsUntil - b.restsUntil)[0] : undefined);
    if (!key) return null;
    ring.push(...ring.splice(ring.indexOf(key), 1));
    return key;
  }

  /** The upstream wants no more of it. */
  refused(key: Key): void {
    // Many requests may hear of one refusal at once.
    if (key.restsUntil > this.#now()) return;
    key.restsUntil = this.#now() + Math.min(FIRST_REST_MS * 2 ** key.refusals, LONGEST_REST_MS);
    key.refusals += 1;
  }

  worked(key: Key): void {
    key.restsUntil = key.refusals = 0;
  }

  #ring(provider: ProviderAccess): Key[] {
    let ring = this.#rings.get(provider);
    if (!ring) {
      const secrets = provider.apiKeys.length > 0 ? provider.apiKeys : [null];
      ring = secrets.map(secret => ({ secret, restsUntil: 0, refusals: 0 }));
      this.#rings.set(provider, ring);
    }
    return ring;
  }
}
