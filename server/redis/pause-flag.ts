/** The operator's flag in Redis by which all processes stop giving answers. */

import { quietly } from './quietly.ts';
import { keys, type Redis } from './redis.ts';

/** How often each process looks. */
const LOOK_MS = 500;

/**
 * Calls `changed` when the flag was set or taken away: with the words in it, which may be none, or null. While Redis is
 * away, all stays as it was.
 * @returns ends the watch
 */
export function watchPause(redis: Redis, changed: (words: string | null) => void): () => void {
  let last: string | null = null;
  const look = async () => {
    const words = await quietly(redis.send(['GET', keys.paused]));
    if (words === undefined || words === last) return;
    last = words as string | null;
    changed(last);
  };
  redis.onUp(look);
  const timer = setInterval(look, LOOK_MS);
  return () => clearInterval(timer);
}

/** @throws RedisAway */
export async function setPause(redis: Redis, words: string | null): Promise<void> {
  await redis.send(words === null ? ['DEL', keys.paused] : ['SET', keys.paused, words]);
}
