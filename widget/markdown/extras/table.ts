/** Tables, from the row of dashes under their head on. */

import { isSpace } from '../characters.ts';
import { type Going, Leaf } from '../blocks/block.ts';
import type { Line } from '../blocks/line.ts';
import type { Shared } from '../shared.ts';
import type { Align, Row, Table } from '../tree.ts';
import { RowText } from './row.ts';

/** A wider head makes no table: each of its short rows would stand for as many empty cells. */
const widestTable = 128;
const mostFilled = 1000;

export class TableRows extends Leaf {
  readonly #node: Table;
  readonly #shared: Shared;
  #row: RowText | undefined;
  #written = 0;
  #filled = 0;

  /** The table is in its place already: its head was there before. */
  constructor(node: Table, shared: Shared) {
    super();
    this.#node = node;
    this.#shared = shared;
  }

  override attach(): void {}

  override going(line: Line): Going {
    return line.isBlank || line.indent > 3 ? 'no' : 'unless';
  }

  override beginLine(line: Line): void {
    this.#row = new RowText(this.#shared, this.#node.align.length);
    this.#node.rows.push(this.#row.node);
    this.write(line.rest);
  }

  override write(text: string): void {
    this.#written += text.length;
    this.#row?.write(text);
  }

  override endLine(): void {
    this.#row?.close();
    if (this.#row) this.#fill(this.#row.node);
    this.#row = undefined;
  }

  /** Gives a short row its empty cells, as long as they are not many more than what was written. */
  #fill({ children }: Row): void {
    const missing = this.#node.align.length - children.length;
    this.#filled += missing;
    if (this.#filled > mostFilled + this.#written * 4) return;
    for (let count = missing; count > 0; count -= 1) children.push({ type: 'cell', children: [] });
  }

  override render(): void {
    this.#row?.render();
  }
}

export interface Head {
  table: Table;
  row: RowText;
}

/** A table that has nothing but the beginning of its head. */
export function beginTable(shared: Shared): Head {
  const row = new RowText(shared, widestTable);
  return { table: { type: 'table', align: [], head: row.node, rows: [] }, row };
}

/** How the columns are aligned, if a line is a row of dashes; `wait` if it may become one. */
export function readDashes(line: Line): Align[] | 'wait' | undefined {
  const { text, next } = line;
  // `- ` begins an item.
  if (text[next] === '-' && isSpace(text[next + 1])) return undefined;
  const end = line.skip(next, char => char === '|' || char === '-' || char === ':' || isSpace(char));
  if (end < text.length) return undefined;
  if (!line.isComplete) return 'wait';
  const cells = text
    .slice(next)
    .trim()
    .replace(/^\|/, '')
    .replace(/\|$/, '')
    .split('|', widestTable + 1);
  const aligns = cells.map(cell => alignOf(cell.trim()));
  return cells.length > widestTable || aligns.includes('none') ? undefined : (aligns as Align[]);
}

function alignOf(cell: string): Align | 'none' {
  if (!/^:?-+:?$/.test(cell)) return 'none';
  if (cell.startsWith(':')) return cell.endsWith(':') ? 'center' : 'left';
  return cell.endsWith(':') ? 'right' : undefined;
}
