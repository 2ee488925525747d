/**
 * Bounds the connections of one address, whatever sessions it has, that read answers at once. A lease is for an answer,
 * and any number of connections may read one: without a bound of their own, an address could take all the sockets and
 * memory that there are.
 */

import type { MiddlewareHandler } from 'hono';
import type { AppEnv } from '../app-env.ts';
import { ApiError } from '../errors.ts';
import type { LeaseLimits } from '../limits/leases.ts';

/** Besides one for each answer that the address may have in the making: tabs, and connections that are not known to be dead. */
const MORE_READERS = 200;

/** @param readers how many each address has */
export function readerLimit(
  { streamsPerClient, streamsPerAddress }: LeaseLimits,
  readers: Map<string, number>,
): MiddlewareHandler<AppEnv> {
  const most = (streamsPerAddress ?? streamsPerClient) + MORE_READERS;
  const count = (address: string, change: 1 | -1) => {
    const now = (readers.get(address) ?? 0) + change;
    if (now > 0) readers.set(address, now);
    else readers.delete(address);
  };
  return async (c, next) => {
    const { address } = c.get('client');
    if ((readers.get(address) ?? 0) >= most) {
      const message = `At most ${most} connections may read answers at once. Close some of them, or wait until they have ended.`;
      throw new ApiError('too_many_streams', { message });
    }
    count(address, 1);
    await next();
    void (c.get('responseEnded') ?? Promise.resolve()).finally(() => count(address, -1));
  };
}
