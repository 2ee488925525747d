/** Starts a server of this folder as a process of its own, that prints the port it listens on as JSON. */

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface ForkedServer {
  /** Such as `http://127.0.0.1:8080`. */
  origin: string;
  close(): Promise<void>;
}

export async function forkServer(file: string): Promise<ForkedServer> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), { silent: true, execArgv: [] });
  child.stderr?.pipe(process.stderr);
  const [line] = await once(createInterface(child.stdout!), 'line');
  return {
    origin: `http://127.0.0.1:${JSON.parse(line).port}`,
    close: async () => {
      const gone = once(child, 'exit');
      child.kill();
      await gone;
    },
  };
}
