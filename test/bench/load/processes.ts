/** The processes of the benchmark: an upstream, the loads, and programs to be measured between them. */

import { type ChildProcess, type ForkOptions, fork } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { caller } from './calls.mjs';

export interface Usage {
  cpuSeconds: number;
  rssBytes: number;
}

/** Something that answers completions on a port of 127.0.0.1. */
export interface Running {
  port: number;
  /** What a request to it must have besides. */
  headers?: Record<string, string>;
  usage(): Promise<Usage>;
  close(): Promise<void>;
}

export interface Counted {
  events: number;
  /** Milliseconds from an event's being written by the upstream to its being read here; of those read together, one. */
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
  /** Opens so many streams of `flood` at once; settles when all have ended. */
  flood(port: number, count: number, headers?: Record<string, string>): Promise<void>;
  /** Reads these streams, which another load has opened. */
  follow(port: number, ids: readonly string[]): Promise<void>;
  ids(): Promise<string[]>;
  count(): Promise<void>;
  counted(): Promise<Counted>;
  /** Short streams one after the other until `unprobe`; resolves to the times to their first events. */
  probe(port: number, gapMs: number, headers?: Record<string, string>): Promise<number[]>;
  unprobe(): Promise<void>;
  /** Ends all streams. */
  hangUp(): Promise<void>;
  exit(): Promise<void>;
}

export const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));

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
    flood: (...args) => call('flood', ...args),
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

/** A program of Node that answers completions on a port which it was told. */
export async function startNode(
  file: string,
  args: readonly string[],
  port: number,
  { cwd }: { cwd?: string } = {},
): Promise<Running> {
  const child = fork(file, args, {
    execArgv: ['--import', here('meter.mjs')],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    ...(cwd ? { cwd } : {}),
  });
  const call = caller(child);
  await untilListening(child, port);
  return { port, usage: () => call('usage'), close: () => exit(child) };
}

/** @throws when it ends before it listens, with what it said */
export async function untilListening(child: ChildProcess, port: number): Promise<void> {
  let said = '';
  child.stderr!.setEncoding('utf8').on('data', text => (said += text));
  while (child.exitCode === null) {
    const socket = connect(port, '127.0.0.1');
    const listening = await once(socket, 'connect').catch(() => null);
    socket.destroy();
    if (listening) return;
    await pause(50);
  }
  throw new Error(`It does not start: ${said}`);
}

const plain: ForkOptions = { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] };

export async function exit(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}
