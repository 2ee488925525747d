/** Headings of `#`, and lines across. */

import { isSpace } from '../characters.ts';
import { InlineText, type Shared } from '../inlines/text.ts';
import type { Block, Heading } from '../tree.ts';
import { Leaf } from './block.ts';
import type { Line } from './line.ts';

export class HashHeading extends Leaf {
  readonly #node: Heading;
  readonly #text: InlineText;
  /** Spaces, hashes and spaces that may turn out to be the closing ones: the end of a heading does not show them. */
  #held = '';
  #heldSpaces = '';
  #phase: 'start' | 'text' | 'spaces' | 'hashes' | 'end' = 'start';

  constructor(level: number, shared: Shared) {
    super();
    this.#node = { type: 'heading', level, children: [] };
    this.#text = new InlineText(this.#node.children, shared);
  }

  override attach(siblings: Block[]): void {
    siblings.push(this.#node);
  }

  override beginLine(line: Line): void {
    this.write(line.rest);
  }

  override write(text: string): void {
    let shown = '';
    for (const char of text) shown += this.#step(char);
    this.#text.write(shown);
  }

  /** What a character makes certain to be shown. */
  #step(char: string): string {
    let shown = '';
    if (isSpace(char)) {
      if (this.#phase === 'hashes' || this.#phase === 'end') {
        this.#phase = 'end';
        this.#heldSpaces += char;
      } else if (this.#phase !== 'start') {
        this.#phase = 'spaces';
        this.#held += char;
      }
    } else if (char === '#' && this.#phase !== 'text') {
      if (this.#phase === 'end') {
        shown = this.#held;
        this.#held = this.#heldSpaces;
        this.#heldSpaces = '';
      }
      this.#phase = 'hashes';
      this.#held += char;
    } else {
      shown = this.#held + this.#heldSpaces + char;
      this.#held = this.#heldSpaces = '';
      this.#phase = 'text';
    }
    return shown;
  }

  override endLine(): void {
    this.#text.close();
  }

  override render(): void {
    this.#text.render();
  }
}

/** `#` to `######` and white space, if a line begins so. */
export function readHashes(line: Line, shared: Shared): HashHeading | 'wait' | undefined {
  const { text, next } = line;
  const end = line.skip(next, char => char === '#');
  const level = end - next;
  if (level > 6) return undefined;
  if (end === text.length && !line.isComplete) return 'wait';
  if (end < text.length && !isSpace(text[end])) return undefined;
  line.pass(level);
  return new HashHeading(level, shared);
}

/** A line across, which has no text. */
export class LineAcross extends Leaf {
  override attach(siblings: Block[]): void {
    siblings.push({ type: 'break' });
  }

  override render(): void {}
}

/** Three or more `*`, `-` or `_` and nothing else but white space. */
export function readLineAcross(line: Line): LineAcross | 'wait' | undefined {
  const { text, next, char } = line;
  let count = 0;
  const end = line.skip(next, one => {
    if (one === char) count += 1;
    return one === char || isSpace(one);
  });
  if (end < text.length) return undefined;
  if (!line.isComplete) return 'wait';
  return count > 2 ? new LineAcross() : undefined;
}
