/**
 * Bounds the connections of one client that read answers at once. A lease is for an answer, and any number of connections
 * may read one: without a bound of their own, a client could take all the sockets and memory that there are.
 */

import type { MiddlewareHandler } from 'hono';
import type { AppEnv } from '../app-env.ts';
import { ApiError } from '../errors.ts';

/** Besides one for each answer that the client may have in the making: tabs, and connections that are not known to be dead. */
const MORE_READERS = 200;

/** @param streamsPerClient how many answers a client may have in the making */
export function readerLimit(streamsPerClient: number): MiddlewareHandler<AppEnv> {
  const most = streamsPerClient + MORE_READERS;
  const readers = new Map<string, number>();
  const count = (client: string, change: 1 | -1) => {
    const now = (readers.get(client) ?? 0) + change;
    if (now > 0) readers.set(client, now);
    else readers.delete(client);
  };
  return async (c, next) => {
    const client = c.get('client');
    if ((readers.get(client) ?? 0) >= most) {
      const message = `At most ${most} connections may read answers at once. Close some of them, or wait until they have ended.`;
      throw new ApiError('too_many_streams', { message });
    }
    count(client, 1);
    await next();
    void (c.get('responseEnded') ?? Promise.resolve()).finally(() => count(client, -1));
  };
}
