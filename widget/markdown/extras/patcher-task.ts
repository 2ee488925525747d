/** Shows tasks. */

import { element } from '../patcher.ts';

/** Puts a box into an item; the element for its content. */
export function taskContent(item: HTMLElement, checked: boolean): HTMLElement {
  item.className = 'task';
  const box = element('input');
  box.type = 'checkbox';
  box.disabled = true;
  // The attribute too: it is what a copy of the answer takes along.
  box.defaultChecked = checked;
  const content = element('div');
  // Its text is the box's name.
  const label = element('label');
  label.append(box, content);
  item.append(label);
  return content;
}
