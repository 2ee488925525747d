/**
 * What the proxy costs, beside what one could have in its place and beside nothing at all, on this machine, in one run, in
 * turn. All of it is started here: `npm run bench -- --streams 100 --seconds 5 --only pipe,rivulet`. Without any flag, a
 * minute of the soak follows.
 */

import { availableParallelism, cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { burst, flood, hold, type Sample } from './load/measure.ts';
import { type Running, startLoad, startUpstream } from './load/processes.ts';
import { type Row, table } from './load/table.ts';
import { type TargetName, targets } from './load/targets.ts';

const { values: flags } = parseArgs({
  options: {
    streams: { type: 'string', default: '1,100,1000,3000' },
    seconds: { type: 'string', default: '5' },
    rate: { type: 'string', default: '50' },
    rounds: { type: 'string', default: '1' },
    flood: { type: 'string', default: '50' },
    burst: { type: 'string', default: '3000' },
    only: { type: 'string', default: Object.keys(targets).join() },
  },
});
const seconds = Number(flags.seconds);
const rounds = Number(flags.rounds);
const sizes = flags.streams.split(',').filter(Boolean).map(Number);
const [floodSize, burstSize] = [Number(flags.flood), Number(flags.burst)];
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

${availableParallelism()} cores (${cpus()[0]?.model}), Node ${process.version}, load ${load1()} before the run
`);

const rows: Row[] = [];
try {
  for (const streams of sizes) {
    await inTurn(`${streams} streams`, target => hold(target, load, probe, streams, seconds));
  }
  if (floodSize > 0) await inTurn(`flood of ${floodSize}`, target => flood(target, load, floodSize));
  if (burstSize > 0) await inTurn(`burst of ${burstSize}`, target => burst(target, load, burstSize, 3));
} finally {
  await Promise.all([upstream.exit(), load.exit(), probe.exit()]);
}
console.log(`\n${table(rows)}\n\nload ${load1()} after the run`);
if (process.argv.length === 2) await import('./soak.ts');

/** One load on all targets, again and again in turn, so that what else the machine does falls on all of them. */
async function inTurn(label: string, measure: (target: Running) => Promise<Sample>): Promise<void> {
  const samples = new Map<TargetName, Sample[]>(names.map(name => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      process.stderr.write(`${label}, round ${round + 1} of ${rounds}: ${name}\n`);
      const target = await targets[name].start(upstream.port);
      if (!target) {
        console.log(`${name} cannot be had on this machine`);
        continue;
      }
      try {
        samples.get(name)!.push(await measure(target));
      } finally {
        await target.close();
      }
    }
  }
  for (const [name, own] of samples) {
    if (own.length === 0) continue;
    const direct = name === 'direct' ? null : samples.get('direct')!;
    rows.push({ load: label, target: name, samples: own, direct });
  }
}

function load1(): string {
  return loadavg()[0]!.toFixed(1);
}
