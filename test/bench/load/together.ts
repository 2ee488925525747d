/**
 * What an event costs several targets that have the same load at the same time. One after the other, each would find the
 * machine otherwise: whether it shares a core with the upstream decides how many events a wake-up brings it, and a
 * neighbour's work what its caches still hold. So all of them find the same, and the ratios hold on a machine that is busy too.
 */

import { setTimeout as pause } from 'node:timers/promises';
import { type Running, startLoad } from './processes.ts';

export interface Cost {
  events: number;
  cpuSeconds: number;
}

/** Until the code of all has been compiled for what it does most. */
const WARM_UP_MS = 10_000;

/** Holds `streams` of each target open, and counts for `seconds`. */
export async function together(
  running: readonly Running[],
  streams: number,
  seconds: number,
): Promise<Cost[]> {
  const loads = running.map(startLoad);
  try {
    await Promise.all(
      loads.map((load, n) => load.open(running[n]!.port, streams, 1_000, 'endless', running[n]!.headers)),
    );
    await pause(WARM_UP_MS);
    await Promise.all(loads.map(load => load.count()));
    const before = await Promise.all(running.map(target => target.usage()));
    await pause(seconds * 1_000);
    const after = await Promise.all(running.map(target => target.usage()));
    const counted = await Promise.all(loads.map(load => load.counted()));
    return counted.map(({ events }, n) => ({
      events,
      cpuSeconds: after[n]!.cpuSeconds - before[n]!.cpuSeconds,
    }));
  } finally {
    await Promise.all(loads.map(load => load.exit()));
  }
}
