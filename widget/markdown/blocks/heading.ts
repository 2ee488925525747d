/** Headings of `#`, and lines across. */

import { isSpace } from '../characters.ts';
import { InlineText } from '../inlines/text.ts';
import type { Shared } from '../shared.ts';
import type { Heading } from '../tree.ts';
import { Leaf } from './block.ts';
import type { Line } from './line.ts';

export class HashHeading extends Leaf {
  protected override readonly node: Heading;
  protected readonly text: InlineText;
  readonly #shared: Shared;

  constructor(level: number, shared: Shared) {
    super();
    this.#shared = shared;
    this.node = { type: 'heading', level, children: [] };
    this.text = new InlineText(this.node.children, shared);
  }

  override beginLine(line: Line): void {
    this.write(line.rest);
  }

  override write(text: string): void {
    // Only a larger syntax tells hashes that close it from others, and drops spaces that come late.
    if (text.includes('#') || (this.text.length === 0 && isSpace(text[0]))) this.#shared.want();
    this.text.write(text);
  }

  override endLine(): void {
    this.text.close();
  }

  override render(): void {
    this.text.render();
  }
}

/** `#` to `######` and white space, if a line begins so. */
export function readHashes(line: Line): HashHeading | 'wait' | undefined {
  const { text, next } = line;
  const end = line.skip(next, char => char === '#');
  const level = end - next;
  if (level > 6) return undefined;
  if (end === text.length && !line.isComplete) return 'wait';
  if (end < text.length && !isSpace(text[end])) return undefined;
  line.pass(level);
  return line.shared.syntax.createHeading(level, line.shared);
}

/** A line across, which has no text. */
export class LineAcross extends Leaf {
  protected override readonly node = { type: 'break' } as const;
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
