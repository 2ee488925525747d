/** The lock that one tab of several has: the owner's. The others stand in its queue as long as they live. */

/** Long enough for a tab that is drawing to answer. */
const ANSWER_MS = 200;

export interface Outcomes {
  granted(): void;
  /** Another tab has taken it. */
  taken(): void;
  /** There are no locks here, as in a sandboxed frame or where a browser refuses all storage. */
  refused(): void;
}

export class OwnerLock {
  readonly #name: string;
  readonly #outcomes: Outcomes;
  #request = new AbortController();
  #isHeld = false;

  constructor(name: string, outcomes: Outcomes) {
    this.#name = name;
    this.#outcomes = outcomes;
  }

  /** Stands in the queue, at its end; or takes the lock from whoever has it. */
  request(steal = false): void {
    this.release();
    const { signal } = (this.#request = new AbortController());
    const hold = () =>
      new Promise<void>(release => {
        if (signal.aborted) return release();
        signal.addEventListener('abort', () => release());
        this.#isHeld = true;
        this.#outcomes.granted();
      });
    navigator.locks.request(this.#name, steal ? { steal } : { signal }, hold).catch((error: DOMException) => {
      if (signal.aborted) return;
      if (error.name === 'AbortError') this.#outcomes.taken();
      else this.#outcomes.refused();
    });
  }

  /** Gives it back, or leaves the queue. */
  release(): void {
    this.#isHeld = false;
    this.#request.abort();
  }

  /**
   * Calls back if this tab has the lock still. A tab that was asleep hears that its lock was taken before it hears
   * this answer. With `patient`, tabs in the queue have time before to say what they know.
   */
  async confirm(confirmed: () => void, patient = false): Promise<void> {
    const { signal } = this.#request;
    if (!this.#isHeld) return;
    const { pending } = await navigator.locks.query();
    if (signal.aborted) return;
    if (!patient || !pending?.some(({ name }) => name === this.#name)) return confirmed();
    const timer = setTimeout(confirmed, ANSWER_MS);
    signal.addEventListener('abort', () => clearTimeout(timer));
  }
}
