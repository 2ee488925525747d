/** Footnotes: `[^label]:` and what is indented under it. */

import type { Going } from '../blocks/block.ts';
import { Container, passBlank } from '../blocks/containers.ts';
import type { Line } from '../blocks/line.ts';
import type { Place, Start } from '../blocks/starts.ts';
import type { Shared } from '../shared.ts';
import type { Footnote } from '../tree.ts';
import { isNoteLabel } from './footnote.ts';

class NoteContainer extends Container {
  readonly node: Footnote;
  readonly #shared: Shared;

  constructor(label: string, shared: Shared) {
    super();
    this.node = { type: 'footnote', label, number: 0, children: [] };
    this.#shared = shared;
  }

  override going(line: Line): Going {
    if (line.isBlank) return passBlank(line);
    if (line.indent < 4) return 'no';
    line.passColumns(4);
    return 'yes';
  }

  /** It has its place at the end of the answer. */
  override attach(): void {
    this.#shared.labels?.notes.define(this.node);
  }
}

/** `[^label]:` */
export function readNote(line: Line, { canNest }: Place): Start | 'wait' | undefined {
  const { text, next, shared } = line;
  if (!canNest) return undefined;
  if (text[next + 1] !== '^' && next + 1 < text.length) return undefined;
  const end = line.skip(next + 2, isNoteLabel);
  const isOpen = !line.isComplete && text.slice(end, end + 2).length < (text[end] === ']' ? 2 : 1);
  if (isOpen) return 'wait';
  if (!text.startsWith(']:', end) || end === next + 2) return undefined;
  line.pass(end + 2 - next);
  line.passColumns(line.indent);
  return { container: new NoteContainer(text.slice(next + 2, end), shared) };
}
