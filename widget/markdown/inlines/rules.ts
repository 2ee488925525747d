/** The loop that asks the rules of a syntax, and the rules of what is not emphasis or code. */

import { isAsciiPunctuation, isSpace } from '../characters.ts';
import type { Scan, TextToken } from './scan.ts';

/** Reads all that a text holds. */
export function readInlines(scan: Scan): void {
  const { text, shared } = scan;
  while (scan.position < text.length) {
    scan.settle();
    const from = scan.position;
    (shared.syntax.inlines[scan.char()] ?? plainText)(scan);
    shared.examined += Math.max(1, scan.position - from);
  }
  scan.settle();
}

function plainText(scan: Scan): void {
  const { plain } = scan.shared.syntax;
  plain.lastIndex = scan.position;
  plain.test(scan.text);
  scan.addText(plain.lastIndex);
}

export function backslash(scan: Scan): void {
  const next = scan.char(1);
  if (next === '' && scan.waits()) scan.addDecoded('', scan.position + 1);
  else if (next === '\n') scan.add({ type: 'line-break', hard: true }, scan.position + 2);
  else if (next !== '' && isAsciiPunctuation(next)) scan.addDecoded(next, scan.position + 2);
  else scan.addText(scan.position + 1);
}

/** Spaces before it are not text; two of them make it a hard break. */
export function lineBreak(scan: Scan): void {
  const { plain } = scan;
  const hard = plain?.value.endsWith('  ') ?? false;
  if (plain) scan.shared.examined += trimEnd(plain);
  scan.add({ type: 'line-break', hard }, scan.position + 1);
}

/** Takes the spaces from the end of a text; how many there were. */
export function trimEnd(token: TextToken): number {
  const { value } = token;
  let end = value.length;
  while (isSpace(value[end - 1])) end -= 1;
  token.value = value.slice(0, end);
  return value.length - end;
}
