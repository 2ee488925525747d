/** Puts the tokens of code that is on screen into elements, in the order of the text, whatever nodes it is in. */

import type { Token, TokenKind } from './token.ts';

export class CodePainter {
  readonly #code: HTMLElement;
  /** The texts that are not painted yet, the next one last. */
  readonly #texts: Text[] = [];

  constructor(code: HTMLElement) {
    this.#code = code;
    const walker = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) this.#texts.push(walker.currentNode as Text);
    this.#texts.reverse();
  }

  /** Paints the next tokens. A token may begin in one text and end in another. */
  paint(tokens: readonly Token[]): void {
    let parts: (string | HTMLElement)[] = [];
    let painted = 0;
    for (const { text, kind } of tokens) {
      for (let from = 0; from < text.length; ) {
        const node = this.#texts.at(-1);
        if (!node) return;
        const part = text.slice(from, from + node.length - painted);
        parts.push(kind && this.#isPlain(node) ? coloured(part, kind) : part);
        from += part.length;
        painted += part.length;
        if (painted < node.length) continue;
        this.#replace(parts);
        parts = [];
        painted = 0;
      }
    }
    if (painted === 0) return;
    // The text goes on in the next piece.
    const rest = this.#texts.at(-1)!.splitText(painted);
    this.#replace(parts);
    this.#texts.push(rest);
  }

  #replace(parts: readonly (string | HTMLElement)[]): void {
    const node = this.#texts.pop()!;
    if (parts.some(part => typeof part !== 'string')) node.replaceWith(...parts);
  }

  /** What is marked within the code keeps its own colour. */
  #isPlain({ parentNode }: Text): boolean {
    return parentNode === this.#code || parentNode?.parentNode === this.#code;
  }
}

function coloured(text: string, kind: TokenKind): HTMLElement {
  const span = document.createElement('span');
  span.className = kind;
  span.textContent = text;
  return span;
}
