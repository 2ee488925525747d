/**
 * One measurement: so many streams through one target for some seconds, or as fast as they go, or a burst of them; and
 * those whose readers leave, or stay and read nothing.
 */

import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from '../../support/eventually.ts';
import type { Load, Running, Upstream } from './processes.ts';

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

/** What is left of streams that nobody reads; what was not measured is null. */
export interface Leaving {
  /** How many of them the upstream has seen go. */
  seen: string | null;
  /** Milliseconds from their readers' leaving until the upstream has seen the last of them go. */
  lastMs: number | null;
  /** Connections to the upstream, a second later. */
  sockets: number | null;
  /** How much more memory the target has in use than with no streams, by stream. */
  heldBytes: number | null;
}

const nothing: Sample = {
  ...{ first: [], ages: [], events: 0, seconds: 0, cpuSeconds: 0 },
  ...{ bytesPerStream: null, errors: {} },
};

/** Between two probes. */
const PROBE_GAP_MS = 25;
/** For what should take no time at all. */
const PATIENCE_MS = 10_000;
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

/** All of so many readers leave at once: of streams that say something, or of such that have not said anything yet. */
export async function vanish(
  target: Running,
  load: Load,
  upstream: Upstream,
  streams: number,
  model: 'endless' | 'mute',
): Promise<Leaving> {
  await warmUp(target, load);
  await load.ask(target.port, streams, model, target.headers);
  await eventually(upstream.seen, ({ asked }) => asked === streams, PATIENCE_MS);
  const leftAt = await load.hangUp();
  const last = await eventually(upstream.seen, ({ asked }) => asked === 0, PATIENCE_MS);
  await pause(1_000);
  const { sockets } = await upstream.seen();
  const seen = `${streams - last.asked} of ${streams}`;
  return { seen, lastMs: last.asked === 0 ? last.leftAt - leftAt : null, sockets, heldBytes: null };
}

/** So many readers stop reading, while the upstream sends as fast as it is heard. */
export async function stall(
  target: Running,
  load: Load,
  upstream: Upstream,
  streams: number,
): Promise<Leaving> {
  await warmUp(target, load);
  const idle = (await target.held?.()) ?? Number.NaN;
  await load.stall(target.port, streams, 'torrent', target.headers);
  // Until what is on the way has all that it takes.
  let before = -1;
  const isFull = async () => {
    const { sent } = await upstream.seen();
    const full = sent === before;
    before = sent;
    await pause(500);
    return full;
  };
  await eventually(isFull, full => full, PATIENCE_MS);
  const heldBytes = ((await target.held?.()) ?? Number.NaN) - idle;
  await load.hangUp();
  return { seen: null, lastMs: null, sockets: null, heldBytes: heldBytes / streams };
}

/** Code that has never run is slow, and takes memory when it first does. */
async function warmUp(target: Running, load: Load): Promise<void> {
  await load.open(target.port, 100, 500, 'endless', target.headers);
  await pause(2500);
  await load.hangUp();
  // What is measured next is to be alone: also the answers have ended whose clients might have come back.
  await pause(1_300);
}

/** Counts by name, added up. */
export function total(counts: Record<string, number>[]): Record<string, number> {
  const sum: Record<string, number> = {};
  for (const count of counts) for (const [name, n] of Object.entries(count)) sum[name] = (sum[name] ?? 0) + n;
  return sum;
}
