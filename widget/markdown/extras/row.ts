/** A table's row as it arrives: each cell is a text of its own, and done when the next `|` comes. */

import { isSpace } from '../characters.ts';
import { InlineText } from '../inlines/text.ts';
import type { Shared } from '../shared.ts';
import type { Row } from '../tree.ts';

export class RowText {
  readonly node: Row = { type: 'row', children: [] };
  readonly #shared: Shared;
  /** Cells beyond it are dropped. */
  readonly #limit: number;
  #cell: InlineText | undefined;
  #cells = 0;
  #hasBegun = false;
  #escapes = false;

  constructor(shared: Shared, limit: number) {
    this.#shared = shared;
    this.#limit = limit;
  }

  /** How many cells it has, with those that were dropped. */
  get length(): number {
    return this.#cells;
  }

  write(text: string): void {
    this.#shared.examined += text.length;
    for (let index = 0; index < text.length; ) {
      const char = text[index]!;
      if (this.#escapes) {
        this.#escapes = false;
        // An escaped pipe is one, in code too; any other escape is the cell's to resolve.
        this.#append(char === '|' ? char : '\\');
        if (char === '|') index += 1;
      } else if (char === '\\') {
        this.#escapes = true;
        index += 1;
      } else if (char === '|') {
        this.#separate();
        index += 1;
      } else {
        let end = index + 1;
        while (end < text.length && text[end] !== '|' && text[end] !== '\\') end += 1;
        this.#append(text.slice(index, end));
        index = end;
      }
    }
  }

  render(): void {
    this.#cell?.render();
  }

  close(): void {
    if (this.#escapes) this.#append('\\');
    this.#escapes = false;
    this.#cell?.close();
    this.#cell = undefined;
  }

  #append(text: string): void {
    let start = 0;
    if (!this.#isInCell) while (isSpace(text[start])) start += 1;
    if (start === text.length) return;
    if (!this.#isInCell) this.#begin();
    this.#cell?.write(text.slice(start));
  }

  #isInCell = false;

  #begin(): void {
    this.#hasBegun = this.#isInCell = true;
    this.#cells += 1;
    if (this.#cells > this.#limit) return;
    const cell: Row['children'][number] = { type: 'cell', children: [] };
    this.node.children.push(cell);
    this.#cell = new InlineText(cell.children, this.#shared);
  }

  /** The first pipe of a row separates nothing. */
  #separate(): void {
    if (this.#hasBegun && !this.#isInCell) this.#begin();
    this.#hasBegun = true;
    this.#isInCell = false;
    this.#cell?.close();
    this.#cell = undefined;
  }
}
