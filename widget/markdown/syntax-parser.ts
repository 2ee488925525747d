/** Turns an answer's text, as it arrives, into a tree, by a syntax. It has no DOM in it. */

import { BlockMachine } from './blocks/machine.ts';
import { Shared } from './shared.ts';
import type { Syntax } from './syntax.ts';
import type { Inline, Root } from './tree.ts';

/** While half a line may still mean several things, it is read again for each piece, or when it has grown by a quarter. */
const shortLine = 256;

export class SyntaxParser {
  /** What is to be on screen now, with what is open at the end healed. */
  readonly root: Root = { type: 'root', children: [], footnotes: undefined };
  readonly #shared: Shared;
  readonly #machine: BlockMachine;
  /** What there is of a line that may still mean several things. */
  #line = '';
  #lineRead = 0;
  /** The current line's meaning is certain: the rest of it is text. */
  #flows = false;
  /** A carriage return, which a line feed may follow, or half a character. */
  #cut = '';

  constructor(syntax: Syntax) {
    this.#shared = new Shared(syntax);
    this.#machine = new BlockMachine(this.root, this.#shared);
  }

  /** How many characters were looked at so far, again or for the first time: the measure of the work. */
  get examined(): number {
    return this.#shared.examined;
  }

  /** The text may mean something that only a larger syntax reads. */
  get wantsMore(): boolean {
    return this.#shared.wantsMore;
  }

  /** Inlines that have changed since the last call though their block was complete: a label was defined late. */
  takeRevised(): Inline[][] {
    return this.#shared.labels?.takeRevised() ?? [];
  }

  /** Takes the next piece of the text, cut anywhere. */
  feed(text: string): void {
    const whole = this.#cut + text;
    this.#cut = /[\r\ud800-\udbff]$/.exec(whole)?.[0] ?? '';
    this.#take(this.#cut ? whole.slice(0, -1) : whole);
    this.#beginLine(false);
    this.#machine.render();
    this.#shared.labels?.settle(whole.length, this.root);
  }

  /** No more text comes: what was held back is decided. */
  end(): void {
    this.#take(this.#cut);
    this.#cut = '';
    if (this.#line !== '' || this.#flows) this.#endLine();
    this.#machine.close();
    this.#shared.labels?.end(this.root);
  }

  #take(text: string): void {
    this.#shared.examined += text.length;
    const lines = text.replaceAll('\0', '\ufffd').split(/\r\n|\n|\r/);
    lines.forEach((line, index) => {
      if (index > 0) this.#endLine();
      if (this.#flows) this.#machine.write(line);
      else this.#line += line;
    });
  }

  #beginLine(isComplete: boolean): void {
    const { length } = this.#line;
    if (this.#flows || (!isComplete && length === 0)) return;
    if (!isComplete && length > shortLine && length < this.#lineRead * 1.25) return;
    this.#lineRead = length;
    this.#flows = this.#machine.beginLine(this.#line, isComplete);
    if (this.#flows) this.#line = '';
  }

  #endLine(): void {
    this.#beginLine(true);
    this.#machine.endLine();
    this.#flows = false;
    this.#line = '';
    this.#lineRead = 0;
  }
}
