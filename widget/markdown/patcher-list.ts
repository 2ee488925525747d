/** Shows lists. */

import { blocksIn } from './patcher-blocks.ts';
import { element, textElement, ViewList } from './patcher.ts';
import type { Item, List } from './tree.ts';
import type { Surroundings, View } from './view.ts';

/** Items of a list longer than this are not laid out while they are out of sight. */
const longList = 100;

export class ListView {
  readonly dom: HTMLElement;
  readonly #items: ItemList;
  readonly #around: Surroundings;

  constructor({ ordered, start }: List, around: Surroundings) {
    this.#around = around;
    this.dom = textElement(ordered ? 'ol' : 'ul');
    if (start !== 1) this.dom.setAttribute('start', String(start));
    this.#items = new ItemList(this.dom, around);
  }

  update({ tight, children }: List): void {
    this.#items.patch(children, this.#around.isAnew ? 0 : this.#items.length - 1);
    this.dom.classList.toggle('loose', !tight);
    this.dom.classList.toggle('long', children.length > longList);
  }
}

class ItemList extends ViewList<Item> {
  protected override keyOf({ checked }: Item): string {
    return String(checked);
  }

  protected override create({ checked }: Item): View<Item> {
    const item = element('li');
    return blocksIn(item, this.around, checked === undefined ? item : taskContent(item, checked));
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
