/** The processes of the benchmark: an upstream, the loads, and the things to be measured between them. */

import { type ChildProcess, type ForkOptions, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../support/program.ts';
import { caller } from './calls.mjs';

export interface Usage {
  cpuSeconds: number;
  rssBytes: number;
}

/** Something that answers completions on a port of 127.0.0.1. */
export interface Running {
  port: number;
  usage(): Promise<Usage>;
  close(): Promise<void>;
}

export interface Counted {
  events: number;
  /** Milliseconds from an event's being written by the upstream to its being read here. */
  ages: number[];
  errors: Record<string, number>;
}

export interface Load {
  /** Opens streams; resolves to the times to their first events, in milliseconds. Those of `one` end with that. */
  open(
    port: number,
    count: number,
    spreadMs: number,
    model: 'endless' | 'one',
    headers?: Record<string, string>,
  ): Promise<number[]>;
  /** Reads these streams, which another load has opened. */
  follow(port: number, ids: readonly string[]): Promise<void>;
  ids(): Promise<string[]>;
  count(): Promise<void>;
  counted(): Promise<Counted>;
  /** Short streams one after the other until `unprobe`; resolves to the times to their first events. */
  probe(port: number, gapMs: number): Promise<number[]>;
  unprobe(): Promise<void>;
  /** Ends all streams. */
  hangUp(): Promise<void>;
  exit(): Promise<void>;
}

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));

export async function startUpstream(
  eventsPerSecond: number,
): Promise<{ port: number; exit(): Promise<void> }> {
  const child = fork(here('upstream.mjs'), [String(eventsPerSecond)], plain);
  const [{ port }] = await once(child, 'message');
  return { port, exit: () => exit(child) };
}

export function startLoad(): Load {
  const child = fork(here('client.mjs'), plain);
  const call = caller(child);
  return {
    open: (...args) => call('open', ...args),
    follow: (...args) => call('follow', ...args),
    ids: () => call('ids'),
    count: () => call('count'),
    counted: () => call('counted'),
    probe: (...args) => call('probe', ...args),
    unprobe: () => call('unprobe'),
    hangUp: () => call('hangUp'),
    exit: () => exit(child),
  };
}

/** A bare `node:http` pipe to the upstream. */
export async function startPipe(upstreamPort: number): Promise<Running> {
  const child = fork(here('pipe.mjs'), [String(upstreamPort)], plain);
  const [{ port }] = await once(child, 'message');
  return running(child, port);
}

/** The proxy as its command starts it, with limits that let the load through. */
export async function startProxy(upstreamPort: number, settings: object = {}): Promise<Running> {
  const folder = await mkdtemp(join(tmpdir(), 'rivulet-bench-'));
  const config = join(folder, 'rivulet.config.json');
  const models = ['endless', 'one'];
  const bench = { baseUrl: `http://127.0.0.1:${upstreamPort}/v1`, apiKey: 'bench', models };
  const limits = { streamsPerClient: 100_000, streamsTotal: 100_000 };
  await writeFile(config, JSON.stringify({ providers: { bench }, limits, ...settings }));

  const port = await freePort();
  const child = fork(here('../../../server/cli.ts'), ['serve', '--config', config, '--port', String(port)], {
    execArgv: ['--import', 'tsx', '--import', here('meter.mjs')],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let said = '';
  child.stderr!.setEncoding('utf8').on('data', text => (said += text));
  const proxy = running(child, port);
  if (!(await isReady(child, `http://127.0.0.1:${port}/readyz`))) throw new Error(`No proxy: ${said}`);
  return {
    ...proxy,
    close: async () => {
      await proxy.close();
      await rm(folder, { recursive: true });
    },
  };
}

const plain: ForkOptions = { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] };

function running(child: ChildProcess, port: number): Running {
  const call = caller(child);
  return { port, usage: () => call('usage'), close: () => exit(child) };
}

async function isReady(child: ChildProcess, url: string): Promise<boolean> {
  while (child.exitCode === null) {
    const response = await fetch(url).catch(() => null);
    if (response?.ok) return true;
    await pause(50);
  }
  return false;
}

async function exit(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}
