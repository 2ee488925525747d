/** Links, images and references to footnotes: what `]` makes of the bracket that it closes. */

import { isAlphanumeric, isSpace } from '../characters.ts';
import type { Bracket } from './brackets.ts';
import { beginsTitle, readDestination, readLabel, readTitle, skipSpace } from './destination.ts';
import { normalizeLabel, type Target } from './references.ts';
import type { Scan } from './scan.ts';

export function openBracket(scan: Scan, isImage: boolean): void {
  const { position } = scan;
  const start = position + (isImage ? 2 : 1);
  const before = scan.charBefore(position);
  const next = scan.text[start];
  const bracket: Bracket = {
    kind: 'open',
    isImage,
    start,
    tokens: scan.tokens.length + 1,
    bottom: scan.delimiters.last,
    isNested: false,
    inviting: isImage || !(isAlphanumeric(before) || isSpace(next) || next === ']'),
    container: undefined,
    isHidden: false,
  };
  scan.tokens.push(bracket);
  scan.brackets.push(bracket);
  scan.position = start;
}

/** Whatever the bracket is, what follows its target. */
type Found = { target: Target | undefined; end: number } | undefined;

export function closeBracket(scan: Scan): void {
  const popped = scan.brackets.pop();
  if (!popped) return scan.addText(scan.position + 1);
  const { bracket, isAlive } = popped;
  const found = isAlive ? (inlineTarget(scan) ?? referenceTarget(scan, bracket)) : undefined;
  if (found) makeLink(scan, bracket, found);
  else if (!isAlive || !scan.around.syntax.notes?.reference(scan, bracket)) scan.addText(scan.position + 1);
  if (!scan.brackets.isOpen) scan.delimiters.pair();
}

function makeLink(scan: Scan, bracket: Bracket, { target, end }: Exclude<Found, undefined>): void {
  scan.delimiters.pairAfter(bracket.bottom);
  const { href, title } = target ?? { href: undefined, title: '' };
  if (bracket.isImage) bracket.container = { type: 'image', src: href ?? '', alt: '', title };
  else bracket.container = { type: 'link', href, title, children: [] };
  // Half an image is not shown.
  bracket.isHidden = bracket.isImage && !target;
  if (!bracket.isImage) scan.brackets.foundLink();
  scan.tokens.push({ kind: 'close' });
  scan.position = end;
}

/** `(destination "title")` after the bracket. */
function inlineTarget(scan: Scan): Found {
  const { text } = scan;
  const { work } = scan.around;
  const half = { target: undefined, end: text.length };
  if (scan.char(1) !== '(') return undefined;
  const start = skipSpace(text, scan.position + 2, work);
  if (start === undefined) return undefined;
  if (start === text.length) return scan.waits() ? half : undefined;
  const href = readDestination(text, start, work);
  if (href === 'open') return scan.waits() ? half : undefined;
  if (!href) return undefined;
  let end = skipSpace(text, href.end, work);
  let title = '';
  if (end !== undefined && end > href.end && beginsTitle(text[end])) {
    const part = readTitle(text, end, work);
    if (part === 'open') return scan.waits() ? half : undefined;
    if (!part) return undefined;
    title = part.value;
    end = skipSpace(text, part.end, work);
  }
  if (end === undefined) return undefined;
  if (end === text.length) return scan.waits() ? half : undefined;
  return text[end] === ')' ? { target: { href: href.value, title }, end: end + 1 } : undefined;
}

/** `[label]`, `[]` or nothing after the bracket. */
function referenceTarget(scan: Scan, bracket: Bracket): Found {
  const { text, position } = scan;
  const { work, references, reader, hopeful } = scan.around;
  const after = position + 1;
  const isNote = text[bracket.start] === '^';
  if (after === text.length && !isNote && bracket.inviting && scan.waits())
    return { target: undefined, end: after };
  const label = text[after] === '[' ? readLabel(text, after, work) : undefined;
  if (label === 'open' && scan.waits()) return { target: undefined, end: text.length };
  const isFull = typeof label === 'object' && label.value.trim() !== '';
  if (!isFull && (bracket.isNested || position - bracket.start > 999)) return undefined;
  const source = isFull ? label.value : text.slice(bracket.start, position);
  work.examined += source.length;
  const key = normalizeLabel(source);
  if (key === '') return undefined;
  const target = references.target(key, reader);
  const end = typeof label === 'object' ? label.end : after;
  if (target) return { target, end };
  // `[text][label]` is hardly meant to be read as it is: its definition will come.
  const isHope = hopeful && typeof label === 'object' && !isNote && !isNoteSource(label.value);
  if (isHope) scan.hopes = true;
  return isHope ? { target: undefined, end } : undefined;
}

function isNoteSource(label: string): boolean {
  return label.startsWith('^');
}
