/** The benchmark's figures as a table of plain text. */

import { type Sample, total } from './measure.ts';

/** The samples of one target under one load, taken at different times of the run. */
export interface Row {
  load: string;
  target: string;
  samples: Sample[];
  /** The same load with nothing between: what is added, is added to this. Null in the row of that itself. */
  direct: Sample[] | null;
}

const columns = [
  ...['load', 'target'],
  ...['first p50', 'p99 ms', 'added p50', 'p99'],
  ...['token p50', 'p99 ms', 'added p50', 'p99'],
  ...['CPU s/M', 'core %', 'kB/stream', 'events/s', 'errors'],
];

export function table(rows: Row[]): string {
  const lines = [columns, ...rows.map(cells)];
  const widths = columns.map((_, column) => Math.max(...lines.map(line => line[column]!.length)));
  const pad = (cell: string, column: number) =>
    column < 2 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!);
  return lines.map(line => line.map(pad).join('  ').trimEnd()).join('\n');
}

function cells({ load, target, samples, direct }: Row): string[] {
  const events = sum(samples.map(sample => sample.events));
  const seconds = sum(samples.map(sample => sample.seconds));
  const cpuSeconds = direct ? sum(samples.map(sample => sample.cpuSeconds)) : Number.NaN;
  const memory = direct ? samples.flatMap(({ bytesPerStream }) => bytesPerStream ?? []) : [];
  const errors = Object.entries(total(samples.map(sample => sample.errors)));
  return [
    load,
    target,
    ...times(samples, direct, sample => sample.first, 1),
    ...times(samples, direct, sample => sample.ages, 2),
    figure((cpuSeconds / events) * 1e6, 1),
    figure((cpuSeconds / seconds) * 100, 0),
    figure(percentile(memory, 50) / 1000, 0),
    figure(events / seconds, 0),
    errors.map(([name, count]) => `${count} ${name}`).join(', ') || '0',
  ];
}

/** Median and 99th percentile of times, and by how much they are longer than those without anything between. */
function times(
  samples: Sample[],
  direct: Sample[] | null,
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
export function percentile(values: number[], percent: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN;
}

function sum(values: number[]): number {
  return values.reduce((a, b) => a + b, 0);
}
