/** What processes say to each other through their inboxes in Redis. */

import type { ErrorCode } from '../protocol.ts';
import { keys, type Redis, type Script } from '../redis/redis.ts';
import { INBOX_MS } from '../redis/stream-reader.ts';

export type Message =
  /** The sender has readers of this answer, until it says otherwise or has not said so for a while. */
  { type: 'join'; id: string } | { type: 'leave'; id: string } | { type: 'end'; id: string; code: ErrorCode };

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

/** Resolves to whether the process it is for is alive. */
export async function postMessage(redis: Redis, to: string, received: Received): Promise<boolean> {
  const reply = await redis.run(post, [keys.life(to), keys.inbox(to)], [JSON.stringify(received), INBOX_MS]);
  return reply === 1;
}

export function readMessage(text: string): Received {
  return JSON.parse(text) as Received;
}
