/** Open `[` and `![`, innermost last. */

import type { Image, Link } from '../tree.ts';
import type { Delimiter } from './delimiters.ts';

export interface Bracket {
  kind: 'open';
  isImage: boolean;
  /** Where its content begins, in the text and among the tokens. */
  start: number;
  tokens: number;
  /** The last delimiter before it. */
  bottom: Delimiter | undefined;
  /** Another bracket begins in it: its source is no label. */
  isNested: boolean;
  /** It may be shown as a link before what closes it has come. */
  inviting: boolean;
  /** What it became. */
  container: Link | Image | undefined;
  /** It is not shown, whatever it is. */
  isHidden: boolean;
}

export class Brackets {
  readonly #open: Bracket[] = [];
  /** How many of the outermost are in vain, unless of an image: a link was found in them, and links do not nest. */
  #dead = 0;
  #images = 0;

  get last(): Bracket | undefined {
    return this.#open.at(-1);
  }

  /** Whether what is inside can still become a link or an image. */
  get isOpen(): boolean {
    return this.#images > 0 || this.#open.length > this.#dead;
  }

  push(bracket: Bracket): void {
    if (this.last) this.last.isNested = true;
    this.#open.push(bracket);
    if (bracket.isImage) this.#images += 1;
  }

  /** The innermost bracket, out of the list; whether it can be a link or image. */
  pop(): { bracket: Bracket; isAlive: boolean } | undefined {
    const bracket = this.#open.pop();
    if (!bracket) return undefined;
    const isAlive = bracket.isImage || this.#open.length >= this.#dead;
    if (bracket.isImage) this.#images -= 1;
    this.#dead = Math.min(this.#dead, this.#open.length);
    return { bracket, isAlive };
  }

  /** A link was found: none around it can be one. */
  foundLink(): void {
    this.#dead = this.#open.length;
  }
}
