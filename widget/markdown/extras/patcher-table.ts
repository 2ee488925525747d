/** Shows a table, in an element that scrolls: a wide one does not widen the page. */

import { copyButton } from '../patcher-copy.ts';
import { textIn } from '../patcher-inlines.ts';
import { element, partLength, textElement, ViewList } from '../patcher.ts';
import type { Align, Cell, Row, Table } from '../tree.ts';
import type { Surroundings, View } from '../view.ts';
import { plainText } from './plain-text.ts';

export class TableView {
  readonly dom = element('div', 'table');
  readonly #table = textElement('table');
  readonly #head: CellList;
  readonly #rows: RowList;
  #node: Table | undefined;

  constructor(around: Surroundings) {
    const row = element('tr');
    this.#head = new CellList(row, 'th', around);
    const head = element('thead');
    head.append(row);
    const body = element('tbody');
    this.#rows = new RowList(body, around);
    this.#table.append(head, body);
    const scroller = element('div', 'wide');
    scroller.tabIndex = 0;
    scroller.role = 'group';
    scroller.ariaLabel = around.extraWords!.table;
    scroller.append(this.#table);
    this.dom.append(
      scroller,
      copyButton(around.extraWords!.copyTable, around.words.copied, () => tabSeparated(this.#node)),
    );
  }

  update(node: Table): void {
    this.#node = node;
    this.#rows.align = node.align;
    // Once there are rows, the head is complete.
    if (this.#rows.length === 0) this.#head.update(node.head, node.align, 0);
    this.#rows.patch(node.rows, this.#rows.length - 1);
    if (node.rows.length > partLength) this.#layOutByRow();
  }

  /**
   * Rows cost a layout of the whole table each, unless each is laid out by itself. The columns stay as wide as they are.
   * As a grid it is still read as a table.
   */
  #layOutByRow(): void {
    if (!this.#rows.areAlone) {
      const { offsetWidth } = this.#table;
      const isWider = offsetWidth > this.#table.parentElement!.clientWidth;
      const widths = [...this.#table.rows[0]!.cells].map(cell => cell.offsetWidth);
      const columns = widths.map(width =>
        // A table that is not in the page yet has no width.
        width === 0 ? 'minmax(8em, 1fr)' : `minmax(${isWider ? `${width}px` : '5em'}, ${width}fr)`,
      );
      this.#table.style.setProperty('--columns', columns.join(' '));
      this.dom.className = 'table long';
      this.#table.role = 'table';
      for (const part of this.#table.children) part.role = 'rowgroup';
      for (const row of this.#table.rows) {
        row.role = 'row';
        for (const cell of row.cells) cell.role = cell.localName === 'th' ? 'columnheader' : 'cell';
      }
    }
    this.#rows.areAlone = true;
    const last = this.#table.lastElementChild!;
    if (last.role !== 'rowgroup') last.role = 'rowgroup';
  }
}

class RowList extends ViewList<Row> {
  protected override readonly part = 'tbody';
  align: Align[] = [];
  /** Each is laid out by itself. */
  areAlone = false;

  protected override keyOf(): string {
    return '';
  }

  protected override create(): View<Row> {
    const dom = element('tr');
    if (this.areAlone) dom.role = 'row';
    const cells = new CellList(dom, 'td', this.around, this);
    return { dom, update: row => cells.update(row, this.align, cells.length - 1) };
  }
}

class CellList extends ViewList<Cell> {
  readonly #name: 'th' | 'td';
  readonly #rows: { areAlone: boolean } | undefined;
  readonly #cells: HTMLTableCellElement[] = [];

  constructor(parent: Element, name: 'th' | 'td', around: Surroundings, rows?: { areAlone: boolean }) {
    super(parent, around);
    this.#name = name;
    this.#rows = rows;
  }

  update({ children }: Row, aligns: Align[], from: number): void {
    this.patch(children, from);
    this.#cells.length = children.length;
    for (let index = Math.max(0, from); index < children.length; index += 1) {
      const align = aligns[index];
      const cell = this.#cells[index]!;
      if (align && cell.align !== align) cell.align = align;
    }
  }

  protected override keyOf(): string {
    return '';
  }

  protected override create(): View<Cell> {
    const dom = textElement(this.#name);
    if (this.#name === 'th') dom.scope = 'col';
    if (this.#rows?.areAlone) dom.role = 'cell';
    this.#cells.push(dom);
    return textIn(dom, this.around);
  }
}

/** A table for a spreadsheet. */
function tabSeparated(table: Table | undefined): string {
  if (!table) return '';
  return [table.head, ...table.rows]
    .map(row => row.children.map(cell => plainText(cell.children).replace(/\s+/g, ' ')).join('\t'))
    .join('\n');
}
