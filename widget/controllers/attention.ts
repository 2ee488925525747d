/** Whether the visitor is there and has a network, as the browser tells it. */

import type { Attention } from '../client/attention.ts';

/** Hidden for longer than this, in milliseconds, a page may have slept, and its connections died. */
const LONG_AWAY_MS = 5_000;

/** Somebody who looks on in another tab says so when there is something to wait for: for longer than all attempts take. */
const WOKEN_MS = 90_000;

const woken = new EventTarget();
let wokenUntil = 0;

/** A visitor is there, though not in this tab. */
export function wake(): void {
  wokenUntil = Date.now() + WOKEN_MS;
  woken.dispatchEvent(new Event('woken'));
}

const isSeen = () => document.visibilityState === 'visible' || Date.now() < wokenUntil;
const isAwake = () => isSeen() && navigator.onLine;

export const attention: Attention = {
  async awake(signal) {
    while (!isAwake() && !signal.aborted) await changed(signal);
  },

  async pause(ms, signal) {
    const over = AbortSignal.any([signal, AbortSignal.timeout(ms)]);
    if (!over.aborted) await Promise.race([aborted(over), changed(over)]);
  },

  onDoubt(doubted, signal) {
    let hiddenSince = document.hidden ? Date.now() : Infinity;
    const look = () => {
      if (document.hidden) hiddenSince = Date.now();
      else if (Date.now() - hiddenSince > LONG_AWAY_MS) doubted();
    };
    document.addEventListener('visibilitychange', look, { signal });
    document.addEventListener('resume', doubted, { signal });
    addEventListener('online', doubted, { signal });
    addEventListener('pageshow', event => event.persisted && doubted(), { signal });
  },
};

/** Fulfilled with the next change, or when the signal is aborted. */
async function changed(signal: AbortSignal): Promise<void> {
  const over = new AbortController();
  const any = AbortSignal.any([signal, over.signal]);
  await new Promise<void>(resolve => {
    document.addEventListener('visibilitychange', () => resolve(), { signal: any });
    addEventListener('online', () => resolve(), { signal: any });
    woken.addEventListener('woken', () => resolve(), { signal: any });
    any.addEventListener('abort', () => resolve());
  });
  over.abort();
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise(resolve => signal.addEventListener('abort', () => resolve()));
}
