/**
 * Ends an answer that another process makes. That process is told, and told again, as Redis may lose a message with its
 * memory; and it is believed only when Redis says so that the answer has ended.
 */

import { ApiError } from '../errors.ts';
import { quietly } from '../redis/quietly.ts';
import type { RedisDirectory } from './redis-directory.ts';
import type { Post } from './redis-messages.ts';
import type { Found } from './remote-answers.ts';

/** For how long it is tried; a process that hears ends an answer in a few milliseconds. */
const TRY_MS = 4_000;
const TELL_AGAIN_MS = 1_000;
const LOOK_AGAIN_MS = 25;

/** @throws ApiError when it is not known to have ended: it may go on */
export async function endElsewhere(
  { id, process }: Found,
  error: ApiError,
  directory: RedisDirectory,
  post: Post,
): Promise<void> {
  const start = performance.now();
  for (let toldAt = -TELL_AGAIN_MS, now = 0; now < TRY_MS; now = performance.now() - start) {
    if ((await quietly(directory.hasEnded(id))) === true) return;
    if (now - toldAt >= TELL_AGAIN_MS) {
      toldAt = now;
      const alive = await quietly(post(process, { type: 'end', id, code: error.code }));
      if (alive === false) await quietly(directory.endIfDead(id, process));
    }
    await new Promise(resolve => setTimeout(resolve, LOOK_AGAIN_MS));
  }
  throw new ApiError('overloaded', { message: 'The answer could not be reached to end it. Try again.' });
}
