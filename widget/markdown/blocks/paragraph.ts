/** Paragraphs. */

import { InlineText } from '../inlines/text.ts';
import type { Shared } from '../shared.ts';
import type { Block, Paragraph } from '../tree.ts';
import { type Going, Leaf, type Turn } from './block.ts';
import type { Line } from './line.ts';

export class ParagraphText extends Leaf {
  override readonly isParagraph = true;
  protected readonly shared: Shared;
  protected siblings: Block[] = [];
  protected text: InlineText | undefined;
  protected override node: Paragraph | undefined = undefined;

  constructor(shared: Shared) {
    super();
    this.shared = shared;
  }

  override going(line: Line): Going {
    return line.isBlank ? 'no' : 'unless';
  }

  override attach(siblings: Block[]): void {
    this.siblings = siblings;
  }

  override beginLine(line: Line): void {
    if (this.text) this.write('\n');
    else this.show();
    this.write(line.rest);
  }

  override write(text: string): void {
    this.text!.write(text);
  }

  override render(): void {
    this.text?.render();
  }

  override close(): void {
    this.text?.close();
  }

  /** Only a larger syntax reads underlines. */
  override underline(line: Line): Turn {
    const isBullet = line.rest.trimEnd() === '-' && line.isComplete;
    if (isBullet || /^(=|--)/.test(line.rest)) return this.shared.want();
  }

  /** Takes its place among its siblings. */
  protected show(): void {
    this.node = { type: 'paragraph', children: [] };
    this.siblings.push(this.node);
    this.text = new InlineText(this.node.children, this.shared);
  }
}
