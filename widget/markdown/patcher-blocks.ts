/** Shows blocks. */

import { CodeBlockView } from './patcher-code.ts';
import { InlineList, listsOf, type Surroundings } from './patcher-inlines.ts';
import { ListView } from './patcher-list.ts';
import { element, type View, ViewList } from './patcher.ts';
import type { Block, Blockquote, Heading, Paragraph } from './tree.ts';

/** The children of an element that holds blocks. */
export class BlockList extends ViewList<Block> {
  readonly #around: Surroundings;

  constructor(parent: Element, around: Surroundings) {
    super(parent);
    this.#around = around;
  }

  update(nodes: readonly Block[]): void {
    // A block is open only at the end.
    this.patch(nodes, this.#around.isAnew ? 0 : this.length - 1);
  }

  protected override keyOf(node: Block): string {
    if (node.type === 'list') return `list ${node.ordered} ${node.start}`;
    return node.type === 'heading' ? `heading ${node.level}` : node.type;
  }

  protected override create(node: Block): View<Block> {
    return createView(node, this.#around) as View<Block>;
  }
}

function createView(node: Block, around: Surroundings) {
  switch (node.type) {
    case 'paragraph':
      return new TextBlockView('p', around);
    case 'heading':
      return new TextBlockView(`h${node.level as 1 | 2 | 3 | 4 | 5 | 6}`, around);
    case 'blockquote':
      return new QuoteView(around);
    case 'list':
      return new ListView(node, around);
    case 'code':
      return new CodeBlockView(around);
    case 'break':
      return { dom: element('hr'), update() {} };
    case 'table':
      return around.views!.table(around);
    case 'math-block':
      return around.views!.math(node);
    default:
      return node satisfies never;
  }
}

class TextBlockView {
  readonly dom: HTMLElement;
  readonly #list: InlineList;

  constructor(name: 'p' | 'h1' | 'h2' | 'h3' | 'h4' | 'h5' | 'h6', around: Surroundings) {
    this.dom = element(name);
    // Each runs in the direction of its own language.
    this.dom.dir = 'auto';
    this.#list = new InlineList(this.dom, around);
  }

  update({ children }: Paragraph | Heading): void {
    listsOf.set(children, this.#list);
    this.#list.update(children);
  }
}

class QuoteView {
  readonly dom = element('blockquote');
  readonly #list: BlockList;

  constructor(around: Surroundings) {
    this.#list = new BlockList(this.dom, around);
  }

  update({ children }: Blockquote): void {
    this.#list.update(children);
  }
}
