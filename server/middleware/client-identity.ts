/** Names the client that a request counts for: an address that it cannot choose by a header. */

import type { Context, MiddlewareHandler } from 'hono';
import type { AppEnv } from '../app-env.ts';

/** The address of the socket's other end; null where the runtime does not tell. */
export type SocketAddress = (c: Context) => string | null;

/**
 * @param trustedProxyHops how many proxies of the operator's stand in front: that many entries from the right of
 *   X-Forwarded-For are theirs, and the leftmost of these is the client. Fewer entries: the socket's address.
 */
export function clientIdentity(
  trustedProxyHops: number,
  socketAddress: SocketAddress,
): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const forwarded = forwardedAddress(c.req.header('X-Forwarded-For'), trustedProxyHops);
    c.set('client', clientOf(forwarded ?? socketAddress(c)));
    await next();
  };
}

function forwardedAddress(header: string | undefined, hops: number): string | null {
  if (hops === 0 || header === undefined) return null;
  return header.split(',').at(-hops)?.trim() ?? null;
}

/** IPv4 as it is, also where it is mapped into IPv6; IPv6 by its /64, as one household has that many addresses. */
export function clientOf(address: string | null): string {
  const host = address?.replace(/%.*$/, '').replace(/^\[|\](:\d+)?$/g, '') ?? '';
  if (!host.includes(':')) {
    const ipv4 = host.replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1');
    return /^[\d.]+$/.test(ipv4) ? ipv4 : 'unknown';
  }
  const groups = expandIpv6(host);
  if (!groups) return /^(\d+\.){3}\d+:\d+$/.test(host) ? host.slice(0, host.indexOf(':')) : 'unknown';
  const [a, b, c, d, e, f, g, h] = groups as [number, number, number, number, number, number, number, number];
  if ((a | b | c | d | e) === 0 && f === 0xffff) return [g >> 8, g & 255, h >> 8, h & 255].join('.');
  return `${[a, b, c, d].map(group => group.toString(16)).join(':')}::/64`;
}

/** The eight groups of an IPv6 address; null when it is none. */
function expandIpv6(host: string): number[] | null {
  // The URL parser knows every notation (https://url.spec.whatwg.org/#concept-ipv6-parser) and gives the canonical one.
  if (!URL.canParse(`http://[${host}]/`)) return null;
  const canonical = new URL(`http://[${host}]/`).hostname.slice(1, -1);
  const [head = '', tail] = canonical.split('::');
  const groups = (part: string) =>
    part === '' ? [] : part.split(':').map(group => Number.parseInt(group, 16));
  if (tail === undefined) return groups(head);
  const [start, end] = [groups(head), groups(tail)];
  return [...start, ...new Array<number>(8 - start.length - end.length).fill(0), ...end];
}
