/** A place in one line, in characters and in columns: tabs stop at every fourth column and can be used in part. */

import { isSpace } from '../characters.ts';
import type { Shared } from '../shared.ts';

export class Line {
  readonly text: string;
  /** No more of the line will come. */
  readonly isComplete: boolean;
  readonly shared: Shared;
  #offset = 0;
  #column = 0;
  /** Some columns of the tab at the place are used up. */
  #isTabCut = false;
  #nextOffset = -1;
  #nextColumn = 0;

  constructor(text: string, isComplete: boolean, shared: Shared) {
    this.text = text;
    this.isComplete = isComplete;
    this.shared = shared;
  }

  /** Columns of white space here. */
  get indent(): number {
    this.#findNext();
    return this.#nextColumn - this.#column;
  }

  /** The index of the next character that is no space. */
  get next(): number {
    this.#findNext();
    return this.#nextOffset;
  }

  get char(): string {
    return this.text[this.next] ?? '';
  }

  /** Nothing but white space is left, so far. */
  get isBlank(): boolean {
    return this.next === this.text.length;
  }

  /** What follows the white space. */
  get rest(): string {
    return this.text.slice(this.next);
  }

  /** What follows, with the white space; a tab of which some columns are used up counts as spaces. */
  get content(): string {
    if (!this.#isTabCut) return this.text.slice(this.#offset);
    return ' '.repeat(4 - (this.#column % 4)) + this.text.slice(this.#offset + 1);
  }

  /** The index after all from an index on that pass a test. */
  skip(index: number, test: (char: string) => boolean): number {
    return this.shared.skip(this.text, index, test);
  }

  /** Goes past white space and then a number of characters. */
  pass(characters: number): void {
    this.#offset = this.next + characters;
    this.#column = this.#nextColumn + characters;
    this.#isTabCut = false;
  }

  /** Uses up at most so many columns of white space. */
  passColumns(columns: number): void {
    for (let left = Math.min(columns, this.indent); left > 0; ) {
      const width = this.text[this.#offset] === '\t' ? 4 - (this.#column % 4) : 1;
      this.#column += Math.min(width, left);
      this.#isTabCut = width > left;
      if (!this.#isTabCut) this.#offset += 1;
      left -= width;
    }
  }

  #findNext(): void {
    if (this.#nextOffset >= this.#offset) return;
    let offset = this.#offset;
    let column = this.#column;
    for (; isSpace(this.text[offset]); offset += 1) {
      column += this.text[offset] === '\t' ? 4 - (column % 4) : 1;
    }
    this.shared.examined += offset - this.#offset + 1;
    this.#nextOffset = offset;
    this.#nextColumn = column;
  }
}
