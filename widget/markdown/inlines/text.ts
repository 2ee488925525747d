/**
 * The inlines of one leaf block, as its text arrives. What is settled, whatever may follow, is never read again; what
 * is not is read again with what follows, and shown healed meanwhile.
 */

import type { Shared } from '../shared.ts';
import type { Inline } from '../tree.ts';
import { build } from './build.ts';
import { finish } from './heal.ts';
import { readInlines, trimEnd } from './rules.ts';
import { Scan, type Token } from './scan.ts';

/** Up to this length what is not settled is read again for each piece; beyond it, only when it has grown by an eighth. */
const shortTail = 2000;

/** Each reading of a leaf that is longer lays out all of it: it is read when it has grown by a hundredth or so. */
const giantLeaf = 8000;

export class InlineText {
  readonly children: Inline[];
  readonly #shared: Shared;
  /** Settled text. */
  #done = '';
  #tail = '';
  /** The last characters of the settled text. */
  #before = '';
  /** How many of the nodes are settled, and the text of the last of them, which may have grown since. */
  #settled = 0;
  #settledText = '';
  /** The length of the tail when it was last read. */
  #read = 0;
  #closed = false;

  constructor(children: Inline[], shared: Shared) {
    this.children = children;
    this.#shared = shared;
  }

  /** All that was written. */
  get source(): string {
    return this.#done + this.#tail;
  }

  get length(): number {
    return this.#done.length + this.#tail.length;
  }

  write(text: string): void {
    this.#shared.meet((this.#before + this.#tail).slice(-4) + text);
    this.#tail += text;
  }

  /** Brings the nodes up to date with the text. */
  render(): void {
    const { length } = this.#tail;
    if (this.#closed || length === this.#read) return;
    if (length > shortTail && length < this.#read * 1.125) return;
    if (this.length > giantLeaf && length - this.#read < this.length / 128) return;
    this.#readTail();
  }

  close(): void {
    this.#closed = true;
    this.#readTail();
  }

  /** Reads all of it again. */
  reread(): void {
    this.#tail = this.source;
    this.#done = '';
    this.#before = '';
    this.#settled = 0;
    this.#readTail();
  }

  #readTail(): void {
    const scan = new Scan(this.#tail, this.#shared, this, this.#before, this.#closed);
    readInlines(scan);
    finish(scan);
    this.#backToSettled();
    // A leaf that is closed keeps its text, to be read again when a label is defined.
    if (this.#closed) this.#show(scan.tokens);
    else this.#settle(scan);
    this.#read = this.#tail.length;
  }

  #backToSettled(): void {
    this.children.length = this.#settled;
    const last = this.children.at(-1);
    if (last?.type === 'text') last.value = this.#settledText;
  }

  #settle(scan: Scan): void {
    const { tokens, rest, position } = scan.settled();
    build(tokens, this.children);
    this.#settled = this.children.length;
    const last = this.children.at(-1);
    this.#settledText = last?.type === 'text' ? last.value : '';
    const settled = this.#tail.slice(0, position);
    this.#done += settled;
    this.#before = (this.#before + settled.slice(-4)).slice(-4);
    this.#tail = this.#tail.slice(position);
    this.#show(rest);
  }

  /** Appends the nodes of tokens; spaces at the end are not text. */
  #show(tokens: Token[]): void {
    const last = tokens.at(-1);
    if (last?.kind === 'text') trimEnd(last);
    build(tokens, this.children);
  }
}
