/** References to footnotes: `[^label]`. */

import type { Bracket } from './brackets.ts';
import type { Scan } from './scan.ts';

/** `[^label]`, in place of what the bracket holds; whether it is one. */
export function footnoteReference(scan: Scan, bracket: Bracket): boolean {
  const { text, position } = scan;
  const { notes, hopeful } = scan.around;
  const label = text.slice(bracket.start + 1, position);
  if (!notes || text[bracket.start] !== '^' || bracket.isNested || !isNoteLabel(label)) return false;
  scan.around.work.examined += label.length;
  if (!notes.has(label)) {
    if (!hopeful) return false;
    scan.hopes = true;
  }
  scan.notes = true;
  scan.delimiters.pairAfter(bracket.bottom);
  scan.tokens.length = bracket.tokens - 1;
  if (bracket.isImage) scan.addDecoded('!', position);
  scan.add({ type: 'footnote-reference', label, number: notes.number(label) }, position + 1);
  return true;
}

export function isNoteLabel(label: string): boolean {
  return label !== '' && label.length < 1000 && !/[\s[\]]/.test(label);
}
