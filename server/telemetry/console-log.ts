/** The log of runtimes without another one: one JSON object a line, on the console. */

import type { Log } from './log.ts';

type Level = keyof Log;

const line =
  (level: Level): Log[Level] =>
  (fields, msg) =>
    console[level](JSON.stringify({ level, time: new Date().toISOString(), ...fields, msg }));

export const consoleLog: Log = {
  // Left out, as by the command unless it is asked for.
  debug: () => {},
  info: line('info'),
  warn: line('warn'),
  error: line('error'),
};
