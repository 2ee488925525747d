/** The older messages of a long conversation come when there is time, and never while somebody types. */

import { IdleTime } from '../markdown/later/idle.ts';

/** None comes for so long after a key, nor after the conversation has opened. */
const QUIET_MS = 500;

/** @param show shows some more; false when there is no more to show */
export async function showOlder(show: () => Promise<boolean>): Promise<void> {
  const done = new AbortController();
  let quietSince = performance.now();
  const onKey = () => (quietSince = performance.now());
  addEventListener('keydown', onKey, { capture: true, signal: done.signal });
  for (let hasMore = true; hasMore; ) {
    // A slice for each alone: most of what it costs comes after it, with the frame.
    await new IdleTime().more();
    if (performance.now() - quietSince > QUIET_MS) hasMore = await show();
  }
  done.abort();
}
