/** Shows the inlines of a block. */

import { CodeSpanView } from './patcher-code-text.ts';
import { imageDom } from './patcher-image.ts';
import { LinkView, linkElement } from './patcher-link.ts';
import { element, patchText, type Setting, type View, ViewList } from './patcher.ts';
import type { Block, Emphasis, FootnoteReference, Footnotes, Inline, MathBlock, MathSpan } from './tree.ts';

/** What the parts of an answer need of the whole. */
export interface Surroundings extends Setting {
  /** Goes to the note of a label. */
  showNote(label: string): void;
  /** How the nodes are shown that only the full syntax makes. */
  views?: Views;
  /** The tree is another one: all of it is to be looked at. */
  isAnew: boolean;
}

export interface Views {
  math(node: MathSpan | MathBlock): View<Inline | Block>;
  reference(node: FootnoteReference, around: Surroundings): View<Inline>;
  table(around: Surroundings): View<Block>;
  notes(around: Surroundings): NotesShown;
}

export interface NotesShown extends View<Footnotes> {
  readonly dom: HTMLElement;
  /** Brings a note into sight. */
  show(label: string): void;
}

/** Where the inlines of a block are shown, for those that change when the block is long complete. */
export const listsOf = new WeakMap<Inline[], InlineList>();

/** The children of an element that holds inlines. */
export class InlineList extends ViewList<Inline> {
  readonly #around: Surroundings;
  #nodes: Inline[] = [];

  constructor(parent: Element, around: Surroundings) {
    super(parent);
    this.#around = around;
  }

  update(nodes: readonly Inline[]): void {
    // What is settled keeps its nodes, but for a text at its end, which may have grown.
    let from = Math.min(this.length, nodes.length) - 1;
    while (from > 0 && this.#nodes[from] !== nodes[from]) from -= 1;
    this.updateFrom(nodes, this.#around.isAnew ? 0 : Math.max(0, from));
  }

  updateFrom(nodes: readonly Inline[], from: number): void {
    this.patch(nodes, from);
    this.#nodes.length = from;
    for (let index = from; index < nodes.length; index += 1) this.#nodes.push(nodes[index]!);
  }

  protected override keyOf(node: Inline): string {
    switch (node.type) {
      case 'link':
        return linkElement(node);
      case 'image':
        return JSON.stringify(node);
      case 'math':
        return `math ${node.display}`;
      case 'line-break':
        return `break ${node.hard}`;
      case 'footnote-reference':
        return `note ${node.label}`;
      default:
        return node.type;
    }
  }

  protected override create(node: Inline): View<Inline> {
    return createView(node, this.#around) as View<Inline>;
  }
}

function createView(node: Inline, around: Surroundings) {
  switch (node.type) {
    case 'text':
      return new TextView();
    case 'emphasis':
      return new EmphasisView('em', around);
    case 'strong':
      return new EmphasisView('strong', around);
    case 'delete':
      return new EmphasisView('del', around);
    case 'link':
      return new LinkView(node, around);
    case 'code-span':
      return new CodeSpanView();
    case 'math':
      return around.views!.math(node);
    case 'line-break':
      return { dom: node.hard ? element('br') : document.createTextNode('\n'), update() {} };
    case 'image':
      return { dom: imageDom(node, around), update() {} };
    case 'footnote-reference':
      return around.views!.reference(node, around);
    default:
      return node satisfies never;
  }
}

class TextView {
  readonly dom = document.createTextNode('');

  update({ value }: { value: string }): void {
    patchText(this.dom, value);
  }
}

class EmphasisView {
  readonly dom: HTMLElement;
  readonly #list: InlineList;

  constructor(name: 'em' | 'strong' | 'del', around: Surroundings) {
    this.dom = element(name);
    this.#list = new InlineList(this.dom, around);
  }

  update({ children }: Emphasis): void {
    this.#list.update(children);
  }
}
