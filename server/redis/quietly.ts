/** Waits for what Redis is told again later, or what ends by itself: while it is away, nothing is lost by not telling it. */

import { RedisAway } from './redis.ts';

/** Undefined when Redis is away. */
export async function quietly<Reply>(reply: Promise<Reply>): Promise<Reply | undefined> {
  try {
    return await reply;
  } catch (error) {
    if (error instanceof RedisAway) return undefined;
    throw error;
  }
}
