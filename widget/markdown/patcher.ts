/**
 * Keeps nodes on screen in step with the tree. Only what can have changed is looked at, and what is there is never made
 * again: a text grows, a child is appended. It is the one place that makes nodes of what a model says; nothing of that
 * becomes a class, a style, an id, a name or a handler.
 */

import type { Surroundings, View } from './view.ts';

/**
 * How many children an element has before others go into parts of it, of as many each. Parts out of sight are passed
 * over as one: what is done for each child in each frame, a containment of its own too, adds up in long ones.
 */
export const partLength = 32;

/** The nodes that are the first children of an element, one view each. */
export abstract class ViewList<Node> {
  /** What a part of a long list is; without, it has none. */
  protected readonly part?: 'div' | 'tbody';
  protected readonly around: Surroundings;
  readonly #parent: Element;
  readonly #views: Array<View<Node>> = [];
  readonly #keys: string[] = [];

  constructor(parent: Element, around: Surroundings) {
    this.#parent = parent;
    this.around = around;
  }

  get length(): number {
    return this.#views.length;
  }

  /** A view that shows one node can show any other that has the same key. */
  protected abstract keyOf(node: Node): string;
  protected abstract create(node: Node, index: number): View<Node>;

  /** Shows nodes, those before an index being as they were. */
  patch(nodes: readonly Node[], from: number): void {
    for (let index = Math.max(0, from); index < nodes.length; index += 1) this.#show(nodes[index]!, index);
    while (this.#views.length > nodes.length) {
      const { dom } = this.#views.pop()!;
      (this.#beginsPart(this.length) ? dom.parentElement! : dom).remove();
    }
  }

  #show(node: Node, index: number): void {
    const key = this.keyOf(node);
    const shown = this.#views[index];
    if (shown && this.#keys[index] === key) {
      shown.update(node);
      return;
    }
    const view = this.create(node, index);
    view.update(node);
    if (shown) shown.dom.replaceWith(view.dom);
    else if (index > 0) this.#append(view.dom, index);
    else this.#parent.prepend(view.dom);
    this.#views[index] = view;
    this.#keys[index] = key;
  }

  #append(dom: ChildNode, index: number): void {
    const last = this.#views[index - 1]!.dom;
    if (!this.#beginsPart(index)) return last.after(dom);
    const part = element(this.part!, 'part');
    part.append(dom);
    (index > partLength || this.part === 'tbody' ? last.parentElement! : last).after(part);
  }

  #beginsPart(index: number): boolean {
    return !!this.part && index > 0 && index % partLength === 0;
  }
}

/** Makes a text say something else by changing as little of it as can be: what is selected in it stays so. */
export function patchText(dom: Text, text: string): void {
  const shown = dom.data;
  if (shown === text) return;
  if (text.startsWith(shown)) {
    dom.appendData(text.slice(shown.length));
    return;
  }
  let same = 0;
  while (same < shown.length && shown[same] === text[same]) same += 1;
  dom.replaceData(same, shown.length - same, text.slice(same));
}

/** An element whose text runs in the direction of its own language. */
export function textElement<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
): HTMLElementTagNameMap[Name] {
  const made = element(name);
  made.dir = 'auto';
  return made;
}

export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  className = '',
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  if (className) made.className = made.part.value = className;
  return made;
}
