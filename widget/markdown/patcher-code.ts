/**
 * Shows a block of code: its language, a button that copies it, and its text in pieces. Each piece is a block of its
 * own, so that a new line costs no layout of all the lines before it, and pieces out of sight cost none at all.
 */

import { colourCode } from './highlight/index.ts';
import { copyButton } from './patcher-copy.ts';
import { appendCode } from './patcher-code-text.ts';
import { element } from './patcher.ts';
import type { Code } from './tree.ts';
import type { Surroundings } from './view.ts';

/** A piece ends with the first line that reaches this length. */
const pieceLength = 2000;

export class CodeBlockView {
  readonly dom = element('figure', 'code');
  readonly #language = element('figcaption');
  readonly #code = element('code');
  #node: Code | undefined;
  #shown = 0;
  #isComplete = false;
  #piece: HTMLElement | undefined;
  #pieceLength = 0;

  constructor({ words }: Surroundings) {
    const pre = element('pre');
    // It scrolls by itself, so that it must be reached by the keyboard.
    pre.tabIndex = 0;
    // Code runs from left to right in any language.
    pre.dir = 'ltr';
    pre.translate = false;
    pre.append(this.#code);
    const button = copyButton(words.copyCode, words.copied, () => this.#node?.text ?? '');
    this.dom.append(this.#language, button, pre);
  }

  update(node: Code): void {
    if (this.#node !== node) this.#begin(node);
    this.#append(node.text.slice(this.#shown));
    this.#shown = node.text.length;
    if (!node.closed || this.#isComplete) return;
    this.#isComplete = true;
    void colourCode(this.#code, this.#language.textContent);
  }

  /** A tree that is read anew mostly says the same. */
  #begin(node: Code): void {
    if (this.#node && !node.text.startsWith(this.#node.text)) {
      this.#code.replaceChildren();
      this.#piece = undefined;
      this.#shown = 0;
      this.#isComplete = false;
    }
    this.#language.textContent = /^\S*/.exec(node.info)![0];
    this.#node = node;
  }

  #append(text: string): void {
    let from = 0;
    while (from < text.length) {
      if (!this.#piece || this.#pieceLength >= pieceLength) this.#beginPiece();
      const lineEnd = text.indexOf('\n', from + Math.max(0, pieceLength - this.#pieceLength));
      const end = lineEnd < 0 ? text.length : lineEnd + 1;
      appendCode(this.#piece!, text.slice(from, end));
      // A line that has not ended is not divided.
      this.#pieceLength +=
        lineEnd < 0 ? Math.min(end - from, pieceLength - 1 - this.#pieceLength) : pieceLength;
      from = end;
    }
  }

  #beginPiece(): void {
    this.#piece = element('span', 'piece');
    this.#pieceLength = 0;
    this.#code.append(this.#piece);
  }
}
