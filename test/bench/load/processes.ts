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
  /** Bytes in use without garbage; absent where nobody can tell. */
  held?(): Promise<number>;
  close(): Promise<void>;
}

export interface Upstream {
  port: number;
  /** Its connections, those of them with an unfinished answer, when the last of these was closed (as `hangUp` tells times), and the events of all floods. */
  seen(): Promise<{ sockets: number; asked: number; leftAt: number; sent: number }>;
  exit(): Promise<void>;
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
  /** Asks for so many streams at once, and waits for nothing of them. */
  ask(
    port: number,
    count: number,
    model: 'endless' | 'mute',
    headers?: Record<string, string>,
  ): Promise<void>;
  /** The same, and reads no more of each when it has begun; settles when all have. */
  stall(port: number, count: number, model: 'torrent', headers?: Record<string, string>): Promise<void>;
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
  /** Leaves all streams at once; resolves to when that was, in milliseconds of the machine's clock. */
  hangUp(): Promise<number>;
  exit(): Promise<void>;
}

export const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));

export async function startUpstream(eventsPerSecond: number): Promise<Upstream> {
  const child = fork(here('upstream.mjs'), [String(eventsPerSecond)], plain);
  const [{ port }] = await once(child, 'message');
  const call = caller(child);
  return { port, seen: () => call('seen'), exit: () => exit(child) };
}

export function startLoad(): Load {
  const child = fork(here('client.mjs'), plain);
  const call = caller(child);
  return {
    open: (...args) => call('open', ...args),
    ask: (...args) => call('ask', ...args),
    stall: (...args) => call('stall', ...args),
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
  return { port, usage: () => call('usage'), held: () => call('held'), close: () => exit(child) };
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
