#!/usr/bin/env node
/** The command: `rivulet-chat [serve] [--config file] [--port n]`. */

import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { ConfigError, loadConfig, type SettingsFile } from './config/load.ts';
import type { Config } from './config/config.ts';
import { providers } from './config/providers.ts';
import { processLog } from './node/log.ts';
import { type RunningServer, startServer } from './node.ts';

const DEFAULT_FILE = 'rivulet.config.json';

const HELP = `rivulet-chat [serve] [options]   starts the chat proxy, with the widget and a demo page in it

  --config <file>   settings; default: ${DEFAULT_FILE} in this folder, if there is one
  --port <n>        port to listen on; default: 3000
  --verbose         say in the log why an upstream failed
  --version, --help

Without a key the built-in demo model answers. A key in the environment turns its provider on:
${providers.map(({ keyVariable, label }) => `  ${keyVariable.padEnd(20)} ${label}`).join('\n')}
`;

async function main(): Promise<void> {
  const { values, positionals } = readArguments();
  if (values.help) return void process.stdout.write(HELP);
  if (values.version) return void process.stdout.write(`${packageVersion()}\n`);
  const command = positionals[0] ?? 'serve';
  if (command !== 'serve' || positionals.length > 1)
    fail(`There is no command ${positionals.join(' ')}. See --help.`);

  const environment = { ...process.env };
  if (values.port !== undefined) environment.PORT = values.port;
  const config = loadConfig(settingsFile(values.config), environment);
  const log = processLog(values.verbose);
  const server = await startServer(config, { log, verbose: values.verbose });
  drainOnSignal(server, log);
  process.stderr.write(welcome(config, server.port));
}

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        config: { type: 'string' },
        port: { type: 'string' },
        verbose: { type: 'boolean', default: false },
        version: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    fail(`${(error as Error).message.split('. ')[0]}. See --help.`);
  }
}

function settingsFile(asked: string | undefined): SettingsFile | null {
  const name = asked ?? DEFAULT_FILE;
  if (asked === undefined && !existsSync(name)) return null;
  try {
    return { name, text: readFileSync(name, 'utf8') };
  } catch (error) {
    throw new ConfigError(`${name} cannot be read (${(error as NodeJS.ErrnoException).code}).`);
  }
}

/** The three lines that a person needs. */
function welcome(config: Config, port: number): string {
  const url = `http://${['127.0.0.1', '0.0.0.0', '::', '::1'].includes(config.host) ? 'localhost' : config.host}:${port}`;
  const { provider } = config.models.get(config.defaultModel)!;
  const onlyDemo = provider.apiKey === null && provider.baseUrl.startsWith('demo:');
  const lines = [
    `Demo page    ${url}/`,
    `Script tag   <script src="${url}/widget.js" async></script>`,
    onlyDemo
      ? 'Real model   DEEPSEEK_API_KEY=… in the environment (or another key, see --help)'
      : `Models       ${[...config.models.keys()].join(', ')}`,
  ];
  if (!config.allowedOrigins) {
    lines.push(
      `Allowed      pages on ${url} and localhost; ALLOWED_ORIGINS=https://example.com names others`,
    );
  }
  return `\n${lines.map(line => `  ${line}\n`).join('')}\n`;
}

/** The first signal lets running answers finish, the second ends at once. */
function drainOnSignal(server: RunningServer, log: ReturnType<typeof processLog>): void {
  let draining = false;
  const onSignal = async (signal: string) => {
    if (draining) process.exit(1);
    draining = true;
    log.info({ signal }, 'draining');
    await server.drain();
    process.exit(0);
  };
  process.on('SIGHUP', () => server.reopenFiles());
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}

function packageVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

function fail(sentence: string): never {
  process.stderr.write(`rivulet-chat: ${sentence}\n`);
  process.exit(1);
}

function failure(thrown: unknown): string {
  if (thrown instanceof ConfigError) return thrown.message;
  const { code, message, stack } = thrown as NodeJS.ErrnoException & { port?: number };
  const port = (thrown as { port?: number }).port;
  if (code === 'EADDRINUSE') return `Port ${port} is in use. Choose another by --port or PORT.`;
  if (code === 'EACCES')
    return `Port ${port} may not be used by this user. Choose one above 1023 by --port or PORT.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return `HOST is no address of this machine (${message}).`;
  return stack ?? message;
}

main().catch(thrown => fail(failure(thrown)));
