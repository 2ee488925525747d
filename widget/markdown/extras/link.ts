/** Links, images and references to footnotes: what `]` makes of the bracket that it closes. */

import { isAlphanumeric, isSpace } from '../characters.ts';
import type { Scan } from '../inlines/scan.ts';
import { Bracket, Brackets, closing, pairAfter } from './brackets.ts';
import { beginsTitle, readDestination, readLabel, readTitle, skipSpace } from './destination.ts';
import { footnoteReference } from './footnote.ts';
import { normalizeLabel, type Target } from './references.ts';

export function openBracket(scan: Scan, isImage: boolean): void {
  const { position } = scan;
  const start = position + (isImage ? 2 : 1);
  const before = scan.charBefore(position);
  const next = scan.text[start];
  const inviting = isImage || !(isAlphanumeric(before) || isSpace(next) || next === ']');
  const bracket = new Bracket(scan, start, isImage, inviting);
  scan.tokens.push(bracket);
  scan.brackets ??= new Brackets();
  scan.brackets.push(bracket);
  scan.position = start;
}

export function exclamation(scan: Scan): void {
  if (scan.char(1) === '[') openBracket(scan, true);
  else if (scan.char(1) === '' && scan.waits()) scan.addDecoded('', scan.position + 1);
  else scan.addText(scan.position + 1);
}

/** Whatever the bracket is, what follows its target. */
type Found = { target: Target | undefined; end: number } | undefined;

export function closeBracket(scan: Scan): void {
  const popped = scan.brackets?.pop();
  if (!popped) return scan.addText(scan.position + 1);
  const { bracket, isAlive } = popped;
  const found = isAlive ? (inlineTarget(scan) ?? referenceTarget(scan, bracket)) : undefined;
  if (found) makeLink(scan, bracket, found);
  else if (!isAlive || !footnoteReference(scan, bracket)) scan.addText(scan.position + 1);
  if (!scan.brackets?.isOpen) scan.delimiters.pair();
}

function makeLink(scan: Scan, bracket: Bracket, { target, end }: Exclude<Found, undefined>): void {
  pairAfter(scan, bracket.bottom);
  bracket.become(target?.href, target?.title ?? '');
  if (!bracket.isImage) scan.brackets?.foundLink();
  scan.tokens.push(closing);
  scan.position = end;
}

/** `(destination "title")` after the bracket. */
function inlineTarget(scan: Scan): Found {
  const { text } = scan;
  const work = scan.shared;
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
  const { shared, reader } = scan;
  const { references, hopeful, hoping } = shared.labels!;
  const after = position + 1;
  const isNote = text[bracket.start] === '^';
  if (after === text.length && !isNote && bracket.inviting && scan.waits())
    return { target: undefined, end: after };
  const label = text[after] === '[' ? readLabel(text, after, shared) : undefined;
  if (label === 'open' && scan.waits()) return { target: undefined, end: text.length };
  const isFull = typeof label === 'object' && label.value.trim() !== '';
  if (!isFull && (bracket.isNested || position - bracket.start > 999)) return undefined;
  const source = isFull ? label.value : text.slice(bracket.start, position);
  shared.examined += source.length;
  const key = normalizeLabel(source);
  if (key === '') return undefined;
  const target = references.target(key, reader);
  const end = typeof label === 'object' ? label.end : after;
  if (target) return { target, end };
  // `[text][label]` is hardly meant to be read as it is: its definition will come.
  const isHope = hopeful && typeof label === 'object' && !isNote && !isNoteSource(label.value);
  if (isHope) hoping.add(reader);
  return isHope ? { target: undefined, end } : undefined;
}

function isNoteSource(label: string): boolean {
  return label.startsWith('^');
}
