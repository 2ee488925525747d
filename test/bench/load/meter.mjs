/** Loaded into a process to be measured: tells what it has used so far. */

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { answerCalls } from './calls.mjs';

answerCalls({
  /** CPU seconds since the start, on all threads, and bytes of memory held now. */
  usage: () => {
    const { user, system } = process.cpuUsage();
    return { cpuSeconds: (user + system) / 1e6, rssBytes: process.memoryUsage.rss() };
  },
  /** Bytes that are in use, and no garbage. */
  held: () => {
    setFlagsFromString('--expose-gc');
    runInNewContext('gc')();
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  },
});
