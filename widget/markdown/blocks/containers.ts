/** The blocks that hold blocks: quotes, lists and their items. */

import type { Blockquote, Item, List, Root } from '../tree.ts';
import type { Going } from './block.ts';
import type { Line } from './line.ts';

export abstract class Container {
  abstract readonly node: { children: unknown[] };

  /** Whether a line goes on with it; uses up what it has at the beginning of its lines, and changes nothing else. */
  going(_line: Line): Going {
    return 'yes';
  }

  /** Takes its place after its siblings. */
  attach(siblings: unknown[]): void {
    siblings.push(this.node);
  }
}

export class RootContainer extends Container {
  readonly node: Root;

  constructor(node: Root) {
    super();
    this.node = node;
  }
}

export class QuoteContainer extends Container {
  readonly node: Blockquote = { type: 'blockquote', children: [] };

  override going(line: Line): Going {
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

export class ListContainer extends Container {
  readonly node: List;
  readonly mark: string;

  constructor({ ordered, start, mark }: ListKind) {
    super();
    this.node = { type: 'list', ordered, start, tight: true, children: [] };
    this.mark = mark;
  }
}

export class ItemContainer extends Container {
  readonly node: Item;
  readonly list: ListKind;
  /** How far its content is indented. */
  readonly #indent: number;
  /** A block has begun in it. */
  isFilled = false;

  constructor(list: ListKind, indent: number, checked: boolean | undefined) {
    super();
    this.list = list;
    this.#indent = indent;
    this.node = { type: 'item', checked, children: [] };
  }

  override going(line: Line): Going {
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
