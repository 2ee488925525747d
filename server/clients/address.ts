/** Addresses as clients are counted by them: one that has many of them is still one client. */

/** For addresses that nobody can read: all who have such a one are one client. */
const UNKNOWN = 'unknown';

/** IPv6 networks whose last 32 bits are an IPv4 address: mapped (RFC 4291, 2.5.5.2) and translated ones (RFC 6052, 2.1). */
const ipv4Networks = ['0:0:0:0:0:ffff', '64:ff9b:0:0:0:0'];

/** IPv4 as it is, also where it is mapped into IPv6; IPv6 by its /64, as one household has that many addresses. */
export function clientAddress(text: string | null): string {
  const host = withoutPort(text?.trim() ?? '');
  if (isIpv4(host)) return host;
  const groups = ipv6Groups(host.replace(/%.*$/, ''));
  if (!groups) return UNKNOWN;
  const network = groups.slice(0, 6).map(group => group.toString(16));
  if (ipv4Networks.includes(network.join(':'))) {
    return groups
      .slice(6)
      .flatMap(group => [group >> 8, group & 255])
      .join('.');
  }
  return `${network.slice(0, 4).join(':')}::/64`;
}

/** `[2001:db8::1]:443` and `192.0.2.1:443`; an IPv6 address without brackets has no port. */
function withoutPort(text: string): string {
  return /^\[([^\]]*)\](?::\d+)?$/.exec(text)?.[1] ?? text.replace(/^([\d.]+):\d+$/, '$1');
}

function isIpv4(text: string): boolean {
  const parts = text.split('.');
  return parts.length === 4 && parts.every(part => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255);
}

/** The eight groups of an IPv6 address; null when it is none. */
function ipv6Groups(text: string): number[] | null {
  // The URL parser knows every notation (https://url.spec.whatwg.org/#concept-ipv6-parser) and gives the canonical one.
  if (!/^[\da-f:.]+$/i.test(text) || !URL.canParse(`http://[${text}]/`)) return null;
  const canonical = new URL(`http://[${text}]/`).hostname.slice(1, -1);
  const [head = '', tail] = canonical.split('::').map(groupsOf);
  if (!head) return null;
  if (!tail) return head;
  return [...head, ...new Array<number>(8 - head.length - tail.length).fill(0), ...tail];
}

function groupsOf(part: string): number[] {
  return part === '' ? [] : part.split(':').map(group => Number.parseInt(group, 16));
}
