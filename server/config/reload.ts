/** Which settings of a running process can be others, and which have to wait for its next start. */

import type { Config } from './config.ts';

/** What is bound to a socket, a file or a memory that is there already, in a form that can be compared. */
const fixed: Readonly<Record<string, (config: Config) => unknown>> = {
  host: ({ host }) => host,
  port: ({ port }) => port,
  redisUrl: ({ redisUrl }) => redisUrl?.reveal(),
  audit: ({ audit }) => audit && JSON.stringify([audit.file, audit.content, audit.feedback]),
  // Another token can be set at any time.
  'metrics.token': ({ metrics }) => metrics.token !== undefined,
  'resume.keepSeconds': ({ resume }) => resume.keepSeconds,
};

export interface Reloaded {
  config: Config;
  /** The settings that are others now and hold from the next start on. */
  waiting: string[];
}

/** @param read what the settings say now */
export function reload(running: Config, read: Config): Reloaded {
  const { host, port, redisUrl, audit, resume } = running;
  const waiting = Object.keys(fixed).filter(name => fixed[name]!(read) !== fixed[name]!(running));
  const { metrics } = waiting.includes('metrics.token') ? running : read;
  return {
    config: {
      ...read,
      ...{ host, port, redisUrl, audit, metrics },
      resume: { ...read.resume, keepSeconds: resume.keepSeconds },
    },
    waiting,
  };
}
