/** All that answers are written in: GFM's tables, footnotes and bare addresses, math, and characters by name. */

import { readMath } from '../blocks/math.ts';
import { readNote } from '../blocks/note.ts';
import { asLeaf } from '../blocks/starts.ts';
import { tables } from '../blocks/table.ts';
import { emailAutolink, schemeAutolink, wwwAutolink } from '../inlines/autolink.ts';
import { footnoteReference } from '../inlines/footnote.ts';
import { backslashMath, dollarMath } from '../inlines/math.ts';
import { Notes } from '../inlines/notes.ts';
import type { Syntax } from '../syntax.ts';
import { namedCharacter } from './names.ts';

export const fullSyntax: Syntax = {
  inlines: {
    $: dollarMath,
    '\\': backslashMath,
    ':': schemeAutolink,
    '.': wwwAutolink,
    '@': emailAutolink,
  },
  starts: {
    $: line => asLeaf(readMath(line)),
    '\\': line => asLeaf(readMath(line)),
    '[': readNote,
  },
  tables,
  notes: { create: () => new Notes(), reference: footnoteReference },
  named: namedCharacter,
};
