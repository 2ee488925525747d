/**
 * What resuming costs: the CPU of an event with it on and with it off, in turn in one run; and what a token waits for when
 * Redis is there, for readers of the process that makes the answer and of another one.
 * `node --import tsx test/bench/resume.ts --streams 100 --seconds 5`
 */

import { parseArgs } from 'node:util';
import { setTimeout as pause } from 'node:timers/promises';
import { startRedis } from '../support/redis.ts';
import { type Running, startLoad, startUpstream } from './load/processes.ts';
import { percentile } from './load/figures.ts';
import { startProxy } from './load/targets.ts';

const { values: flags } = parseArgs({
  options: {
    streams: { type: 'string', default: '100' },
    seconds: { type: 'string', default: '5' },
    rate: { type: 'string', default: '50' },
    rounds: { type: 'string', default: '4' },
  },
});
const streams = Number(flags.streams);
const seconds = Number(flags.seconds);
const resumes = { 'Rivulet-Resume': '1' };

const upstream = await startUpstream(Number(flags.rate));
const redis = await startRedis();
const load = startLoad();
const elsewhere = startLoad();

try {
  await cost();
  await delay();
} finally {
  await Promise.all([upstream.exit(), load.exit(), elsewhere.exit()]);
  await redis.close();
}

/** One process, as long answers are on their way; each round measures both ways, in changing order. */
async function cost(): Promise<void> {
  const proxy = await startProxy(upstream.port, unlimited());
  const ways = [
    { name: 'off', headers: {} },
    { name: 'on', headers: resumes },
  ];
  const microseconds: Record<string, number[]> = { off: [], on: [] };
  for (let round = -1; round < Number(flags.rounds); round++) {
    for (const { name, headers } of round % 2 ? ways : ways.toReversed()) {
      await load.open(proxy.port, streams, 500, 'endless', headers);
      await pause(500);
      await load.count();
      const before = await proxy.usage();
      await pause(seconds * 1_000);
      const after = await proxy.usage();
      const { events } = await load.counted();
      await load.hangUp();
      await pause(200);
      // The first round warms up.
      if (round >= 0) microseconds[name]!.push(((after.cpuSeconds - before.cpuSeconds) / events) * 1e6);
    }
  }
  await proxy.close();
  const [off, on] = [percentile(microseconds.off!, 50), percentile(microseconds.on!, 50)];
  console.log(`CPU per event at ${streams} streams, ${flags.rate} events a second each, median of ${flags.rounds} rounds of ${seconds} s:
  resuming off  ${off.toFixed(1)} µs   (${microseconds.off!.map(us => us.toFixed(1)).join(' ')})
  resuming on   ${on.toFixed(1)} µs   (${microseconds.on!.map(us => us.toFixed(1)).join(' ')})
  ratio         ${(on / off).toFixed(2)}
`);
}

async function delay(): Promise<void> {
  const alone = await startProxy(upstream.port, unlimited());
  const withRedis = () => startProxy(upstream.port, { ...unlimited(), redisUrl: redis.url });
  const [here, there] = [await withRedis(), await withRedis()];

  const without = await agesAt(alone);
  await load.hangUp();
  const own = await agesAt(here);
  const ids = await load.ids();
  await elsewhere.follow(there.port, ids);
  await pause(1_000);
  await Promise.all([load.count(), elsewhere.count()]);
  const usage = await here.usage();
  await pause(seconds * 1_000);
  const ownRead = (await load.counted()).ages;
  const remote = (await elsewhere.counted()).ages;
  const cpu = ((await here.usage()).cpuSeconds - usage.cpuSeconds) / ownRead.length;
  await Promise.all([load.hangUp(), elsewhere.hangUp()]);
  await Promise.all([alone, here, there].map(proxy => proxy.close()));

  const row = (name: string, ages: number[]) =>
    `  ${name.padEnd(46)} ${percentile(ages, 50).toFixed(2).padStart(6)} ${percentile(ages, 99).toFixed(2).padStart(7)}   ${ages.length}`;
  console.log(`Age of a token when its reader has it, ms, at ${streams} streams:                p50     p99   events
${row('memory alone', without)}
${row('Redis, read where it is made', own)}
${row('the same, while all are read elsewhere as well', ownRead)}
${row('Redis, read on the other process', remote)}
  added by Redis, on the other process: ${(percentile(remote, 50) - percentile(without, 50)).toFixed(2)} ms (p50), ${(percentile(remote, 99) - percentile(without, 99)).toFixed(2)} ms (p99)
  CPU of the process that makes them: ${(cpu * 1e6).toFixed(1)} µs an event`);
}

async function agesAt(proxy: Running): Promise<number[]> {
  await load.open(proxy.port, streams, 500, 'endless', resumes);
  await pause(1_500);
  await load.count();
  await pause(seconds * 1_000);
  return (await load.counted()).ages;
}

function unlimited(): object {
  return { resume: { graceSeconds: 1, keepSeconds: 1 } };
}
