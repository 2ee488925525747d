/** Time that nobody else needs. */

/** The longest that idle work goes on without letting others at it, in milliseconds. */
const sliceMs = 5;

/** Idle time, a slice after another, until a signal ends it. */
export class IdleTime {
  readonly #signal: AbortSignal | undefined;
  #sliceEnd = 0;

  constructor(signal?: AbortSignal) {
    this.#signal = signal;
  }

  /** Goes on at once while there is some left of the slice; rejects once the work is not wanted any more. */
  async more(): Promise<void> {
    this.#signal?.throwIfAborted();
    if (performance.now() < this.#sliceEnd) return;
    const leftMs = await nextIdle();
    this.#signal?.throwIfAborted();
    this.#sliceEnd = performance.now() + Math.min(sliceMs, leftMs);
  }
}

function nextIdle(): Promise<number> {
  return new Promise(resolve => {
    // Safari has no idle callbacks.
    if (typeof requestIdleCallback === 'undefined') setTimeout(() => resolve(sliceMs), 20);
    else requestIdleCallback(deadline => resolve(deadline.timeRemaining()));
  });
}
