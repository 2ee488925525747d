/** The proxy as a process of its own, as its command starts it, that can be told to end or be killed. */

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './clone.mjs';
import { withoutRate } from './proxy.ts';
import { type Ended, freePort, noSettings, start } from './program.ts';

export interface ProxyProcess {
  /** Base URL without a slash at the end. */
  url: string;
  pid: number;
  /** Writes other settings into its file, or what is none; they hold when it is told to read them. */
  configure(settings: object | string): Promise<void>;
  /** All that it has said so far, when that passes. */
  says(pattern: RegExp): Promise<string>;
  /** SIGTERM asks it to end, as an orchestrator does; SIGSTOP lets it hang, with its connections open, until SIGCONT. */
  signal(name: NodeJS.Signals): void;
  /** Pulls the plug. */
  kill(): Promise<void>;
  /** Settles when it has ended, to its exit code and all that it has said: its log is on stdout. */
  ended: Promise<Ended>;
  close(): Promise<void>;
}

export interface ProxyProcessOptions {
  /** More of the command's arguments, and of Node's. */
  arguments?: string[];
  nodeArguments?: string[];
  env?: Record<string, string>;
}

export async function startProxyProcess(
  settings: object,
  options: ProxyProcessOptions = {},
): Promise<ProxyProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'rivulet-proxy-'));
  const config = join(folder, 'rivulet.config.json');
  const configure = (settings: object | string) =>
    writeFile(config, typeof settings === 'string' ? settings : JSON.stringify(withoutRate(settings)));
  await configure(settings);
  const port = await freePort();
  const node = ['--import', 'tsx', ...(options.nodeArguments ?? []), join(root, 'server/cli.ts')];
  const args = [...node, '--config', config, '--port', String(port), ...(options.arguments ?? [])];
  const program = start(process.execPath, args, { cwd: root, env: { ...noSettings, ...options.env } });
  await program.says(/Script tag/);
  const close = async () => {
    await program.end('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  };
  return {
    url: `http://127.0.0.1:${port}`,
    pid: program.pid,
    configure,
    says: program.says,
    signal: program.signal,
    kill: async () => {
      await program.end('SIGKILL');
    },
    ended: program.ended,
    close,
  };
}
