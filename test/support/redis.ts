/** A real Redis on a free port, which tests may stop, start and pause, and look into. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@redis/client';
import { freePort } from './program.ts';

export interface TestRedis {
  url: string;
  /** Runs one command, such as `['KEYS', '*']`. */
  command(command: string[]): Promise<unknown>;
  /** The keys of answers, claims and leases: all that is not of a process that runs. */
  keysOfAnswers(): Promise<string[]>;
  /** Ends it as a crash does: with all that it has in memory. */
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Lets it hang, with all its connections open, until it goes on. */
  pause(): void;
  goOn(): void;
  close(): Promise<void>;
}

export async function startRedis(): Promise<TestRedis> {
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'rivulet-redis-'));
  const settings = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  let server: ChildProcess;

  const start = async () => {
    server = spawn(process.env.REDIS_SERVER || 'redis-server', [...settings, '--dir', folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    for await (const text of server.stdout!.setEncoding('utf8')) {
      said += text;
      if (said.includes('Ready to accept connections')) break;
    }
    if (!said.includes('Ready to accept')) throw new Error(`No Redis: ${said}`);
  };
  const stop = async () => {
    const gone = once(server, 'exit');
    server.kill('SIGKILL');
    await gone;
  };
  const url = `redis://127.0.0.1:${port}`;
  const command = async (command: string[]): Promise<unknown> => {
    const client = createClient({ url, RESP: 2 });
    client.on('error', () => {});
    await client.connect();
    try {
      return await client.sendCommand(command);
    } finally {
      client.destroy();
    }
  };
  await start();
  return {
    url,
    command,
    keysOfAnswers: async () => {
      const keys = (await command(['KEYS', 'rivulet:*'])) as string[];
      return keys.filter(key => !/^rivulet:1:(life|inbox):/.test(key));
    },
    stop,
    start,
    pause: () => void server.kill('SIGSTOP'),
    goOn: () => void server.kill('SIGCONT'),
    close: async () => {
      await stop();
      await rm(folder, { recursive: true });
    },
  };
}
