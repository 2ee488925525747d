/** Math: `$…$`, `$$…$$`, `\(…\)` and `\[…\]`. A price is none. */

import { isAlphanumeric, isDigit, isWhitespace } from '../characters.ts';
import type { Scan } from '../inlines/scan.ts';

/** Farther than this from its opening delimiter nothing closes it. */
const longestDisplay = 4000;
const longestDollar = 500;

/** `$` or `$$`: math, or text. */
export function dollarMath(scan: Scan): boolean {
  const length = scan.runAt(scan.position);
  const end = scan.position + length;
  // The run may grow: nothing of it is shown yet.
  if (end === scan.text.length && scan.waits()) {
    scan.addDecoded('', end);
    return true;
  }
  if (length === 2 && delimited(scan, '$$', true)) return true;
  if (length === 1 && singleDollar(scan)) return true;
  scan.addText(end);
  return true;
}

/** `\(` or `\[`; whether it was math. */
export function backslashMath(scan: Scan): boolean {
  if (scan.char(1) !== '(' && scan.char(1) !== '[') return false;
  return scan.char(1) === '(' ? delimited(scan, '\\)', false) : delimited(scan, '\\]', true);
}

function delimited(scan: Scan, closer: string, display: boolean): boolean {
  const { position, text } = scan;
  const start = position + 2;
  const limit = Math.min(text.length, start + longestDisplay);
  // What was searched before, in vain, is not searched again.
  const from = Math.max(start, scan.last.get(closer) ?? 0);
  let index = from;
  while (index < limit && !text.startsWith(closer, index)) index += text[index] === '\\' ? 2 : 1;
  scan.shared.examined += index - from;
  if (index < limit) {
    const content = text.slice(start, index);
    // `\(\)` and the like are escaped punctuation.
    if (!/[\p{L}\p{N}]/u.test(content)) return false;
    scan.add(
      { type: 'math', text: content, display, source: text.slice(position, index + 2), closed: true },
      index + 2,
    );
    return true;
  }
  if (limit === text.length && scan.waits()) {
    showOpen(scan, display, start);
    return true;
  }
  // There is none up to here, whoever looks for it.
  scan.last.set(closer, index);
  return false;
}

function singleDollar(scan: Scan): boolean {
  const { position, text } = scan;
  const start = position + 1;
  const before = scan.charBefore(position);
  if (before === '\\' || before === '$' || isAlphanumeric(before)) return false;
  if (start === text.length) return false;
  if (isWhitespace(text[start]!)) return false;
  const limit = Math.min(text.length, start + longestDollar);
  let index = start;
  while (index < limit && text[index] !== '$') index += text[index] === '\\' ? 2 : 1;
  scan.shared.examined += index - start;
  if (index >= limit) {
    if (limit !== text.length || !scan.waits() || seemsPrice(text.slice(start))) return false;
    showOpen(scan, false, start);
    return true;
  }
  const content = text.slice(start, index);
  const end = index + 1;
  if (end === text.length) scan.waits();
  if (isWhitespace(content.at(-1)!) || isDigit(text[end]) || text[end] === '$' || isPrice(content))
    return false;
  scan.add(
    { type: 'math', text: content, display: false, source: text.slice(position, end), closed: true },
    end,
  );
  return true;
}

/** What has come after a dollar is a price, for all that can be known. */
function seemsPrice(content: string): boolean {
  return isDigit(content[0]) && !/[\\^_={}]/.test(content);
}

/** `5 and 10`, between two dollars. */
function isPrice(content: string): boolean {
  return isDigit(content[0]) && /\s/.test(content) && !/[\\^_={}+*/<>]/.test(content);
}

function showOpen(scan: Scan, display: boolean, start: number): void {
  const { position, text } = scan;
  const source = text.slice(position);
  const content = text.slice(start).replace(/[\\$]$/, '');
  if (content === '') scan.addDecoded('', text.length);
  else scan.add({ type: 'math', text: content, display, source, closed: false }, text.length);
}
