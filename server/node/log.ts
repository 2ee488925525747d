/** The log of the process: pretty on a terminal, one JSON object a line everywhere else. */

import pino from 'pino';
import pretty from 'pino-pretty';
import type { Log } from '../telemetry/log.ts';

export function processLog(verbose: boolean): Log {
  const options = { base: null, level: verbose ? 'debug' : 'info', timestamp: pino.stdTimeFunctions.isoTime };
  if (!process.stdout.isTTY) return pino(options);
  const stream = pretty({
    colorize: true,
    translateTime: 'SYS:HH:MM:ss',
    messageFormat: '{msg}',
    singleLine: true,
  });
  return pino(options, stream);
}
