/**
 * The inlines of one leaf block, as its text arrives. What is settled, whatever may follow, is never read again; what
 * is not is read again with what follows, and shown healed meanwhile.
 */

import type { Inline } from '../tree.ts';
import type { Syntax } from '../syntax.ts';
import type { Work } from '../work.ts';
import { build } from './build.ts';
import { finish } from './heal.ts';
import type { Notes } from './notes.ts';
import type { References, Waiting } from './references.ts';
import { readInlines, trimmedEnd } from './rules.ts';
import { Scan, type Token } from './scan.ts';

/** Up to this length what is not settled is read again for each piece; beyond it, only when it has grown by an eighth. */
const shortTail = 2000;

/** What all leaves of an answer share. */
export interface Shared {
  work: Work;
  references: References;
  syntax: Syntax;
  notes: Notes | undefined;
  /** More text may come, and define what is not defined yet. */
  hopeful: boolean;
  /** Called when nodes outside of the open end have changed. */
  revised(children: Inline[]): void;
  /** Leaves that took what is not defined for a reference. */
  hoping: Set<InlineText>;
  /** Leaves that refer to notes, in the order of the text. */
  noting: Set<InlineText>;
}

export class InlineText implements Waiting {
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
    this.#tail += text;
  }

  /** Brings the nodes up to date with the text. */
  render(): void {
    const { length } = this.#tail;
    if (this.#closed || length === this.#read) return;
    if (length > shortTail && length < this.#read * 1.125) return;
    this.#readTail();
  }

  close(): void {
    this.#closed = true;
    this.#readTail();
  }

  reread(): void {
    this.#tail = this.source;
    this.#done = '';
    this.#before = '';
    this.#settled = 0;
    this.#readTail();
    this.#shared.revised(this.children);
  }

  #readTail(): void {
    const { work, syntax, references, notes, hopeful, hoping } = this.#shared;
    const around = {
      work,
      syntax,
      references,
      notes,
      reader: this,
      before: this.#before,
      final: this.#closed,
      hopeful,
    };
    const scan = new Scan(this.#tail, around);
    readInlines(scan);
    finish(scan);
    if (scan.hopes) hoping.add(this);
    this.#backToSettled();
    // A leaf that is closed keeps its text, to be read again when a label is defined.
    if (this.#closed) this.#finish(scan.tokens);
    else this.#settle(scan);
    if (scan.notes) this.#shared.noting.add(this);
  }

  #backToSettled(): void {
    this.children.length = this.#settled;
    const last = this.children.at(-1);
    if (last?.type === 'text') last.value = this.#settledText;
  }

  #finish(tokens: Token[]): void {
    const last = tokens.at(-1);
    if (last?.kind === 'text' && last.start !== undefined)
      last.value = last.value.slice(0, trimmedEnd(last.value));
    build(tokens, this.children);
    this.#read = this.#tail.length;
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
    this.#read = this.#tail.length;
    const end = rest.at(-1);
    if (end?.kind === 'text' && end.start !== undefined)
      end.value = end.value.slice(0, trimmedEnd(end.value));
    build(rest, this.children);
  }
}
