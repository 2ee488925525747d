/** `[` and `![`: what is open, innermost last, and what became of each. */

import { addText, close, type Frame, top } from '../inlines/build.ts';
import type { Delimiter } from '../inlines/delimiters.ts';
import type { EdgeToken, Scan } from '../inlines/scan.ts';
import type { Image, Inline, Link } from '../tree.ts';
import { plainText } from './plain-text.ts';

export class Bracket implements EdgeToken {
  readonly kind = 'edge';
  readonly isImage: boolean;
  /** Where its content begins, in the text and among the tokens. */
  readonly start: number;
  readonly tokens: number;
  /** The last delimiter before it. */
  readonly bottom: Delimiter | undefined;
  /** Another bracket begins in it: its source is no label. */
  isNested = false;
  /** It may be shown as a link before what closes it has come. */
  readonly inviting: boolean;
  /** What it became. */
  #container: Link | Image | undefined;
  /** It is not shown, whatever it is. */
  #isHidden = false;

  constructor(scan: Scan, start: number, isImage: boolean, inviting: boolean) {
    this.isImage = isImage;
    this.start = start;
    this.tokens = scan.tokens.length + 1;
    this.bottom = scan.delimiters.last;
    this.inviting = inviting;
  }

  /** Makes it a link or an image; without an address as long as that has not arrived. Half an image is not shown. */
  become(href: string | undefined, title: string): void {
    if (this.isImage) this.#container = { type: 'image', src: href ?? '', alt: '', title };
    else this.#container = { type: 'link', href, title, children: [] };
    this.#isHidden = this.isImage && href === undefined;
  }

  hide(): void {
    this.#isHidden = true;
  }

  build(frames: Frame[]): void {
    const outer = top(frames);
    const container = this.#container;
    if (!container) addText(outer, this.isImage ? '![' : '[');
    else if (this.#isHidden) frames.push({ children: [] });
    else frames.push(container.type === 'link' ? linkFrame(container, outer) : imageFrame(container, outer));
  }
}

function linkFrame(link: Link, outer: Inline[]): Frame {
  const isShown = link.href !== undefined;
  return {
    children: link.children,
    end: () => {
      if (isShown || link.children.length > 0) outer.push(link);
    },
  };
}

function imageFrame(image: Image, outer: Inline[]): Frame {
  const children: Inline[] = [];
  return {
    children,
    end: () => {
      image.alt = plainText(children);
      outer.push(image);
    },
  };
}

/** After it, what follows the content of a bracket. */
export const closing: EdgeToken = { kind: 'edge', build: close };

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

  /** Shows the innermost as if it were closed, if it invites to that. The openers in it that are still open. */
  heal(scan: Scan): Delimiter[] {
    const popped = this.pop();
    if (!popped?.isAlive || !popped.bracket.inviting) return [];
    const { bracket } = popped;
    const openers = pairAfter(scan, bracket.bottom);
    bracket.become(undefined, '');
    // Half a reference to a note is not shown.
    if (scan.text[bracket.start] === '^') bracket.hide();
    return openers;
  }
}

/** Pairs up all delimiters after one, alone, and takes them out of the list; those of them that are still openers. */
export function pairAfter({ delimiters, shared }: Scan, bottom: Delimiter | undefined): Delimiter[] {
  let first = bottom ? bottom.next : delimiters.last;
  while (!bottom && first?.previous) {
    shared.examined += 1;
    first = first.previous;
  }
  if (!first) return [];
  delimiters.pairFrom(first, new Map(), first.order);
  const left = delimiters.openers(bottom);
  while (delimiters.last && delimiters.last !== bottom) delimiters.remove(delimiters.last);
  return left;
}
