/** GFM's addresses without angle brackets: `www.`, `http://`, `https://`, and of email. */

import { isAlphanumeric, isCjk, isPunctuation } from '../characters.ts';
import { longestWord, type Scan } from '../inlines/scan.ts';
import { addLink } from './angle.ts';

/** At the colon of `http://`, `https://` or `ftp://`; whether an address begins there. */
export function schemeAutolink(scan: Scan): boolean {
  const { text, position } = scan;
  if (scan.brackets?.isOpen) return false;
  const length = /(?:https?|ftp)$/i.exec(text.slice(Math.max(plainStart(scan), position - 5), position))?.[0]
    .length;
  if (!length || /[a-z]/i.test(scan.charBefore(position - length))) return false;
  const after = text.slice(position + 1, position + 3);
  if (after !== '//') {
    // It may become one.
    if ('//'.startsWith(after) && position + 1 + after.length === text.length) scan.waits();
    return false;
  }
  return bareAddress(scan, position - length, position + 3, '');
}

/** At the dot of `www.`; whether an address begins there. */
export function wwwAutolink(scan: Scan): boolean {
  const { text, position } = scan;
  const start = position - 3;
  if (
    scan.brackets?.isOpen ||
    start < plainStart(scan) ||
    text.slice(start, position).toLowerCase() !== 'www'
  )
    return false;
  const before = scan.charBefore(start);
  if (before !== '' && !/[\s*_~(]/.test(before) && !isCjk(before)) return false;
  return bareAddress(scan, start, start, 'http://');
}

/** Where the source that stands for itself begins: addresses are looked for back to there. */
function plainStart(scan: Scan): number {
  return scan.plain?.start ?? scan.position;
}

/** Takes back the last characters of source that stood for itself. */
function takeBack(scan: Scan, index: number): void {
  const { plain } = scan;
  if (plain) {
    plain.value = scan.text.slice(plain.start, index);
    if (plain.value === '') scan.tokens.pop();
  }
  scan.position = index;
}

function bareAddress(scan: Scan, start: number, host: number, prefix: string): boolean {
  const { text } = scan;
  const hostEnd = scan.skip(host, char => char === '.' || char === '-' || char === '_' || isHostLetter(char));
  const isOpen = hostEnd === text.length && scan.waits();
  let domainEnd = hostEnd;
  // It closes emphasis rather.
  while (domainEnd > host && text[domainEnd - 1] === '_') domainEnd -= 1;
  if (!isOpen && !isHost(text.slice(host, domainEnd))) return false;
  let end = scan.skip(hostEnd, char => char > ' ' && char !== '<' && !isForeignStop(char));
  if (end === text.length) scan.waits();
  const whole = end;
  end = withoutTail(scan, host, end);
  if (end <= host) return false;
  takeBack(scan, start);
  const address = text.slice(start, end);
  const isHalf = whole === text.length && !scan.final;
  addLink(scan, isHalf ? undefined : prefix + address, address, end);
  // What may go on the address is not shown beside it.
  if (isHalf) scan.addDecoded('', whole);
  return true;
}

function isHostLetter(char: string): boolean {
  return isAlphanumeric(char) || (char > '\x7f' && !isPunctuation(char) && !/\s/.test(char));
}

/** A domain: no underscore in its last two segments. */
function isHost(host: string): boolean {
  const segments = host.replace(/\.$/, '').split('.');
  return (
    host !== '' &&
    segments.length > 0 &&
    !segments.slice(-2).some(segment => segment.includes('_') || segment === '')
  );
}

/** The full-width punctuation after an address in a Chinese or Japanese sentence is not part of it. */
function isForeignStop(char: string): boolean {
  return char > '\u2fff' && isCjk(char) && isPunctuation(char);
}

/** An address does not end with punctuation, a closing parenthesis without an opening one, or an entity. */
function withoutTail(scan: Scan, from: number, to: number): number {
  const { text } = scan;
  let end = to;
  let closing = 0;
  for (let index = from; index < to; index += 1) {
    if (text[index] === '(') closing -= 1;
    else if (text[index] === ')') closing += 1;
  }
  scan.shared.examined += to - from;
  while (end > from) {
    const char = text[end - 1]!;
    if (char === ')' && closing > 0) closing -= 1;
    else if (char === ';') {
      const start = entityStart(scan, from, end - 1);
      if (start === undefined) end -= 1;
      else end = start;
      continue;
    } else if (!/[?!.,:*_~'"]/.test(char)) break;
    end -= 1;
  }
  return end;
}

function entityStart(scan: Scan, from: number, end: number): number | undefined {
  let start = end;
  while (start > from && isAlphanumeric(scan.text[start - 1])) start -= 1;
  scan.shared.examined += end - start;
  return start < end && start > from && scan.text[start - 1] === '&' ? start - 1 : undefined;
}

/** At the `@` of an address; whether it is one. */
export function emailAutolink(scan: Scan): boolean {
  const { text, position } = scan;
  if (scan.brackets?.isOpen) return false;
  let start = position;
  while (start > plainStart(scan) && /[\w.+-]/.test(text[start - 1]!)) start -= 1;
  scan.shared.examined += position - start;
  if (start === position || position - start >= longestWord) return false;
  let end = scan.skip(
    position + 1,
    char => isAlphanumeric(char) || char === '.' || char === '-' || char === '_',
  );
  if (end === text.length) scan.waits();
  const whole = end;
  while (text[end - 1] === '.' || (text[end - 1] === '_' && isEmphasized(scan, start))) end -= 1;
  const domain = text.slice(position + 1, end);
  if (!domain.includes('.') || /[-_]$/.test(domain)) return false;
  takeBack(scan, start);
  const address = text.slice(start, end);
  addLink(scan, `mailto:${address}`, address, end);
  if (whole === text.length && !scan.final) scan.addDecoded('', whole);
  return true;
}

/** An underscore before an address opens emphasis; one after it then closes it. */
function isEmphasized(scan: Scan, start: number): boolean {
  const before = scan.tokens.at(-2);
  return start === plainStart(scan) && before?.kind === 'delimiter' && before.char === '_';
}
