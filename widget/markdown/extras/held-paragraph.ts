/**
 * Paragraphs that may be something else: definitions, which show nothing; the head of a table; a heading, when its underline
 * comes.
 */

import type { Leaf, Turn } from '../blocks/block.ts';
import { isSpace } from '../characters.ts';
import type { Line } from '../blocks/line.ts';
import { ParagraphText } from '../blocks/paragraph.ts';
import type { Table } from '../tree.ts';
import { readDefinition } from './definition.ts';
import { beginTable, type Head, readDashes, TableRows } from './table.ts';

export class HeldParagraph extends ParagraphText {
  /** Text that may be definitions, or a table's head. */
  #held = '';
  #holds: 'definitions' | 'head' | 'text' = 'definitions';
  /** Shown at once when the first line begins with a pipe. */
  #head: Head | undefined;
  /** The last line. */
  #line = '';
  /** How much of what is held was read in search of definitions. */
  #read = 0;

  override beginLine(line: Line): void {
    // So it is at the beginning, and after definitions.
    if (this.#holds !== 'text' && this.#held === '') {
      if (line.char === '[') this.#holds = 'definitions';
      else if (line.char === '|') this.#showHead();
      else this.#showHeld();
    } else {
      // Without its row of dashes it was no head.
      if (this.#holds === 'head') this.#showHeld();
      this.write('\n');
    }
    this.#line = '';
    this.write(line.rest);
  }

  override write(text: string): void {
    this.#line += text;
    if (this.#holds === 'text') {
      super.write(text);
      return;
    }
    this.#held += text;
    this.#head?.row.write(text);
    // A title that goes on for long is not read again for each piece.
    const isWorth = this.#held.length < 256 || this.#held.length > this.#read * 1.25;
    if (this.#holds === 'definitions' && isWorth) this.#readDefinitions(false);
  }

  override render(): void {
    super.render();
    this.#head?.row.render();
  }

  override close(): void {
    if (this.#holds === 'definitions') this.#readDefinitions(true);
    if (this.#holds === 'head') this.#showHeld();
    super.close();
  }

  override underline(line: Line): Turn {
    const level = readUnderline(line);
    if (level === 'wait') return 'wait';
    if (level && this.#holds === 'definitions') this.#readDefinitions(true);
    // Definitions alone cannot be underlined.
    const isEmpty = this.#holds === 'definitions' && this.#held === '';
    if (level && !isEmpty) return () => this.#toHeading(level);
    const align = /[|:-]/.test(line.char) ? readDashes(line) : undefined;
    if (align === 'wait' || !align) return align;
    const head = this.#lastLine();
    if (head?.row.length !== align.length) return undefined;
    return () => this.#toTable(head.table, align);
  }

  #readDefinitions(isFinal: boolean): void {
    while (this.#holds === 'definitions') {
      const definition = this.#held === '' ? undefined : readDefinition(this.#held, isFinal, this.shared);
      this.#read = this.#held.length;
      if (definition === 'open' && !isFinal) return;
      if (typeof definition === 'object') {
        this.shared.labels?.references.define(definition.label, definition.target);
        this.#held = this.#held.slice(definition.end);
        if (this.#held !== '') continue;
        if (!isFinal) return;
      }
      if (this.#held === '') return;
      this.#showHeld();
    }
  }

  #showHeld(): void {
    if (this.#head) this.siblings.pop();
    this.#head = undefined;
    this.#holds = 'text';
    this.show();
    super.write(this.#held);
    this.#held = '';
  }

  #showHead(): void {
    this.#holds = 'head';
    this.#head = beginTable(this.shared);
    this.siblings.push(this.#head.table);
  }

  #toHeading(level: number): undefined {
    this.close();
    if (!this.node) return;
    this.siblings.pop();
    this.siblings.push({ type: 'heading', level, children: this.node.children });
  }

  /** The last line as a table's head. */
  #lastLine(): Head | undefined {
    if (!this.#head && (this.#holds !== 'text' || !this.#line.includes('|'))) return undefined;
    const head = this.#head ?? beginTable(this.shared);
    if (!this.#head) head.row.write(this.#line);
    head.row.close();
    return head;
  }

  #toTable(table: Table, align: Table['align']): Leaf {
    table.align = align;
    if (!this.#head) {
      const before = this.text!.source.slice(0, -this.#line.length - 1);
      this.siblings.pop();
      if (before !== '') {
        this.#held = before;
        this.#showHeld();
        super.close();
      }
      this.siblings.push(table);
    }
    return new TableRows(table, this.shared);
  }
}

/** The level of the heading that a line of `=` or `-` underlines. */
function readUnderline(line: Line): number | 'wait' | undefined {
  const { text, next, char } = line;
  if (char !== '=' && char !== '-') return undefined;
  const end = line.skip(
    line.skip(next, one => one === char),
    isSpace,
  );
  if (end < text.length) return undefined;
  if (!line.isComplete) return 'wait';
  return char === '=' ? 1 : 2;
}
