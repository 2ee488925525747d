/** The benchmark's figures as a table of plain text. */

import { type Sample, total } from './measure.ts';

/** The samples of one target under one load, taken at different times of the run. */
export interface Row {
  load: string;
  target: string;
  samples: Sample[];
  /** The same load with nothing between: what is added, is added to this. Null in the row of that itself. */
  direct: Sample[] | null;
  /** Streams that were held open; 0 in a burst, which has no more than first events. */
  held: number;
}

/** The memory of fewer streams than this is lost in what a process does anyway. */
const LEAST_FOR_MEMORY = 100;

const columns = [
  'load',
  'target',
  'first p50',
  'p99 ms',
  'added p50',
  'p99 ms',
  'age p50',
  'p99 ms',
  'CPU s/M',
  'core %',
  'kB/stream',
  'events/s',
  'errors',
];

export function table(rows: Row[]): string {
  const lines = [columns, ...rows.map(cells)];
  const widths = columns.map((_, column) => Math.max(...lines.map(line => line[column]!.length)));
  const pad = (cell: string, column: number) =>
    column < 2 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!);
  return lines.map(line => line.map(pad).join('  ')).join('\n');
}

function cells({ load, target, samples, direct, held }: Row): string[] {
  const first = samples.flatMap(sample => sample.first);
  const bare = direct?.flatMap(sample => sample.first) ?? [];
  const ages = samples.flatMap(sample => sample.ages);
  const events = sum(samples.map(sample => sample.events));
  const seconds = sum(samples.map(sample => sample.seconds));
  const cpuSeconds = sum(samples.map(sample => sample.cpuSeconds));
  const grown = percentile(
    samples.map(sample => sample.grownBytes),
    50,
  );
  const errors = Object.entries(total(samples.map(sample => sample.errors)));

  const between = (value: number) => (direct ? value.toFixed(1) : '-');
  const costs = (value: number, digits: number, least = 1) =>
    direct && held >= least ? value.toFixed(digits) : '-';
  return [
    load,
    target,
    percentile(first, 50).toFixed(1),
    percentile(first, 99).toFixed(1),
    between(percentile(first, 50) - percentile(bare, 50)),
    between(percentile(first, 99) - percentile(bare, 99)),
    held > 0 ? percentile(ages, 50).toFixed(1) : '-',
    held > 0 ? percentile(ages, 99).toFixed(1) : '-',
    costs((cpuSeconds / events) * 1e6, 1),
    costs((cpuSeconds / seconds) * 100, 0),
    costs(grown / 1000 / held, 0, LEAST_FOR_MEMORY),
    held > 0 ? (events / seconds).toFixed(0) : '-',
    errors.map(([name, count]) => `${count} ${name}`).join(', ') || '0',
  ];
}

/** By nearest rank; NaN of nothing. */
export function percentile(values: number[], percent: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN;
}

function sum(values: number[]): number {
  return values.reduce((a, b) => a + b, 0);
}
