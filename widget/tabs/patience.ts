/** How long a tab waits for the owner: it asks again each second, and gives it up after three without a sign. */

const AGAIN_MS = 1000;
/** Tabs that wait together do not give up together: the first to lead is a sign for the others. */
const SPREAD_MS = 200;
const TRIES = 3;

export class Patience {
  readonly #again: () => void;
  readonly #giveUp: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  // Not a time: a tab that was asleep itself has not waited.
  #tries = 0;

  constructor(again: () => void, giveUp: () => void) {
    this.#again = again;
    this.#giveUp = giveUp;
  }

  wait(): void {
    this.#timer ??= setTimeout(() => this.#tick(), AGAIN_MS + Math.random() * SPREAD_MS);
  }

  /** A sign of the owner. */
  heard(): void {
    this.#tries = 0;
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#tries = 0;
  }

  #tick(): void {
    this.#timer = undefined;
    this.#tries += 1;
    if (this.#tries < TRIES) return this.#again();
    this.#tries = 0;
    this.#giveUp();
  }
}
