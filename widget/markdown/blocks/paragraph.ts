/**
 * Paragraphs. What begins like one may become something else: definitions, which show nothing; the head of a table;
 * a heading, when its underline comes.
 */

import { isSpace } from '../characters.ts';
import { InlineText, type Shared } from '../inlines/text.ts';
import type { Tables } from '../syntax.ts';
import type { Block, Paragraph, Table } from '../tree.ts';
import { type Going, Leaf } from './block.ts';
import { readDefinition } from './definition.ts';
import type { Line } from './line.ts';
import type { RowText } from './row.ts';

export class ParagraphText extends Leaf {
  override readonly isParagraph = true;
  readonly #shared: Shared;
  #siblings: Block[] = [];
  /** Text that may be definitions, or a table's head. */
  #held = '';
  #holds: 'definitions' | 'head' | 'text' = 'definitions';
  /** Shown at once when the first line begins with a pipe. */
  #head: { table: Table; row: RowText } | undefined;
  #node: Paragraph | undefined;
  #text: InlineText | undefined;
  /** The last line. */
  #line = '';
  /** How much of what is held was read in search of definitions. */
  #read = 0;

  constructor(shared: Shared) {
    super();
    this.#shared = shared;
  }

  override going(line: Line): Going {
    return line.isBlank ? 'no' : 'unless';
  }

  override attach(siblings: Block[]): void {
    this.#siblings = siblings;
  }

  override beginLine(line: Line): void {
    // So it is at the beginning, and after definitions.
    if (this.#holds !== 'text' && this.#held === '') {
      if (line.char === '[') this.#holds = 'definitions';
      else if (line.char === '|' && this.#shared.syntax.tables) this.#showHead(this.#shared.syntax.tables);
      else this.#showText();
    } else {
      // Without its row of dashes it was no head.
      if (this.#holds === 'head') this.#showText();
      this.write('\n');
    }
    this.#line = '';
    this.write(line.rest);
  }

  override write(text: string): void {
    this.#line += text;
    if (this.#holds === 'text') {
      this.#text!.write(text);
      return;
    }
    this.#held += text;
    this.#head?.row.write(text);
    // A title that goes on for long is not read again for each piece.
    const isWorth = this.#held.length < 256 || this.#held.length > this.#read * 1.25;
    if (this.#holds === 'definitions' && isWorth) this.#readDefinitions(false);
  }

  override render(): void {
    this.#text?.render();
    this.#head?.row.render();
  }

  override close(): void {
    if (this.#holds === 'definitions') this.#readDefinitions(true);
    if (this.#holds === 'head') this.#showText();
    this.#text?.close();
  }

  /** What a line makes of the paragraph, if it is its underline or the row of dashes under its last line. */
  underline(line: Line): 'wait' | (() => Leaf | undefined) | undefined {
    const level = readUnderline(line);
    if (level === 'wait') return 'wait';
    if (level && this.#holds === 'definitions') this.#readDefinitions(true);
    // Definitions alone cannot be underlined.
    const isEmpty = this.#holds === 'definitions' && this.#held === '';
    if (level && !isEmpty) return () => this.#toHeading(level);
    const { tables } = this.#shared.syntax;
    const dashes = tables && /[|:-]/.test(line.char) ? tables.dashes(line) : undefined;
    if (dashes === 'wait' || !dashes) return dashes;
    const head = this.#lastLine(tables!);
    if (head?.row.length !== dashes.length) return undefined;
    return () => this.#toTable(tables!, head.table, dashes);
  }

  #readDefinitions(isFinal: boolean): void {
    const { work, references } = this.#shared;
    while (this.#holds === 'definitions') {
      const definition = this.#held === '' ? undefined : readDefinition(this.#held, isFinal, work);
      this.#read = this.#held.length;
      if (definition === 'open' && !isFinal) return;
      if (typeof definition === 'object') {
        references.define(definition.label, definition.target);
        this.#held = this.#held.slice(definition.end);
        if (this.#held !== '') continue;
        if (!isFinal) return;
      }
      if (this.#held === '') return;
      this.#showText();
    }
  }

  #showText(): void {
    if (this.#head) this.#siblings.pop();
    this.#head = undefined;
    this.#holds = 'text';
    this.#node = { type: 'paragraph', children: [] };
    this.#siblings.push(this.#node);
    this.#text = new InlineText(this.#node.children, this.#shared);
    this.#text.write(this.#held);
    this.#held = '';
  }

  #showHead(tables: Tables): void {
    this.#holds = 'head';
    this.#head = tables.begin(this.#shared);
    this.#siblings.push(this.#head.table);
  }

  #toHeading(level: number): undefined {
    this.close();
    if (!this.#node) return;
    this.#siblings.pop();
    this.#siblings.push({ type: 'heading', level, children: this.#node.children });
  }

  /** The last line as a table's head. */
  #lastLine(tables: Tables): { table: Table; row: RowText } | undefined {
    if (!this.#head && (this.#holds !== 'text' || !this.#line.includes('|'))) return undefined;
    const head = this.#head ?? tables.begin(this.#shared);
    if (!this.#head) head.row.write(this.#line);
    head.row.close();
    return head;
  }

  #toTable(tables: Tables, table: Table, align: Table['align']): Leaf {
    table.align = align;
    if (!this.#head) {
      const before = this.#text!.source.slice(0, -this.#line.length - 1);
      this.#siblings.pop();
      if (before !== '') {
        this.#held = before;
        this.#showText();
        this.#text!.close();
      }
      this.#siblings.push(table);
    }
    return tables.rows(table, this.#shared);
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
