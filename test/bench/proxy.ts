/**
 * What the proxy costs, beside what one could have in its place and beside nothing at all, on this machine, in one run, in
 * turn. All of it is started here: `npm run bench -- --streams 100 --seconds 5 --only pipe,rivulet`. Without any flag, a
 * minute of the soak follows.
 */

import { availableParallelism, cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import {
  costCells,
  costColumns,
  leavingCells,
  leavingColumns,
  streamCells,
  streamColumns,
} from './load/figures.ts';
import { burst, flood, hold, type Leaving, type Sample, stall, vanish } from './load/measure.ts';
import { type Running, startLoad, startUpstream } from './load/processes.ts';
import { Table } from './load/table.ts';
import { type TargetName, targets } from './load/targets.ts';
import { together } from './load/together.ts';

const { values: flags } = parseArgs({
  options: {
    streams: { type: 'string', default: '1,100,1000,3000' },
    seconds: { type: 'string', default: '5' },
    rate: { type: 'string', default: '50' },
    rounds: { type: 'string', default: '1' },
    flood: { type: 'string', default: '50' },
    burst: { type: 'string', default: '3000' },
    vanish: { type: 'string', default: '500' },
    stalled: { type: 'string', default: '10' },
    together: { type: 'string', default: '100' },
    only: { type: 'string', default: Object.keys(targets).join() },
  },
});
const seconds = Number(flags.seconds);
const rounds = Number(flags.rounds);
const sizes = flags.streams.split(',').filter(Boolean).map(Number);
const [floodSize, burstSize, vanishing, stalled, besides] = [
  Number(flags.flood),
  Number(flags.burst),
  Number(flags.vanish),
  Number(flags.stalled),
  Number(flags.together),
];
const only = flags.only.split(',');
// Whatever is chosen is held against nothing.
const names = (Object.keys(targets) as TargetName[]).filter(name => name === 'direct' || only.includes(name));

const upstream = await startUpstream(Number(flags.rate));
const load = startLoad();
const probe = startLoad();

console.log(`Rivulet's proxy beside others and a direct connection, all on this machine.

${names.map(name => `  ${name.padEnd(9)} ${targets[name].is}`).join('\n')}

first   from connecting to the first event, of short streams opened one after the other beside the load
token   from the upstream's writing an event to the client's reading it; of events read together, the last
added   the same, less that of the direct connection
CPU     seconds of the target alone for a million events; core: the share of one core it took
kB      resident memory the target gained with all streams open, by stream
N streams have ${flags.rate} events a second, for ${rounds} x ${seconds} s; those of the flood 5,000 as fast as they go; those of the
burst, within 3 s, one. Upstream, two clients and the target share the cores: where they want more than there is, the
figures tell of the queue as well.

seen    streams that the upstream has seen go after all their readers left at once, and after how long the last of them
left    connections to the upstream, a second later
held    memory in use, by stream whose reader reads nothing while the upstream sends as fast as it is heard

pipe's  the CPU of an event as a multiple of what it takes the pipe, of all targets under the same load at the same time

${availableParallelism()} cores (${cpus()[0]?.model}), Node ${process.version}, load ${load1()} before the run
`);

const streamTable = new Table(streamColumns);
const leavingTable = new Table(leavingColumns);
const costTable = new Table(costColumns);
try {
  for (const streams of sizes) {
    await compare(`${streams} streams`, target => hold(target, load, probe, streams, seconds));
  }
  if (floodSize > 0) await compare(`flood of ${floodSize}`, target => flood(target, load, floodSize));
  if (burstSize > 0) await compare(`burst of ${burstSize}`, target => burst(target, load, burstSize, 3));
  const ways = [
    ['before a token', 'mute'],
    ['in mid-stream', 'endless'],
  ] as const;
  for (const [when, model] of vanishing > 0 ? ways : []) {
    await leave(`${vanishing} ${when}`, target => vanish(target, load, upstream, vanishing, model));
  }
  if (stalled > 0) await leave(`${stalled} read nothing`, target => stall(target, load, upstream, stalled));
  if (besides > 0) await sideBySide(`${besides} streams`);
} finally {
  await Promise.all([upstream.exit(), load.exit(), probe.exit()]);
}
console.log(`${streamTable.text}${leavingTable.text}${costTable.text}\nload ${load1()} after the run`);
if (process.argv.length === 2) await import('./soak.ts');

/** Prints a row for each target as soon as all its rounds are over. */
async function compare(label: string, measure: (target: Running) => Promise<Sample>): Promise<void> {
  await inTurn(label, rounds, measure, (name, samples, direct) =>
    streamTable.add([label, name, ...streamCells(samples, name === 'direct' ? null : direct)]),
  );
}

async function leave(label: string, measure: (target: Running) => Promise<Leaving>): Promise<void> {
  await inTurn(label, 1, measure, (name, [sample]) =>
    leavingTable.add([label, name, ...leavingCells(sample!)]),
  );
}

/** All under one load at once. */
async function sideBySide(label: string): Promise<void> {
  const chosen = names.filter(name => name !== 'direct');
  process.stderr.write(`${label} of each at the same time: ${chosen.join()}\n`);
  const started = await Promise.all(chosen.map(name => targets[name].start(upstream.port)));
  const there = chosen.filter((_, n) => started[n]);
  const running = started.filter(target => target !== null);
  try {
    const costs = await together(running, besides, 4 * seconds);
    const pipe = costs[there.indexOf('pipe')];
    for (const [n, name] of there.entries()) costTable.add([label, name, ...costCells(costs[n]!, pipe)]);
  } finally {
    await Promise.all(running.map(target => target.close()));
  }
}

/** One load on all targets, again and again in turn, so that what else the machine does falls on all of them. */
async function inTurn<Measured>(
  label: string,
  rounds: number,
  measure: (target: Running) => Promise<Measured>,
  finish: (name: TargetName, samples: readonly Measured[], direct: readonly Measured[]) => void,
): Promise<void> {
  const samples = new Map<TargetName, Measured[]>(names.map(name => [name, []]));
  for (let round = 1; round <= rounds; round++) {
    // The last one begins with nothing between, which all others are held against.
    for (const name of (rounds - round) % 2 === 0 ? names : names.toReversed()) {
      process.stderr.write(`${label}, round ${round} of ${rounds}: ${name}\n`);
      const target = await targets[name].start(upstream.port);
      if (!target) {
        console.log(`${name} cannot be had on this machine`);
        continue;
      }
      const own = samples.get(name)!;
      try {
        own.push(await measure(target));
      } finally {
        await target.close();
      }
      if (round === rounds) finish(name, own, samples.get('direct')!);
    }
  }
}

function load1(): string {
  return loadavg()[0]!.toFixed(1);
}
