/** Ends an upstream request that takes too long: to its first token, between two events, or in all. */

import { UpstreamFailure } from './upstream-errors.ts';

/** All in milliseconds. */
export interface Timeouts {
  connectMs: number;
  firstTokenMs: number;
  idleMs: number;
  totalMs: number;
}

export class Timers {
  readonly #timeouts: Timeouts;
  readonly #expire: (failure: UpstreamFailure) => void;
  readonly #total: ReturnType<typeof setTimeout>;
  #silence: ReturnType<typeof setTimeout>;
  #silentSince = performance.now();
  #started = false;
  #suspended = 0;

  /** Begins to count at once. */
  constructor(timeouts: Timeouts, expire: (failure: UpstreamFailure) => void) {
    this.#timeouts = timeouts;
    this.#expire = expire;
    this.#total = setTimeout(() => this.#end(`not finished after ${timeouts.totalMs} ms`), timeouts.totalMs);
    this.#silence = setTimeout(this.#checkSilence, timeouts.firstTokenMs);
  }

  /** Until the first token its own time runs on. Comments that keep the connection alive are no events. */
  eventArrived(hasToken: boolean): void {
    // A note of the time costs less than a new timer for every event; the running timer looks at it when it fires.
    this.#silentSince = performance.now();
    if (this.#started || !hasToken) return;
    this.#started = true;
    clearTimeout(this.#silence);
    this.#silence = setTimeout(this.#checkSilence, this.#timeouts.idleMs);
  }

  /** The upstream is not read until then: its silence says nothing. */
  suspend(until: Promise<void>): void {
    this.#suspended += 1;
    void until.then(() => {
      this.#suspended -= 1;
      this.#silentSince = performance.now();
    });
  }

  stop(): void {
    clearTimeout(this.#total);
    clearTimeout(this.#silence);
  }

  readonly #checkSilence = (): void => {
    const { firstTokenMs, idleMs } = this.#timeouts;
    if (!this.#started) return this.#end(`no token within ${Math.round(firstTokenMs)} ms`);
    const left = this.#suspended > 0 ? idleMs : this.#silentSince + idleMs - performance.now();
    if (left <= 0) this.#end(`silent for ${idleMs} ms`);
    else this.#silence = setTimeout(this.#checkSilence, left);
  };

  #end(reason: string): void {
    this.stop();
    this.#expire(new UpstreamFailure('upstream_timeout', 'again', { reason }));
  }
}
