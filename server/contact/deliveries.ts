/** What is on its way: each thing once, however often it is asked for, and none is dropped when the process ends. */

import { ApiError } from '../errors.ts';

/** More at once is an attack, or a receiver that is down. */
const MOST_RUNNING = 100;
/** Asked for again, these are there already; of more, the oldest are forgotten. */
const MOST_REMEMBERED = 1_000;

export class Deliveries {
  readonly #running = new Map<string, Promise<void>>();
  readonly #delivered = new Set<string>();
  readonly #abort = new AbortController();
  #draining = false;

  /**
   * Settles when it is delivered. It goes on without whoever waits for that.
   * @param id says of two things whether they are the same; one that failed may be tried anew
   * @throws what `deliver` throws; ApiError `overloaded`
   */
  once(id: string, deliver: (signal: AbortSignal) => Promise<void>): Promise<void> {
    if (this.#delivered.has(id)) return Promise.resolve();
    const running = this.#running.get(id);
    if (running) return running;
    if (this.#draining || this.#running.size >= MOST_RUNNING) throw new ApiError('overloaded');
    const begun = deliver(this.#abort.signal)
      .then(() => this.#remember(id))
      .finally(() => this.#running.delete(id));
    begun.catch(() => {});
    this.#running.set(id, begun);
    return begun;
  }

  /** Takes nothing new; settles when all that runs has ended. */
  async drain(): Promise<void> {
    this.#draining = true;
    await Promise.allSettled(this.#running.values());
  }

  /** Fails what is not delivered yet. */
  endAll(): void {
    this.#abort.abort();
  }

  #remember(id: string): void {
    this.#delivered.add(id);
    for (const oldest of this.#delivered) {
      if (this.#delivered.size <= MOST_REMEMBERED) break;
      this.#delivered.delete(oldest);
    }
  }
}
