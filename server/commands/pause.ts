/** `rivulet-chat pause` and `resume`: the switch that stops all answers of all processes that share a Redis. */

import { setTimeout as wait } from 'node:timers/promises';
import type { Config } from '../config/config.ts';
import { ConfigError } from '../config/config-error.ts';
import { connectRedis } from '../node/redis.ts';
import { setPause } from '../redis/pause-flag.ts';
import { RedisAway } from '../redis/redis.ts';
import type { Command } from './command.ts';

/** How long a Redis may take to be there. */
const REDIS_MS = 2_000;

export const pause: Command = {
  help: `rivulet-chat pause [words]       stops all answers, on all processes that share a Redis; words: what clients are told`,
  options: {},
  maxArguments: 1,
  run: async (config, _, [words = '']) => tell(config, words),
};

export const resume: Command = {
  help: `rivulet-chat resume              lets answers be given again`,
  options: {},
  maxArguments: 0,
  run: async config => tell(config, null),
};

async function tell(config: Config, words: string | null): Promise<number> {
  if (!config.redisUrl) {
    throw new ConfigError('redisUrl is not set: set paused in the settings, and send SIGHUP to the process.');
  }
  const quiet = () => {};
  const log = { debug: quiet, info: quiet, warn: quiet, error: quiet };
  const redis = connectRedis(config.redisUrl.reveal(), log);
  try {
    await Promise.race([
      new Promise<void>(resolve => redis.onUp(resolve)),
      wait(REDIS_MS, undefined, { ref: false }),
    ]);
    await setPause(redis, words);
    return 0;
  } catch (error) {
    if (!(error instanceof RedisAway)) throw error;
    process.stderr.write('rivulet-chat: Redis cannot be reached.\n');
    return 1;
  } finally {
    redis.close();
  }
}
