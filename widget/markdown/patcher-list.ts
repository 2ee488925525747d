/** Shows lists. */

import { blocksIn } from './patcher-blocks.ts';
import { element, partLength, textElement, ViewList } from './patcher.ts';
import type { Item, List } from './tree.ts';
import type { Surroundings, View } from './view.ts';

export class ListView {
  readonly dom: HTMLElement;
  readonly #items: ItemList;
  readonly #around: Surroundings;

  constructor({ ordered, start }: List, around: Surroundings) {
    this.#around = around;
    this.dom = textElement(ordered ? 'ol' : 'ul');
    if (start !== 1) this.dom.setAttribute('start', String(start));
    this.#items = new ItemList(this.dom, around, ordered ? start : undefined);
  }

  update({ tight, children }: List): void {
    this.#items.patch(children, this.#around.isAnew ? 0 : this.#items.length - 1);
    this.dom.classList.toggle('loose', !tight);
    // In parts it is still read as a list.
    if (children.length > partLength) this.dom.role = 'list';
  }
}

class ItemList extends ViewList<Item> {
  protected override readonly part = 'div';
  readonly #start: number | undefined;

  constructor(parent: Element, around: Surroundings, start: number | undefined) {
    super(parent, around);
    this.#start = start;
  }

  protected override keyOf({ checked }: Item): string {
    return String(checked);
  }

  protected override create({ checked }: Item, index: number): View<Item> {
    const item = element('li');
    if (index >= partLength) {
      item.role = 'listitem';
      // What is passed over counts for nothing.
      if (this.#start !== undefined && index % partLength === 0) item.value = this.#start + index;
    }
    const content = checked === undefined ? item : this.around.views!.task(item, checked);
    return blocksIn(item, this.around, content);
  }
}
