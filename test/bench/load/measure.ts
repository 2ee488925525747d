/** One measurement: so many streams through one target for some seconds, or as fast as they go, or a burst of them. */

import { setTimeout as pause } from 'node:timers/promises';
import type { Load, Running } from './processes.ts';

/** What was not measured is empty or null. */
export interface Sample {
  /** Milliseconds from connecting to the first event, one for each stream that was probed. */
  first: number[];
  /** Milliseconds from the upstream's writing an event to the client's reading it. */
  ages: number[];
  events: number;
  seconds: number;
  cpuSeconds: number;
  /** How much more memory the target held with all streams open than with none, by stream. */
  bytesPerStream: number | null;
  errors: Record<string, number>;
}

const nothing: Sample = {
  ...{ first: [], ages: [], events: 0, seconds: 0, cpuSeconds: 0 },
  ...{ bytesPerStream: null, errors: {} },
};

/** Between two probes. */
const PROBE_GAP_MS = 25;
/** The memory of fewer streams than this is lost in what a process does anyway. */
const LEAST_FOR_MEMORY = 100;

/**
 * Holds `streams` open and counts for `seconds`; then, beside them, `probe` opens short streams for as long.
 * The target is new: its memory tells of these streams alone.
 */
export async function hold(
  target: Running,
  load: Load,
  probe: Load,
  streams: number,
  seconds: number,
): Promise<Sample> {
  await warmUp(target, load);
  const idle = await target.usage();
  await load.count();
  await load.open(target.port, streams, Math.max(1_000, streams), 'endless', target.headers);
  // What opening took is not to be seen in the figures of what is open.
  await pause(500);
  const { errors: opening } = await load.counted();

  await load.count();
  const before = await target.usage();
  const start = performance.now();
  await pause(seconds * 1000);
  const after = await target.usage();
  const { events, ages, errors } = await load.counted();
  const elapsed = (performance.now() - start) / 1000;

  await probe.count();
  const probing = probe.probe(target.port, PROBE_GAP_MS, target.headers);
  await pause(seconds * 1000);
  await probe.unprobe();
  const first = await probing;
  const { errors: probes } = await probe.counted();
  await load.hangUp();

  const enough = streams >= LEAST_FOR_MEMORY;
  return {
    ...{ first, ages, events, seconds: elapsed },
    cpuSeconds: after.cpuSeconds - before.cpuSeconds,
    bytesPerStream: enough ? (after.rssBytes - idle.rssBytes) / streams : null,
    errors: total([opening, errors, probes]),
  };
}

/** Reads `streams` to their ends, as fast as they go. */
export async function flood(target: Running, load: Load, streams: number): Promise<Sample> {
  await warmUp(target, load);
  await load.count();
  const before = await target.usage();
  const start = performance.now();
  await load.flood(target.port, streams, target.headers);
  const seconds = (performance.now() - start) / 1000;
  const after = await target.usage();
  const { events, errors } = await load.counted();
  return { ...nothing, events, seconds, cpuSeconds: after.cpuSeconds - before.cpuSeconds, errors };
}

/** Opens so many short streams within `seconds`, each on a connection of its own. */
export async function burst(target: Running, load: Load, streams: number, seconds: number): Promise<Sample> {
  await warmUp(target, load);
  await load.count();
  const first = await load.open(target.port, streams, seconds * 1000, 'one', target.headers);
  const { errors } = await load.counted();
  return { ...nothing, first, errors };
}

/** Code that has never run is slow, and takes memory when it first does. */
async function warmUp(target: Running, load: Load): Promise<void> {
  await load.open(target.port, 100, 500, 'endless', target.headers);
  await pause(2500);
  await load.hangUp();
  await pause(200);
}

/** Counts by name, added up. */
export function total(counts: Record<string, number>[]): Record<string, number> {
  const sum: Record<string, number> = {};
  for (const count of counts) for (const [name, n] of Object.entries(count)) sum[name] = (sum[name] ?? 0) + n;
  return sum;
}
