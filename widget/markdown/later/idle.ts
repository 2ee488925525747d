/** Time that nobody else needs. */

/** The longest that idle work goes on without letting others at it, in milliseconds. */
const sliceMs = 5;

/** Idle time, a slice after another. */
export class IdleTime {
  #sliceEnd = 0;

  /** Goes on at once while there is some left of the slice. */
  async more(): Promise<void> {
    if (performance.now() < this.#sliceEnd) return;
    const leftMs = await nextIdle();
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
