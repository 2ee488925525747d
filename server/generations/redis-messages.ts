/** What processes say to each other through their inboxes in Redis. */

import type { ErrorCode } from '../protocol.ts';
import { keys, type Redis, type Script } from '../redis/redis.ts';
import { INBOX_MS } from '../redis/stream-reader.ts';

export type Message =
  /** The sender has readers of this answer, until it says otherwise or has not said so for a while. */
  | { type: 'join'; id: string }
  /** The same; but none of them has taken yet what it was given. */
  | { type: 'stall'; id: string }
  | { type: 'leave'; id: string }
  | { type: 'end'; id: string; code: ErrorCode };

export interface Received {
  from: string;
  message: Message;
}

/** Nothing is left for a process that is dead: nobody would ever take it away. */
const post: Script = {
  lua: `
if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
redis.call('XADD', KEYS[2], 'MAXLEN', '~', 10000, '*', 'message', ARGV[1])
redis.call('PEXPIRE', KEYS[2], ARGV[2])
return 1`,
};

/** Sends a message to another process; resolves to whether that is alive. Throws RedisAway. */
export type Post = (to: string, message: Message) => Promise<boolean>;

export function postFrom(from: string, redis: Redis): Post {
  return async (to, message) => {
    const text = JSON.stringify({ from, message } satisfies Received);
    return (await redis.run(post, [keys.life(to), keys.inbox(to)], [text, INBOX_MS])) === 1;
  };
}

export function readMessage(text: string): Received {
  return JSON.parse(text) as Received;
}
