/** Shows blocks. */

import { CodeBlockView } from './patcher-code.ts';
import { textIn } from './patcher-inlines.ts';
import { ListView } from './patcher-list.ts';
import { element, textElement, ViewList } from './patcher.ts';
import type { Block } from './tree.ts';
import type { Surroundings, View } from './view.ts';

/** The children of an element that holds blocks. */
export class BlockList extends ViewList<Block> {
  protected override readonly part = 'div';

  update(nodes: readonly Block[]): void {
    // A block is open only at the end.
    this.patch(nodes, this.around.isAnew ? 0 : this.length - 1);
  }

  protected override keyOf(node: Block): string {
    if (node.type === 'list') return `list ${node.ordered} ${node.start}`;
    return node.type === 'heading' ? `heading ${node.level}` : node.type;
  }

  protected override create(node: Block): View<Block> {
    return createView(node, this.around) as View<Block>;
  }
}

function createView(node: Block, around: Surroundings) {
  switch (node.type) {
    case 'paragraph':
      return textIn(textElement('p'), around);
    case 'heading':
      return textIn(textElement(`h${node.level as 1 | 2 | 3 | 4 | 5 | 6}`), around);
    case 'blockquote':
      return blocksIn(textElement('blockquote'), around);
    case 'list':
      return new ListView(node, around);
    case 'code':
      return new CodeBlockView(around);
    case 'break':
      return { dom: element('hr'), update() {} };
    default:
      return around.views!.block(node, around);
  }
}

/** An element that holds blocks, itself or in a part of it. */
export function blocksIn(dom: HTMLElement, around: Surroundings, part = dom): View<{ children: Block[] }> {
  const list = new BlockList(part, around);
  return { dom, update: ({ children }) => list.update(children) };
}
