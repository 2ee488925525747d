/** How the nodes are shown that only the full syntax makes. */

import type { Views } from './patcher-inlines.ts';
import { MathView } from './patcher-math.ts';
import { NotesView, ReferenceView } from './patcher-notes.ts';
import { TableView } from './patcher-table.ts';
import { element, type View } from './patcher.ts';
import type { Block, Inline } from './tree.ts';

export const fullViews: Views = {
  math(node) {
    const isSpan = node.type === 'math';
    const display = !isSpan || node.display ? 'math display' : 'math';
    return new MathView(element(isSpan ? 'span' : 'div', display)) as View<Inline | Block>;
  },
  reference: ({ label }, around) => new ReferenceView(label, around) as View<Inline>,
  table: around => new TableView(around) as View<Block>,
  notes: around => new NotesView(around),
};
