/** Shows the inlines of a block. */

import { CodeSpanView } from './patcher-code-text.ts';
import { element, patchText, ViewList } from './patcher.ts';
import type { Inline } from './tree.ts';
import type { Surroundings, View } from './view.ts';

/** Where the inlines of a block are shown, for those that change when the block is long complete. */
export const listsOf = new WeakMap<Inline[], InlineList>();

/** The children of an element that holds inlines. */
export class InlineList extends ViewList<Inline> {
  #nodes: Inline[] = [];

  update(nodes: readonly Inline[]): void {
    // What is settled keeps its nodes, but for a text at its end, which may have grown.
    let from = Math.min(this.length, nodes.length) - 1;
    while (from > 0 && this.#nodes[from] !== nodes[from]) from -= 1;
    this.updateFrom(nodes, this.around.isAnew ? 0 : Math.max(0, from));
  }

  updateFrom(nodes: readonly Inline[], from: number): void {
    this.patch(nodes, from);
    this.#nodes.length = from;
    for (let index = from; index < nodes.length; index += 1) this.#nodes.push(nodes[index]!);
  }

  protected override keyOf(node: Inline): string {
    switch (node.type) {
      case 'line-break':
        return `break ${node.hard}`;
      case 'text':
      case 'emphasis':
      case 'strong':
      case 'delete':
      case 'code-span':
        return node.type;
      default:
        return this.around.views!.keyOf(node);
    }
  }

  protected override create(node: Inline): View<Inline> {
    return createView(node, this.around) as View<Inline>;
  }
}

function createView(node: Inline, around: Surroundings) {
  switch (node.type) {
    case 'text':
      return textView();
    case 'emphasis':
      return inlinesIn(element('em'), around);
    case 'strong':
      return inlinesIn(element('strong'), around);
    case 'delete':
      return inlinesIn(element('del'), around);
    case 'code-span':
      return new CodeSpanView();
    case 'line-break':
      return { dom: node.hard ? element('br') : document.createTextNode('\n'), update() {} };
    default:
      return around.views!.inline(node, around);
  }
}

function textView(): View<{ value: string }> {
  const dom = document.createTextNode('');
  return { dom, update: ({ value }) => patchText(dom, value) };
}

/** An element that holds inlines. */
export function inlinesIn(dom: HTMLElement, around: Surroundings): View<{ children: Inline[] }> {
  const list = new InlineList(dom, around);
  return { dom, update: ({ children }) => list.update(children) };
}

/** A block that holds inlines. */
export function textIn(dom: HTMLElement, around: Surroundings): View<{ children: Inline[] }> {
  const list = new InlineList(dom, around);
  return {
    dom,
    update({ children }) {
      listsOf.set(children, list);
      list.update(children);
    },
  };
}
