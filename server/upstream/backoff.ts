/** How long to wait before an upstream that has failed is asked again. */

const FIRST_MS = 300;
/** Whoever waits for longer than this should be told why, and not find out: the error then says how long. */
const LONGEST_MS = 5_000;

/**
 * Twice as long each time, and at random up to half less, so that those who failed together do not come back together.
 * @param failures so far, from 1
 * @param retryAfterSeconds what the upstream asked to wait, if it did
 * @param leftMs how long there is time
 * @returns milliseconds; null where waiting is no use
 */
export function backoffMs(
  failures: number,
  retryAfterSeconds: number | undefined,
  leftMs: number,
): number | null {
  const own = FIRST_MS * 2 ** (failures - 1) * (1 - Math.random() / 2);
  const ms = Math.max(own, (retryAfterSeconds ?? 0) * 1_000);
  return ms <= LONGEST_MS && ms < leftMs ? ms : null;
}
