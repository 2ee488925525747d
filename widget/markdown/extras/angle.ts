/** Addresses in angle brackets. */

import type { Scan } from '../inlines/scan.ts';

const scheme = /^[A-Za-z][A-Za-z\d.+-]{1,31}:/;
const email =
  /^[\w.!#$%&'*+/=?^`{|}~-]+@[A-Za-z\d](?:[A-Za-z\d-]{0,61}[A-Za-z\d])?(?:\.[A-Za-z\d](?:[A-Za-z\d-]{0,61}[A-Za-z\d])?)*$/;
const longestEmail = 320;

/** `<address>`; whether it is one. */
export function angleAutolink(scan: Scan): boolean {
  const { text, position } = scan;
  const start = position + 1;
  const end = scan.skip(start, char => char > ' ' && char !== '<' && char !== '>');
  const address = text.slice(start, end);
  if (end === text.length && scan.waits() && (address === '' || /^[A-Za-z][\w.+-]*(:|$)/.test(address))) {
    // What may be an address is shown as one once it has a scheme; what may be one of HTML's tags is text.
    if (!scheme.test(address)) return false;
    addLink(scan, undefined, address, end);
    return true;
  }
  if (text[end] !== '>') return false;
  const isEmail = address.length <= longestEmail && email.test(address);
  if (!isEmail && !scheme.test(address)) return false;
  addLink(scan, isEmail ? `mailto:${address}` : address, address, end + 1);
  return true;
}

export function addLink(scan: Scan, href: string | undefined, address: string, end: number): void {
  scan.add({ type: 'link', href, title: '', children: [{ type: 'text', value: address }] }, end);
}
