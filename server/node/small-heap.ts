/** How far the heap of this process grows before garbage is looked for. For the command: in a program of others it is theirs. */

import { setFlagsFromString } from 'node:v8';

/**
 * In percent of what was in use after the last time. V8's own measure is up to 300, as a process of a browser soon ends: a
 * proxy with 1,000 answers in the making then holds two to three times what they need, for good, and saves 5 % of the
 * processor (`npm run bench -- --streams 1000 --only pipe,rivulet`).
 */
const GROWTH_PERCENT = 25;

/** Of no effect where the runtime has another engine. */
export function keepHeapSmall(): void {
  try {
    setFlagsFromString(`--heap-growing-percent=${GROWTH_PERCENT}`);
  } catch {
    // Bun and Deno have that function for its name alone.
  }
}
