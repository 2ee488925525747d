/** The address that the operator's own reverse proxies name. */

export type ForwardedHeader = 'X-Forwarded-For' | 'Forwarded';

/** The proxies in front that are trusted: how many, and the one header that each of them adds to. */
export interface TrustedProxies {
  hops: number;
  header: ForwardedHeader;
}

/** One element of `Forwarded` (RFC 7239, 4): pairs of a name and a token or a quoted text, apart by semicolons. */
const pair = /[\w-]+=(?:"[^"]*"|[^";]*)\s*/.source;
const element = new RegExp(`^\\s*${pair}(?:;\\s*${pair})*$`);

/**
 * Each proxy adds what it sees at the right: that many entries from there are the operator's, and the leftmost of these
 * is the client. What is left of them anybody can send.
 * @returns null where there are fewer entries: the request did not come through all of them
 */
export function forwardedAddress(value: string | undefined, { hops, header }: TrustedProxies): string | null {
  if (hops === 0 || value === undefined) return null;
  const entry = value.split(',').at(-hops);
  if (entry === undefined) return null;
  return header === 'Forwarded' ? forOf(entry) : entry;
}

/** Empty, which is no address, for an element that names none. */
function forOf(entry: string): string {
  if (!element.test(entry)) return '';
  return /(?:^\s*|;\s*)for=(?:"([^"]*)"|([^";]*))/i.exec(entry)?.slice(1).find(Boolean)?.trim() ?? '';
}
