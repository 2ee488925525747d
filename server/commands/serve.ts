/** `rivulet-chat [serve]`: starts the proxy, says where it is, and ends it without cutting anybody off. */

import type { Config } from '../config/config.ts';
import { ConfigError } from '../config/config-error.ts';
import { processLog } from '../node/log.ts';
import { keepHeapSmall } from '../node/small-heap.ts';
import { type RunningServer, startServer } from '../node.ts';
import type { Log } from '../telemetry/log.ts';
import type { Command } from './command.ts';

/** What the last lines of the log may take, when all else has ended. */
const LAST_LINES_MS = 2_000;

export const serve: Command = {
  help: `rivulet-chat [serve] [options]   starts the chat proxy, with the widget and a demo page in it
  --port <n>        port to listen on; default: 3000
  --verbose         say in the log why an upstream failed`,
  options: { port: { type: 'string' }, verbose: { type: 'boolean', default: false } },
  maxArguments: 0,
  run: async (config, values, _, readAgain) => {
    keepHeapSmall();
    const verbose = values.verbose === true;
    const log = processLog(verbose);
    const server = await startServer(config, { log, verbose });
    endOnSignals(server, log);
    process.on('SIGHUP', () => reload(server, readAgain, log));
    process.stderr.write(welcome(config, server.port));
    return null;
  },
};

/** The three lines that a person needs. */
function welcome(config: Config, port: number): string {
  const url = `http://${['127.0.0.1', '0.0.0.0', '::', '::1'].includes(config.host) ? 'localhost' : config.host}:${port}`;
  const { provider } = config.models.get(config.defaultModel)!;
  const onlyDemo = provider.apiKeys.length === 0 && provider.baseUrl.startsWith('demo:');
  const lines = [
    `Demo page    ${url}/`,
    `Script tag   <script src="${url}/widget.js" async></script>`,
    onlyDemo
      ? 'Real model   DEEPSEEK_API_KEY=… in the environment (or another key, see --help)'
      : `Models       ${[...config.models.keys()].join(', ')}`,
  ];
  if (config.metrics.token) lines.push(`Status       ${url}/status (password: the metrics token)`);
  if (!config.allowedOrigins) {
    lines.push(
      `Allowed      pages on ${url} and localhost; ALLOWED_ORIGINS=https://example.com names others`,
    );
  }
  return `\n${lines.map(line => `  ${line}\n`).join('')}\n`;
}

/** The first signal to end lets running answers finish, the second ends at once. */
function endOnSignals(server: RunningServer, log: Log): void {
  let draining = false;
  const onSignal = async (signal: string) => {
    if (draining) process.exit(1);
    draining = true;
    log.info({ signal }, 'draining');
    await server.drain();
    // It ends by itself with the last line of the log, which may still be on its way; and soon in any case.
    setTimeout(() => process.exit(0), LAST_LINES_MS).unref();
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}

/** Settings and files are read and begun anew. A bad file changes nothing. */
function reload(server: RunningServer, readAgain: () => Config, log: Log): void {
  server.reopenFiles();
  try {
    const waiting = server.reload(readAgain());
    if (waiting.length === 0) log.info({}, 'settings read again');
    else log.warn({ waiting }, 'settings read again; some hold from the next start on');
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    log.error({ reason: error.message }, 'settings not read again: the old ones hold');
  }
}
