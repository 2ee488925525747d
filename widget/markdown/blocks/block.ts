/** What the machine that reads lines knows of the blocks that are still open. */

import type { Block } from '../tree.ts';
import type { Line } from './line.ts';

/**
 * How a line goes on with a block: not at all; it does; it does unless another block begins there; it is the block's
 * last. Or more of the line must come to tell.
 */
export type Going = 'no' | 'yes' | 'unless' | 'ends' | 'wait';

/** Makes something else of a block, and leaves open what it says. */
export type Turn = (() => Leaf | undefined) | 'wait' | undefined;

/** A block that holds text, of one line or more. As it is here it has one line, of which nothing is kept. */
export abstract class Leaf {
  /** A line that begins nothing else goes on with it, even where its containers do not. */
  readonly isParagraph: boolean = false;
  /** A blank line is part of it, rather than between blocks. */
  readonly ownsBlankLines: boolean = false;

  protected readonly node: Block | undefined;

  /** Takes its place after its siblings. */
  attach(siblings: Block[]): void {
    siblings.push(this.node!);
  }

  /** Whether a line goes on with it. It changes nothing but the place in the line. */
  going(_line: Line): Going {
    return 'no';
  }

  /** What a line under it makes of it. */
  underline(_line: Line): Turn {
    return undefined;
  }

  /** A line of it begins; what there is of the line follows the place. */
  beginLine(_line: Line): void {}
  /** More of the line. */
  write(_text: string): void {}
  endLine(): void {}
  /** Brings the tree up to date with the text. */
  render(): void {}
  close(): void {}
}
