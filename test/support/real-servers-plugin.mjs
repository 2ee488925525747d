// @ts-check
/** A plugin of @web/test-runner that runs the real servers, and tells browser tests where they are. */

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** @returns {import('@web/test-runner').TestRunnerPlugin} */
export function realServersPlugin() {
  /** @type {import('node:child_process').ChildProcess} */
  let servers;
  /** @type {Promise<unknown>} */
  let addresses;
  return {
    name: 'real-servers',
    serverStart() {
      servers = fork(fileURLToPath(new URL('./real-servers.ts', import.meta.url)), {
        execArgv: ['--import', 'tsx'],
      });
      addresses = Promise.race([
        once(servers, 'message').then(([message]) => message),
        once(servers, 'exit').then(() =>
          Promise.reject(new Error('test/support/real-servers.ts has ended.')),
        ),
      ]);
      // Said by whoever asks for them; a run without such tests need not care.
      addresses.catch(() => {});
    },
    async serve({ path }) {
      if (path === '/real-servers.json') return { body: JSON.stringify(await addresses), type: 'json' };
    },
    serverStop() {
      servers.disconnect();
    },
  };
}
