/**
 * Finished answers, kept for who comes back to them. They have bounds: of one client and in all, beyond which the oldest
 * are forgotten first. The ones in the making have bounds of their own, by their size and by their leases.
 */

import type { Generation } from './generation.ts';

interface Kept {
  generation: Generation;
  owner: string;
  size: number;
  until: number;
}

/** Characters of the finished answers of one client, and of all. */
const MAX_OF_CLIENT = 4_000_000;
const MAX_IN_ALL = 64_000_000;
/** What an answer takes besides its events. */
const BASE_SIZE = 1_000;

export class KeptAnswers {
  readonly #keepMs: number;
  readonly #forget: (generation: Generation) => void;
  /** The oldest first, which is also the first whose time is over. */
  readonly #kept = new Set<Kept>();
  readonly #sizes = new Map<string, number>();
  #size = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param forget is called for each answer that is kept no longer */
  constructor(keepMs: number, forget: (generation: Generation) => void) {
    this.#keepMs = keepMs;
    this.#forget = forget;
  }

  add(generation: Generation, owner: string, size: number): void {
    const kept = { generation, owner, size: size + BASE_SIZE, until: performance.now() + this.#keepMs };
    this.#kept.add(kept);
    this.#count(kept, 1);
    for (const old of this.#kept) {
      if ((this.#sizes.get(owner) ?? 0) <= MAX_OF_CLIENT) break;
      if (old.owner === owner) this.#drop(old);
    }
    for (const old of this.#kept) {
      if (this.#size <= MAX_IN_ALL) break;
      this.#drop(old);
    }
    this.#timer ??= this.#wait(this.#keepMs);
  }

  #wait(ms: number): ReturnType<typeof setTimeout> {
    const timer = setTimeout(() => {
      const now = performance.now();
      let next: Kept | undefined;
      for (next of this.#kept) {
        if (next.until > now) break;
        this.#drop(next);
        next = undefined;
      }
      this.#timer = next && this.#wait(next.until - now);
    }, ms);
    // Memory is all it is about: no process stays for it.
    (timer as { unref?(): void }).unref?.();
    return timer;
  }

  #drop(kept: Kept): void {
    this.#kept.delete(kept);
    this.#count(kept, -1);
    this.#forget(kept.generation);
  }

  #count({ owner, size }: Kept, sign: 1 | -1): void {
    this.#size += sign * size;
    const ofClient = (this.#sizes.get(owner) ?? 0) + sign * size;
    if (ofClient > 0) this.#sizes.set(owner, ofClient);
    else this.#sizes.delete(owner);
  }
}
