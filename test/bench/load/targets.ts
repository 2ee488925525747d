/** What is measured: our proxy, and what one could have in its place. Each answers completions of the same upstream. */

import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../support/program.ts';
import { startNginx } from './nginx.ts';
import { installPeers } from './peers.ts';
import { here, type Running, startNode } from './processes.ts';

interface Target {
  is: string;
  /** Null where it cannot be had. */
  start(upstreamPort: number): Promise<Running | null>;
}

export const targets = {
  direct: {
    is: 'no proxy at all',
    start: async port => ({
      port,
      usage: async () => ({ cpuSeconds: 0, rssBytes: 0 }),
      close: async () => {},
    }),
  },
  nginx: {
    is: 'nginx with one worker, buffering off',
    start: async upstreamPort => startNginx(await freePort(), upstreamPort),
  },
  pipe: {
    is: 'a bare node:http pipe, the least that a proxy in Node can be',
    start: upstreamPort => startOwn('pipe.mjs', upstreamPort),
  },
  hono: {
    is: "Hono, new Response(upstream.body) of Node's own fetch",
    start: upstreamPort => startOwn('hono.mjs', upstreamPort),
  },
  express: {
    is: "a tutorial's: Express, the client of OpenAI, a loop that writes",
    start: upstreamPort => startPeer('express.mjs', port => [String(port), String(upstreamPort)]),
  },
  portkey: {
    is: '@portkey-ai/gateway',
    start: async upstreamPort => {
      const file = 'node_modules/@portkey-ai/gateway/build/start-server.js';
      const running = await startPeer(file, port => [`--port=${port}`, '--headless']);
      const headers = {
        Authorization: 'Bearer bench',
        'x-portkey-provider': 'openai',
        'x-portkey-custom-host': `http://127.0.0.1:${upstreamPort}/v1`,
      };
      return running && { ...running, headers };
    },
  },
  rivulet: {
    is: 'ours: each event numbered, kept and timed, with leases, limits and metrics',
    start: upstreamPort => startProxy(upstreamPort),
  },
  resuming: {
    is: 'ours, for clients that resume: their answers go on for a second without them',
    start: async upstreamPort => ({
      ...(await startProxy(upstreamPort, { resume: { graceSeconds: 1 } })),
      headers: { 'Rivulet-Resume': '1' },
    }),
  },
} satisfies Record<string, Target>;

export type TargetName = keyof typeof targets;

/** The proxy as its command starts it, with limits that let the load through. */
export async function startProxy(upstreamPort: number, settings: object = {}): Promise<Running> {
  const folder = await mkdtemp(join(tmpdir(), 'rivulet-bench-'));
  const config = join(folder, 'rivulet.config.json');
  const models = ['endless', 'one', 'flood', 'torrent', 'mute'];
  const bench = { baseUrl: `http://127.0.0.1:${upstreamPort}/v1`, apiKey: 'bench', models };
  const limits = {
    ...{ streamsPerClient: 100_000, streamsTotal: 100_000, requestsPerMinute: 1_000_000 },
    ...{ tokensPerDay: 1e15, tokensPerDayPerOrigin: 1e15, tokensPerDayTotal: 1e15 },
  };
  const metrics = { token: 'a token of the benchmark' };
  await writeFile(config, JSON.stringify({ providers: { bench }, limits, metrics, ...settings }));

  const port = await freePort();
  const proxy = await startNode(compiled(), ['serve', '--config', config, '--port', String(port)], port);
  return {
    ...proxy,
    close: async () => {
      await proxy.close();
      await rm(folder, { recursive: true });
    },
  };
}

let command: string | undefined;

/** The command as the package has it. tsx, which runs it elsewhere in the tests, names each closure anew whenever it is made. */
function compiled(): string {
  if (command) return command;
  const root = here('../../../');
  const tsc = ['node_modules/@typescript/native/bin/tsc', '-p', 'tsconfig.server.json'];
  execFileSync(process.execPath, tsc, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  return (command = join(root, 'dist/server/cli.js'));
}

async function startOwn(name: string, upstreamPort: number): Promise<Running> {
  const port = await freePort();
  return startNode(here(name), [String(port), String(upstreamPort)], port);
}

async function startPeer(file: string, args: (port: number) => string[]): Promise<Running | null> {
  const folder = installPeers();
  if (!folder) return null;
  const port = await freePort();
  return startNode(join(folder, file), args(port), port, { cwd: folder });
}
