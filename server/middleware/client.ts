/** Names the client that a request counts for: at first by an address that it cannot choose by a header. */

import type { Context, MiddlewareHandler } from 'hono';
import type { AppEnv } from '../app-env.ts';
import { clientAddress } from '../clients/address.ts';
import { forwardedAddress, type TrustedProxies } from '../clients/forwarded.ts';

/** The address of the socket's other end; null where the runtime does not tell. */
export type SocketAddress = (c: Context) => string | null;

export function client(
  trustedProxies: TrustedProxies,
  socketAddress: SocketAddress,
): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const forwarded = forwardedAddress(c.req.header(trustedProxies.header), trustedProxies);
    c.set('client', {
      address: clientAddress(forwarded ?? socketAddress(c)),
      visitor: null,
      origin: c.req.header('Origin') ?? null,
      limits: {},
    });
    await next();
  };
}
