/** Definitions of what a label stands for: `[label]: destination "title"`. */

import { isSpace } from '../characters.ts';
import { beginsTitle, readDestination, readLabel, readTitle, skipSpace } from './destination.ts';
import { normalizeLabel, type Target } from './references.ts';
import type { Work } from '../shared.ts';

export interface Definition {
  label: string;
  target: Target;
  /** The index after it and its line break. */
  end: number;
}

/** The definition that a text begins with; `open` if more of the text must come to tell. */
export function readDefinition(
  written: string,
  isFinal: boolean,
  work: Work,
): Definition | 'open' | undefined {
  const text = isFinal ? `${written}\n` : written;
  const label = readLabel(text, 0, work);
  if (typeof label !== 'object') return isFinal ? undefined : label;
  if (text[label.end] !== ':') return label.end === text.length ? 'open' : undefined;
  const key = normalizeLabel(label.value);
  work.examined += label.end;
  const start = skipSpace(text, label.end + 1, work);
  if (key === '' || start === undefined) return undefined;
  if (start === text.length) return isFinal ? undefined : 'open';
  const href = readDestination(text, start, work);
  if (typeof href !== 'object') return isFinal ? undefined : href;
  if (href.end === start) return undefined;
  const lineEnd = lineEndAfter(text, href.end);
  const plain = { label: key, target: { href: href.value, title: '' }, end: lineEnd + 1 };
  const endsLine = text[lineEnd] === '\n';
  const next = skipSpace(text, href.end, work) ?? lineEnd;
  if (next === text.length && !isFinal) return 'open';
  if (next === href.end || !beginsTitle(text[next])) return endsLine ? plain : undefined;
  const title = readTitle(text, next, work);
  if (title === 'open' && !isFinal) return 'open';
  if (typeof title === 'object') {
    const end = lineEndAfter(text, title.end);
    if (end === text.length) return 'open';
    if (text[end] === '\n')
      return { label: key, target: { href: href.value, title: title.value }, end: end + 1 };
  }
  return endsLine ? plain : undefined;
}

function lineEndAfter(text: string, index: number): number {
  let end = index;
  while (isSpace(text[end])) end += 1;
  return end;
}
