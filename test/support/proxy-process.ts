/** The proxy as a process of its own, as its command starts it, that can be told to end or be killed. */

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './clone.mjs';
import { freePort, noSettings, start } from './program.ts';

export interface ProxyProcess {
  /** Base URL without a slash at the end. */
  url: string;
  /** Asks it to end, as an orchestrator does. */
  terminate(): void;
  /** Tells it to begin its files anew, as after their rotation. */
  hangUp(): void;
  /** Pulls the plug. */
  kill(): Promise<void>;
  /** Settles when it has ended, to its exit code and its log. */
  ended: Promise<{ code: number | null; stdout: string }>;
  close(): Promise<void>;
}

export async function startProxyProcess(settings: object): Promise<ProxyProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'rivulet-proxy-'));
  const config = join(folder, 'rivulet.config.json');
  await writeFile(config, JSON.stringify(settings));
  const port = await freePort();
  const args = ['--import', 'tsx', join(root, 'server/cli.ts'), '--config', config, '--port', String(port)];
  const program = start(process.execPath, args, { cwd: root, env: noSettings });
  await program.says(/Script tag/);
  const close = async () => {
    await program.end('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  };
  return {
    url: `http://127.0.0.1:${port}`,
    terminate: () => program.signal('SIGTERM'),
    hangUp: () => program.signal('SIGHUP'),
    kill: async () => {
      await program.end('SIGKILL');
    },
    ended: program.ended,
    close,
  };
}
