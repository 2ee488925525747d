/** Runs a program as a person at a terminal would, and reads what it says. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { providers } from '../../server/config/providers.ts';

/** An environment without the keys and settings of whoever runs the tests. */
export const noSettings = Object.fromEntries(
  [
    'PORT',
    'HOST',
    'ALLOWED_ORIGINS',
    'DEFAULT_MODEL',
    'SYSTEM_PROMPT',
    'REDIS_URL',
    'SESSION_SECRET',
    'METRICS_TOKEN',
  ]
    .concat(
      ['http_proxy', 'https_proxy', 'all_proxy', 'no_proxy'].flatMap(name => [name, name.toUpperCase()]),
    )
    .concat(
      providers.flatMap(({ name, keyVariable }) => [
        keyVariable,
        `${keyVariable}_FILE`,
        `${name.toUpperCase()}_BASE_URL`,
      ]),
    )
    .map(name => [name, undefined]),
);

export interface ProgramOptions {
  cwd: string;
  /** Added to the environment; `undefined` takes a variable out of it. */
  env?: Record<string, string | undefined>;
}

export interface Program {
  pid: number;
  /** Waits until it has said something, on either output, and returns all that it has said. */
  says(pattern: RegExp): Promise<string>;
  /** Sends a signal to this process alone. */
  signal(name: NodeJS.Signals): void;
  /** Sends a signal to it and all that it has started, as Ctrl-C does, and waits for the end of all of them. */
  end(signal?: NodeJS.Signals): Promise<Ended>;
  ended: Promise<Ended>;
}

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

export function start(command: string, args: string[], options: ProgramOptions): Program {
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', text => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', text => (stderr += text));
  // Both outputs close when the last process that holds them is gone.
  const ended = once(child, 'close').then(([code]): Ended => ({ code, stdout, stderr }));

  return {
    pid: child.pid!,
    says: pattern =>
      new Promise((resolve, reject) => {
        const look = () => pattern.test(stdout + stderr) && resolve(stdout + stderr);
        child.stdout.on('data', look);
        child.stderr.on('data', look);
        look();
        ended.then(() => reject(new Error(`${command} never said ${pattern}:\n${stdout}${stderr}`)), reject);
      }),
    signal: name => void child.kill(name),
    end: (signal = 'SIGTERM') => {
      try {
        process.kill(-child.pid!, signal);
      } catch {
        // Nothing of it is left.
      }
      return ended;
    },
    ended,
  };
}

/** Runs it to its end. */
export function run(command: string, args: string[], options: ProgramOptions): Promise<Ended> {
  return start(command, args, options).ended;
}

/** A program that tests use where there is one: that a variable such as BUN names, or of the PATH. */
export function findProgram(name: string): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return process.env[name.toUpperCase()] || folders.map(folder => join(folder, name)).find(existsSync);
}

/** Why a test of it is skipped. */
export function missingProgram(name: string): string {
  return `there is no ${name} on the PATH, and ${name.toUpperCase()} names none`;
}

/** A port that nothing listened on just now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
