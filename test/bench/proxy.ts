/**
 * What the proxy costs, beside the least that a proxy can be (a bare `node:http` pipe) and beside nothing at all,
 * on this machine, in one run, in turn. All of it is started here: `npm run bench -- --streams 1,100,1000 --seconds 5`.
 */

import { availableParallelism, cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { burst, hold, type Sample } from './load/measure.ts';
import { type Running, startLoad, startPipe, startProxy, startUpstream } from './load/processes.ts';
import { type Row, table } from './load/table.ts';

const { values: flags } = parseArgs({
  options: {
    streams: { type: 'string', default: '1,100,1000' },
    seconds: { type: 'string', default: '5' },
    rate: { type: 'string', default: '50' },
    rounds: { type: 'string', default: '2' },
    burst: { type: 'string', default: '1000' },
  },
});
const seconds = Number(flags.seconds);
const rounds = Number(flags.rounds);
const sizes = flags.streams.split(',').map(Number);
const burstSize = Number(flags.burst);

const upstream = await startUpstream(Number(flags.rate));
const load = startLoad();
const probe = startLoad();

type TargetName = 'direct' | 'pipe' | 'proxy';
const targets: Record<TargetName, () => Promise<Running>> = {
  direct: async () => ({
    port: upstream.port,
    usage: async () => ({ cpuSeconds: 0, rssBytes: 0 }),
    close: async () => {},
  }),
  pipe: () => startPipe(upstream.port),
  proxy: () => startProxy(upstream.port),
};
const names: TargetName[] = ['direct', 'pipe', 'proxy'];

console.log(`Rivulet's proxy beside a bare node:http pipe and a direct connection, all on this machine.

first  from connecting to the first event, of short streams opened one after the other beside the load
added  the same, less that of the direct connection
age    from the upstream's writing an event to the client's reading it
CPU    seconds of the target alone for a million events; core: the share of one core it took
kB     resident memory the target gained with all streams open, by stream
All streams have ${flags.rate} events a second, for ${rounds} x ${seconds} s; those of the burst have one. Upstream, two clients and the
target share the cores: where they want more than there is, the figures tell of the queue as well.

${availableParallelism()} cores (${cpus()[0]?.model}), Node ${process.version}, load ${load1()} before the run
`);

const rows: Row[] = [];
try {
  for (const streams of sizes) {
    rows.push(
      ...(await inTurn(`${streams} streams`, streams, target => hold(target, load, probe, streams, seconds))),
    );
  }
  if (burstSize > 0) {
    rows.push(...(await inTurn(`burst of ${burstSize}`, 0, target => burst(target, load, burstSize))));
  }
} finally {
  await Promise.all([upstream.exit(), load.exit(), probe.exit()]);
}
console.log(`\n${table(rows)}\n\nload ${load1()} after the run`);

/** One load on all targets, again and again in turn, so that what else the machine does falls on all of them. */
async function inTurn(
  label: string,
  held: number,
  measure: (target: Running) => Promise<Sample>,
): Promise<Row[]> {
  const samples: Record<TargetName, Sample[]> = { direct: [], pipe: [], proxy: [] };
  for (let round = 0; round < rounds; round++) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      process.stderr.write(`${label}, round ${round + 1} of ${rounds}: ${name}\n`);
      const target = await targets[name]();
      try {
        samples[name].push(await measure(target));
      } finally {
        await target.close();
      }
    }
  }
  return names.map(name => ({
    load: label,
    target: name,
    samples: samples[name],
    direct: name === 'direct' ? null : samples.direct,
    held,
  }));
}

function load1(): string {
  return loadavg()[0]!.toFixed(1);
}
