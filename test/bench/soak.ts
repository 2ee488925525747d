/**
 * Whether the proxy can be left alone for long: clients that do whatever comes to their minds at an upstream that fails in
 * many ways, all of them real processes. Afterwards both sides have counted the same, nothing is left open, and memory is
 * as it was. `npm run soak -- --minutes 60`; without the flag, for a minute.
 */

import { parseArgs } from 'node:util';
import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from '../support/eventually.ts';
import { upstreamSettings } from '../support/proxy.ts';
import { startProxyProcess } from '../support/proxy-process.ts';
import { seededRandom } from '../support/random.ts';
import { startUpstream } from '../support/start-upstream.ts';
import { acts, models } from './soak/acts.ts';
import { type Counts, count, list, same, total } from './soak/counts.ts';
import { type Figures, readFigures, slope } from './soak/figures.ts';

const { values: flags } = parseArgs({
  options: {
    minutes: { type: 'string', default: '1' },
    clients: { type: 'string', default: '30' },
    seed: { type: 'string', default: '1' },
  },
});
const minutes = Number(flags.minutes);
const clients = Number(flags.clients);
/** Of one row of the table, in seconds. */
const ROW_SECONDS = minutes < 10 ? 10 : 60;
/** Until the engine has compiled and grown what it wants. */
const WARM_UP = 1 / 4;
/** What only a fault may take: a machine that has much else to do lets all of its processes wait for seconds. */
const SILENCE_MS = 10_000;
const GRACE_SECONDS = 20;
const KEEP_SECONDS = 10;
const token = 'the token of the soak';

const upstream = await startUpstream();
const proxy = await startProxyProcess(
  upstreamSettings(upstream.url, models, {
    retries: 0,
    limits: { streamsPerClient: 1_000 },
    timeouts: { firstTokenMs: SILENCE_MS, idleMs: SILENCE_MS, pingMs: 500 },
    resume: { graceSeconds: GRACE_SECONDS, keepSeconds: KEEP_SECONDS },
    metrics: { token },
  }),
  // What the heap has after it is what is held.
  { nodeArguments: ['--expose-gc', '--import', 'data:text/javascript,setInterval(gc, 5_000).unref()'] },
);
let until = performance.now() + minutes * 60_000;
// Ended by hand, it tells of what it has seen so far.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => (until = 0));
const figures = () => readFigures(proxy.url, token);
const faults: string[] = [];
const check = (promise: string, holds: boolean) => {
  console.log(`${holds ? 'yes' : 'NO '}  ${promise}`);
  if (!holds) faults.push(promise);
};

try {
  const before = await figures();
  const seen: Seen = { acts: {}, ends: {} };
  console.log(`${clients} clients for ${minutes} min, seed ${flags.seed}
heap: the least of each ${ROW_SECONDS} s; garbage is collected every 5 s\n
${['min', 'heap MB', 'RSS MB', 'running', 'files', 'timers', 'answers'].map(cell => cell.padStart(9)).join('')}`);
  const rows = watch();
  await Promise.all(Array.from({ length: clients }, (_, n) => behave(n, seen)));
  const heaps = (await rows).slice(Math.ceil((await rows).length * WARM_UP));

  // Those that nobody has come back to end with their grace, and what was kept is forgotten.
  await eventually(figures, ({ running }) => running === 0, GRACE_SECONDS * 1_000 + 5_000);
  await pause(KEEP_SECONDS * 1_000);
  const after = await figures();
  const { requests, answering, open, unused } = await upstream.stats();

  console.log(
    `\nWhat clients did:\n${list(seen.acts)}\nHow answers ended, as clients know:\n${list(seen.ends)}\n`,
  );
  const { refused = 0, ...ends } = seen.ends;
  const perMinute = slope(heaps) * (60 / ROW_SECONDS);
  const growth = (perMinute * heaps.length * (ROW_SECONDS / 60)) / Math.min(...heaps);
  check(`the proxy has counted the same ends: ${JSON.stringify(after.ended)}`, same(after.ended, ends));
  check(`the upstream was asked as often as answers have ended: ${requests}`, requests === total(ends));
  // Each of these acts asks for two things that there are not.
  check(`the proxy has counted the same refusals: ${after.refused}`, after.refused === 2 * refused);
  check(`no answer goes on: ${after.running} here, ${answering} there`, after.running + answering === 0);
  check(`no place is held: ${after.leases}`, after.leases === 0);
  check(`no connection was made in vain: ${unused}`, unused === 0);
  const files = after.openFiles - before.openFiles;
  check(`what is open are idle connections to the upstream: ${files} of ${open}`, files <= open);
  check(`no timer is left: ${after.timers}, before ${before.timers}`, after.timers <= before.timers);
  const flatness = `the heap's slope is ${(perMinute / 1e3).toFixed(0)} kB a minute, ${(growth * 100).toFixed(1)} % over the run`;
  if (minutes < 10) console.log(`     ${flatness}: too short to say whether memory is flat`);
  else check(`memory is flat: ${flatness}`, growth < 0.1);
} finally {
  await proxy.close();
  await upstream.close();
}
if (faults.length > 0) process.exitCode = 1;

interface Seen {
  acts: Counts;
  ends: Counts;
}

/** One client: one act after the other. */
async function behave(n: number, seen: Seen): Promise<void> {
  const random = seededRandom(Number(flags.seed) * 1_000 + n);
  const names = Object.keys(acts);
  while (performance.now() < until) {
    const name = names[Math.floor(random() * names.length)]!;
    try {
      const end = await acts[name]!({ url: `${proxy.url}/v1`, random });
      count(seen.acts, name);
      count(seen.ends, end);
    } catch (error) {
      check(`a client that ${name}: ${String(error)}`, false);
    }
    await pause(random() * 200);
  }
}

/** Prints a row for each of so many seconds. @returns their heaps, in bytes */
async function watch(): Promise<number[]> {
  const heaps: number[] = [];
  for (let row = 1; performance.now() < until; row++) {
    const samples: Figures[] = [];
    const end = performance.now() + ROW_SECONDS * 1_000;
    while (performance.now() < Math.min(until, end)) {
      samples.push(await figures());
      await pause(500);
    }
    const heap = Math.min(...samples.map(({ heapBytes }) => heapBytes));
    const { rssBytes, running, openFiles, timers, ended } = samples.at(-1)!;
    const cells = [(row * ROW_SECONDS) / 60, heap / 1e6, rssBytes / 1e6].map(cell => cell.toFixed(1));
    cells.push(...[running, openFiles, timers, total(ended)].map(String));
    console.log(cells.map(cell => cell.padStart(9)).join(''));
    heaps.push(heap);
  }
  return heaps;
}
