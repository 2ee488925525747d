/** Shows lists. */

import { BlockList } from './patcher-blocks.ts';
import type { Surroundings } from './patcher-inlines.ts';
import { element, type View, ViewList } from './patcher.ts';
import type { Item, List } from './tree.ts';

/** Items of a list longer than this are not laid out while they are out of sight. */
const longList = 100;

export class ListView {
  readonly dom: HTMLElement;
  readonly #items: ItemList;
  readonly #around: Surroundings;

  constructor({ ordered, start }: List, around: Surroundings) {
    this.#around = around;
    this.dom = element(ordered ? 'ol' : 'ul');
    if (this.dom instanceof HTMLOListElement && start !== 1) this.dom.start = start;
    this.dom.dir = 'auto';
    this.#items = new ItemList(this.dom, around);
  }

  update({ tight, children }: List): void {
    this.#items.patch(children, this.#around.isAnew ? 0 : this.#items.length - 1);
    const classes = [tight ? '' : 'loose', children.length > longList ? 'long' : '']
      .filter(Boolean)
      .join(' ');
    if (this.dom.className !== classes) this.dom.className = classes;
  }
}

class ItemList extends ViewList<Item> {
  readonly #around: Surroundings;

  constructor(parent: Element, around: Surroundings) {
    super(parent);
    this.#around = around;
  }

  protected override keyOf({ checked }: Item): string {
    return String(checked);
  }

  protected override create({ checked }: Item): View<Item> {
    const dom = element('li');
    const list = new BlockList(checked === undefined ? dom : taskContent(dom, checked), this.#around);
    return { dom, update: ({ children }) => list.update(children) };
  }
}

function taskContent(item: HTMLElement, checked: boolean): HTMLElement {
  item.className = 'task';
  const box = element('input');
  box.type = 'checkbox';
  box.disabled = true;
  // The attribute too: it is what a copy of the answer takes along.
  box.defaultChecked = checked;
  const content = element('div');
  item.append(box, content);
  return content;
}
