/** The blocks that hold blocks: quotes, lists and their items, notes. */

import type { Blockquote, Item, List, Root } from '../tree.ts';
import type { Going } from './block.ts';
import type { Line } from './line.ts';
import type { NoteContainer } from './note.ts';

interface Base {
  /** Whether a line goes on with it; uses up what it has at the beginning of its lines, and changes nothing else. */
  going(line: Line): Going;
}

export class RootContainer implements Base {
  readonly kind = 'root';
  readonly node: Root;

  constructor(node: Root) {
    this.node = node;
  }

  going(): Going {
    return 'yes';
  }
}

export class QuoteContainer implements Base {
  readonly kind = 'quote';
  readonly node: Blockquote = { type: 'blockquote', children: [] };

  going(line: Line): Going {
    return passQuoteMark(line) ? 'yes' : 'no';
  }
}

/** `>` and one column of white space. */
export function passQuoteMark(line: Line): boolean {
  if (line.indent > 3 || line.char !== '>') return false;
  line.pass(1);
  line.passColumns(1);
  return true;
}

/** What all items of a list have in common. */
export interface ListKind {
  ordered: boolean;
  start: number;
  /** The bullet, or the character after the number. */
  mark: string;
}

export class ListContainer implements Base {
  readonly kind = 'list';
  readonly node: List;
  readonly mark: string;

  constructor({ ordered, start, mark }: ListKind) {
    this.node = { type: 'list', ordered, start, tight: true, children: [] };
    this.mark = mark;
  }

  going(): Going {
    return 'yes';
  }
}

export class ItemContainer implements Base {
  readonly kind = 'item';
  readonly node: Item = { type: 'item', checked: undefined, children: [] };
  readonly list: ListKind;
  /** How far its content is indented. */
  readonly #indent: number;
  /** A block has begun in it. */
  isFilled = false;

  constructor(list: ListKind, indent: number, checked: boolean | undefined) {
    this.list = list;
    this.#indent = indent;
    this.node.checked = checked;
  }

  going(line: Line): Going {
    if (line.isBlank) return this.isFilled ? passBlank(line) : 'no';
    if (line.indent < this.#indent) return 'no';
    line.passColumns(this.#indent);
    return 'yes';
  }
}

/** A blank line in an item has no indentation to keep. */
export function passBlank(line: Line): Going {
  line.pass(0);
  return 'yes';
}

export type Container = RootContainer | QuoteContainer | ListContainer | ItemContainer | NoteContainer;
