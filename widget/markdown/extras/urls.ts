/** Which addresses of an answer may be opened, and which images may be loaded. */

const schemes = new Set(['http:', 'https:', 'mailto:', 'tel:']);

// They would hide what an address is, or be dropped by who reads it.
const hidden =
  /[\u0000-\u0020\u007f-\u00a0\u00ad\u061c\u200b-\u200f\u2028-\u202f\u2060-\u206f\u3000\ufeff\ufff9-\uffff]/;

/** The address as it will be opened, or undefined if it must not be. A path is one of the page's own site. */
export function safeUrl(address: string | undefined, page: string): URL | undefined {
  if (!address || hidden.test(address.replaceAll(' ', '%20'))) return undefined;
  const isPath = /^\/(?![/\\])/.test(address);
  try {
    const url = isPath ? new URL(address, page) : new URL(address);
    return schemes.has(url.protocol) ? url : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Whether an image may be loaded without being asked for: its origin is that of an address that the page allows. These are
 * a list, or apart by white space; what is no address of the web allows nothing.
 */
export function isAllowedImage(url: URL, addresses: string | readonly string[]): boolean {
  const list = typeof addresses === 'string' ? addresses.split(/\s+/) : addresses;
  return (
    url.protocol.startsWith('http') &&
    Array.isArray(list) &&
    list.some(address => URL.canParse(address) && new URL(address).origin === url.origin)
  );
}

const host = /(?:^|[\s(/@])((?:[\p{L}\p{N}-]+\.)+\p{L}{2,})(?=$|[\s):/?#.,])/u;

/** Whether the text of a link names a host that is not the one it leads to. */
export function claimsAnotherHost(text: string, url: URL): boolean {
  const claimed = host.exec(text.slice(0, 500))?.[1]?.toLowerCase();
  if (!claimed || url.host === '') return false;
  return claimed.replace(/^www\./, '') !== url.hostname.replace(/^www\./, '');
}
