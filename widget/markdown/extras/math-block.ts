/** A block of math: between lines `$$` and `$$`, or `\[` and `\]`. */

import { type Going, Leaf } from '../blocks/block.ts';
import type { Line } from '../blocks/line.ts';
import type { MathBlock } from '../tree.ts';

export class MathLines extends Leaf {
  override readonly ownsBlankLines = true;
  protected override readonly node: MathBlock = { type: 'math-block', text: '', closed: false };
  readonly #closer: string;
  #isOpening = true;
  #hasLines = false;
  #line = '';
  #hasEnded = false;

  constructor(closer: string, formula: string, hasEnded: boolean) {
    super();
    this.#closer = closer;
    this.node.text = formula;
    this.#hasLines = formula !== '';
    this.#hasEnded = hasEnded;
  }

  override going(line: Line): Going {
    if (this.#hasEnded) return 'no';
    if (line.char !== this.#closer[0]) return 'yes';
    const rest = line.rest.trimEnd();
    line.shared.examined += rest.length;
    if (rest === this.#closer && line.isComplete) return 'ends';
    return !line.isComplete && this.#closer.startsWith(rest) ? 'wait' : 'yes';
  }

  override beginLine(line: Line): void {
    if (this.#isOpening) return;
    // Line breaks are between lines: there is none next to the delimiters.
    if (this.#hasLines) this.node.text += '\n';
    this.#hasLines = true;
    this.write(line.content);
  }

  override write(text: string): void {
    this.#line += text;
    this.node.text += text;
  }

  override endLine(): void {
    // The closing delimiter may also stand after the last formula.
    const line = this.#line.trimEnd();
    if (this.#isOpening) {
      this.#isOpening = false;
      return;
    }
    this.#hasEnded = line.endsWith(this.#closer);
    if (this.#hasEnded) this.node.text = this.node.text.trimEnd().slice(0, -this.#closer.length);
    this.#line = '';
  }

  override close(): void {
    this.node.closed = true;
  }
}

/** A line that is a formula, or begins one that goes on in the next lines. */
export function readMath(line: Line): MathLines | 'wait' | undefined {
  const rest = line.rest.trimEnd();
  line.shared.examined += rest.length;
  const opener = line.char === '$' ? '$$' : '\\[';
  if (rest.length < 2) return !line.isComplete && opener.startsWith(rest) ? 'wait' : undefined;
  if (!rest.startsWith(opener) || rest[2] === '$') return undefined;
  const closer = line.char === '$' ? '$$' : '\\]';
  const end = rest.indexOf(closer, 2);
  // What follows a formula makes it a part of a sentence.
  if (end >= 0 && end + 2 < rest.length) return undefined;
  if (!line.isComplete) return 'wait';
  const formula = rest.slice(2, end < 0 ? undefined : end);
  if (end >= 0) return /[\p{L}\p{N}]/u.test(formula) ? new MathLines(closer, formula, true) : undefined;
  const goesOn = formula === '' || formula.trim().startsWith('\\');
  return goesOn ? new MathLines(closer, formula, false) : undefined;
}
