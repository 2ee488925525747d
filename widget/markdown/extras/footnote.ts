/** References to footnotes: `[^label]`. */

import type { Scan } from '../inlines/scan.ts';
import { type Bracket, pairAfter } from './brackets.ts';

/** `[^label]`, in place of what the bracket holds; whether it is one. */
export function footnoteReference(scan: Scan, bracket: Bracket): boolean {
  const { text, position, shared, reader } = scan;
  const { notes, hopeful, hoping, noting } = shared.labels!;
  const label = text.slice(bracket.start + 1, position);
  if (text[bracket.start] !== '^' || bracket.isNested || !isNoteLabel(label)) return false;
  shared.examined += label.length;
  if (!notes.has(label)) {
    if (!hopeful) return false;
    hoping.add(reader);
  }
  noting.add(reader);
  pairAfter(scan, bracket.bottom);
  scan.tokens.length = bracket.tokens - 1;
  if (bracket.isImage) scan.addDecoded('!', position);
  scan.add({ type: 'footnote-reference', label, number: notes.number(label) }, position + 1);
  return true;
}

export function isNoteLabel(label: string): boolean {
  return label !== '' && label.length < 1000 && !/[\s[\]]/.test(label);
}
