/** Code blocks between fences. */

import { isSpace } from '../characters.ts';
import type { Code } from '../tree.ts';
import { type Going, Leaf } from './block.ts';
import type { Line } from './line.ts';

export abstract class CodeLines extends Leaf {
  protected override readonly node: Code;

  constructor(info: string) {
    super();
    this.node = { type: 'code', info, text: '', closed: false };
  }

  override write(text: string): void {
    this.node.text += text;
  }

  override close(): void {
    this.node.closed = true;
  }
}

export class FencedCode extends CodeLines {
  override readonly ownsBlankLines = true;
  readonly #fence: string;
  readonly #indent: number;
  #isOpening = true;

  constructor(fence: string, indent: number, info: string) {
    super(info);
    this.#fence = fence;
    this.#indent = indent;
  }

  override going(line: Line): Going {
    const fence = line.indent < 4 ? closingFence(line, this.#fence) : false;
    if (fence === 'wait') return 'wait';
    if (fence) return 'ends';
    line.passColumns(this.#indent);
    return 'yes';
  }

  override beginLine(line: Line): void {
    if (!this.#isOpening) this.write(line.content);
  }

  override endLine(): void {
    if (!this.#isOpening) this.write('\n');
    this.#isOpening = false;
  }
}

function closingFence(line: Line, fence: string): boolean | 'wait' {
  const { text, next } = line;
  let end = line.skip(next, char => char === fence[0]);
  const isLong = end - next >= fence.length;
  if (isLong) end = line.skip(end, isSpace);
  if (end < text.length) return false;
  if (!line.isComplete) return end > next ? 'wait' : false;
  return isLong;
}

/** An opening fence, if the line is one. */
export function readFence(line: Line): FencedCode | 'wait' | undefined {
  const { text, next, char, shared } = line;
  const end = line.skip(next, one => one === char);
  if (end - next < 3) return end === text.length && !line.isComplete ? 'wait' : undefined;
  const info = text.slice(end);
  shared.examined += info.length;
  if (char === '`' && info.includes('`')) return undefined;
  if (!line.isComplete) return 'wait';
  shared.meet(info);
  return new FencedCode(text.slice(next, end), line.indent, shared.syntax.unescape(info.trim()));
}
