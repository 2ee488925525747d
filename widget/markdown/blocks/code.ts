/** Code blocks, fenced and indented. */

import { isSpace } from '../characters.ts';
import { unescapeText } from '../entities.ts';
import type { Block, Code } from '../tree.ts';
import { type Going, Leaf } from './block.ts';
import type { Line } from './line.ts';

export class FencedCode extends Leaf {
  override readonly ownsBlankLines = true;
  readonly #node: Code;
  readonly #fence: string;
  readonly #indent: number;
  #isOpening = true;

  constructor(fence: string, indent: number, info: string) {
    super();
    this.#node = { type: 'code', info, text: '', closed: false };
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

  override attach(siblings: Block[]): void {
    siblings.push(this.#node);
  }

  override beginLine(line: Line): void {
    if (!this.#isOpening) this.write(line.content);
  }

  override write(text: string): void {
    this.#node.text += text;
  }

  override endLine(): void {
    if (!this.#isOpening) this.#node.text += '\n';
    this.#isOpening = false;
  }

  override close(): void {
    this.#node.closed = true;
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
  const { text, next, char } = line;
  const end = line.skip(next, one => one === char);
  if (end - next < 3) return end === text.length && !line.isComplete ? 'wait' : undefined;
  const info = text.slice(end);
  line.work.examined += info.length;
  if (char === '`' && info.includes('`')) return undefined;
  if (!line.isComplete) return 'wait';
  return new FencedCode(text.slice(next, end), line.indent, unescapeText(info.trim(), line.work.named));
}

export class IndentedCode extends Leaf {
  readonly #node: Code = { type: 'code', info: '', text: '', closed: false };
  /** Blank lines, which belong to it if more of it follows. */
  #blank = '';
  #isBlank = false;

  override going(line: Line): Going {
    if (line.indent < 4 && !line.isBlank) return 'no';
    line.passColumns(4);
    return 'yes';
  }

  override attach(siblings: Block[]): void {
    siblings.push(this.#node);
  }

  override beginLine(line: Line): void {
    this.#isBlank = line.isBlank;
    if (this.#isBlank) {
      this.#blank += line.content;
    } else {
      this.#node.text += this.#blank + line.content;
      this.#blank = '';
    }
  }

  override write(text: string): void {
    this.#node.text += text;
  }

  override endLine(): void {
    if (this.#isBlank) this.#blank += '\n';
    else this.#node.text += '\n';
  }

  override close(): void {
    this.#node.closed = true;
  }
}
