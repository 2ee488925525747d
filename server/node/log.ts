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
    messageFormat:
      '{msg}{if path} {method} {path} {status}{end}{if model} {model}{end}{if ttftMs}, first token {ttftMs} ms{end}',
    ignore: 'method,path,status,model,ttftMs',
    singleLine: true,
    // Ours is a code, not an Error.
    errorLikeObjectKeys: [],
  });
  return pino(options, stream);
}
