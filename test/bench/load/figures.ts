/** What was measured, as cells of a table. */

import { type Leaving, type Sample, total } from './measure.ts';
import type { Cost } from './together.ts';

export const streamColumns = [
  ...['load', 'target'],
  ...['first p50', 'p99 ms', 'added p50', 'p99'],
  ...['token p50', 'p99 ms', 'added p50', 'p99'],
  ...['CPU s/M', 'core %', 'kB/stream', 'events/s', 'errors'],
];

/**
 * @param samples of one target under one load, taken at different times of the run
 * @param direct those of the same load with nothing between: what is added, is added to them. Null in the row of these
 */
export function streamCells(samples: readonly Sample[], direct: readonly Sample[] | null): string[] {
  const events = sum(samples.map(sample => sample.events));
  const seconds = sum(samples.map(sample => sample.seconds));
  const cpuSeconds = direct ? sum(samples.map(sample => sample.cpuSeconds)) : Number.NaN;
  const memory = direct ? samples.flatMap(({ bytesPerStream }) => bytesPerStream ?? []) : [];
  const errors = Object.entries(total(samples.map(sample => sample.errors)));
  return [
    ...times(samples, direct, sample => sample.first, 1),
    ...times(samples, direct, sample => sample.ages, 2),
    figure((cpuSeconds / events) * 1e6, 1),
    figure((cpuSeconds / seconds) * 100, 0),
    figure(percentile(memory, 50) / 1000, 0),
    figure(events / seconds, 0),
    errors.map(([name, count]) => `${count} ${name}`).join(', ') || '0',
  ];
}

export const leavingColumns = ['load', 'target', 'seen', 'last ms', 'sockets left', 'kB held'];

export function leavingCells({ seen, lastMs, sockets, heldBytes }: Leaving): string[] {
  return [
    seen ?? '-',
    figure(lastMs ?? Number.NaN, 0),
    String(sockets ?? '-'),
    figure((heldBytes ?? Number.NaN) / 1000, 0),
  ];
}

export const costColumns = ['load', 'target', 'CPU s/M', "pipe's"];

export function costCells({ cpuSeconds, events }: Cost, pipe: Cost | undefined): string[] {
  const ofPipe = pipe ? pipe.cpuSeconds / pipe.events : Number.NaN;
  return [figure((cpuSeconds / events) * 1e6, 1), figure(cpuSeconds / events / ofPipe, 2)];
}

/** Median and 99th percentile of times, and by how much they are longer than those without anything between. */
function times(
  samples: readonly Sample[],
  direct: readonly Sample[] | null,
  of: (sample: Sample) => number[],
  digits: number,
): string[] {
  const [all, bare] = [samples.flatMap(of), direct?.flatMap(of) ?? []];
  const own = [percentile(all, 50), percentile(all, 99)];
  const added = [own[0]! - percentile(bare, 50), own[1]! - percentile(bare, 99)];
  return [...own, ...added].map(value => figure(value, digits));
}

function figure(value: number, digits: number): string {
  return Number.isFinite(value) ? value.toFixed(digits) : '-';
}

/** By nearest rank; NaN of nothing. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN;
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}
