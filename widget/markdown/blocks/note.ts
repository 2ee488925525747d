/** Footnotes: `[^label]:` and what is indented under it. */

import { isNoteLabel } from '../inlines/footnote.ts';
import type { Footnote } from '../tree.ts';
import type { Going } from './block.ts';
import { passBlank } from './containers.ts';
import type { Line } from './line.ts';
import type { Place, Start } from './starts.ts';

export class NoteContainer {
  readonly kind = 'note';
  readonly node: Footnote;

  constructor(label: string) {
    this.node = { type: 'footnote', label, number: 0, children: [] };
  }

  going(line: Line): Going {
    if (line.isBlank) return passBlank(line);
    if (line.indent < 4) return 'no';
    line.passColumns(4);
    return 'yes';
  }
}

/** `[^label]:` */
export function readNote(line: Line, { canNest }: Place): Start | 'wait' | undefined {
  const { text, next } = line;
  if (!canNest) return undefined;
  if (text[next + 1] !== '^' && next + 1 < text.length) return undefined;
  const end = line.skip(next + 2, isNoteLabel);
  const isOpen = !line.isComplete && text.slice(end, end + 2).length < (text[end] === ']' ? 2 : 1);
  if (isOpen) return 'wait';
  if (!text.startsWith(']:', end) || end === next + 2) return undefined;
  line.pass(end + 2 - next);
  line.passColumns(line.indent);
  return { container: new NoteContainer(text.slice(next + 2, end)) };
}
