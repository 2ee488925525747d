/** Waits for what takes its time, and no longer. */

import { setTimeout as pause } from 'node:timers/promises';

const WAIT_MS = 5_000;

/** Looks until what it sees passes, but not for ever; returns what it saw last, for the test to judge. */
export async function eventually<Seen>(
  look: () => Promise<Seen>,
  passes: (seen: Seen) => boolean,
  waitMs = WAIT_MS,
): Promise<Seen> {
  const end = performance.now() + waitMs;
  let seen = await look();
  while (!passes(seen) && performance.now() < end) {
    await pause(10);
    seen = await look();
  }
  return seen;
}
