#!/usr/bin/env node
/** The command `rivulet-chat`: finds what is to be done, reads the settings, and words what goes wrong. */

import { existsSync, readFileSync } from 'node:fs';
import { inspect, parseArgs } from 'node:util';
import { bench } from './commands/bench.ts';
import type { Command, Values } from './commands/command.ts';
import { doctor } from './commands/doctor/doctor.ts';
import { integrity } from './commands/integrity.ts';
import { pause, resume } from './commands/pause.ts';
import { serve } from './commands/serve.ts';
import { ConfigError, loadConfig, type SettingsFile } from './config/load.ts';
import { providers } from './config/providers.ts';
import { createRedactor } from './telemetry/log.ts';

const DEFAULT_FILE = 'rivulet.config.json';

const commands: Readonly<Record<string, Command>> = { serve, bench, doctor, pause, resume, integrity };

const HELP = `${Object.values(commands)
  .map(({ help }) => help)
  .join('\n\n')}

All of them take
  --config <file>   settings; default: ${DEFAULT_FILE} in this folder, if there is one
  --version, --help

Without a key the built-in demo model answers. A key in the environment turns its provider on:
${providers.map(({ keyVariable, label }) => `  ${keyVariable.padEnd(20)} ${label}`).join('\n')}
`;

async function main([first = '', ...rest]: readonly string[]): Promise<void> {
  const named = Object.hasOwn(commands, first) ? commands[first] : undefined;
  const command = named ?? serve;
  const { values, positionals } = readArguments(command, named ? rest : [first, ...rest].filter(Boolean));
  if (values.help) return void process.stdout.write(HELP);
  if (values.version) return void process.stdout.write(`${packageVersion()}\n`);
  if (positionals.length > command.maxArguments) {
    fail(`There is no ${named ? 'such use of' : 'command'} ${positionals.join(' ')}. See --help.`);
  }
  const environment = { ...process.env };
  if (typeof values.port === 'string') environment.PORT = values.port;
  // Also those that were changed meanwhile: answers that run may have them.
  const secrets = new Set<string>();
  redactCrashes(text => createRedactor([...secrets])(text));
  const readConfig = () => {
    const file = settingsFile(values.config as string | undefined);
    const config = loadConfig(file, environment, path => readFileSync(path, 'utf8'));
    for (const secret of config.secrets) secrets.add(secret);
    return config;
  };
  const code = await command.run(readConfig(), values, positionals, readConfig);
  if (code !== null) process.exitCode = code;
}

function readArguments({ options }: Command, args: string[]): { values: Values; positionals: string[] } {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        ...options,
        config: { type: 'string' },
        version: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    return { values: values as Values, positionals };
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

/** A fault of ours ends the process, as Node would have it, but its words pass by whoever keeps the keys. */
function redactCrashes(redact: (text: string) => string): void {
  process.on('uncaughtException', thrown => {
    process.stderr.write(`rivulet-chat: ${redact(inspect(thrown))}\n`, () => process.exit(1));
  });
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

main(process.argv.slice(2)).catch(thrown => fail(failure(thrown)));
