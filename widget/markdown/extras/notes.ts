/** Footnotes: which are defined, and their numbers, in the order in which they are first referred to. */

import type { Footnote, Footnotes, Inline } from '../tree.ts';
import { normalizeLabel } from './references.ts';

export class Notes {
  readonly #defined = new Map<string, Footnote>();
  readonly #numbers = new Map<string, number>();
  /** Those that are defined and referred to, in order. */
  #section: Footnotes | undefined;

  get section(): Footnotes | undefined {
    return this.#section;
  }

  /** The first definition of a label stands. */
  define(note: Footnote): void {
    const key = normalizeLabel(note.label);
    if (this.#defined.has(key)) return;
    this.#defined.set(key, note);
    const number = this.#numbers.get(key);
    if (number !== undefined) this.#show(note, number);
  }

  has(label: string): boolean {
    return this.#defined.has(normalizeLabel(label));
  }

  /** The number of what is referred to; the next one, if this is the first reference. */
  number(label: string): number {
    const key = normalizeLabel(label);
    const given = this.#numbers.get(key);
    if (given !== undefined) return given;
    const number = this.#numbers.size + 1;
    this.#numbers.set(key, number);
    const note = this.#defined.get(key);
    if (note) this.#show(note, number);
    return number;
  }

  /** Numbers anew: while text arrived, something may have looked like a reference that was none. */
  renumber(leaves: Iterable<{ children: Inline[] }>, revised: (children: Inline[]) => void): void {
    this.#numbers.clear();
    this.#section = undefined;
    for (const { children } of leaves) if (this.#renumberIn(children)) revised(children);
  }

  /** Whether a number has changed. */
  #renumberIn(nodes: Inline[]): boolean {
    let hasChanged = false;
    for (const node of nodes) {
      if (node.type === 'footnote-reference') {
        const number = this.number(node.label);
        hasChanged ||= number !== node.number;
        node.number = number;
      } else if ('children' in node && this.#renumberIn(node.children)) {
        hasChanged = true;
      }
    }
    return hasChanged;
  }

  #show(note: Footnote, number: number): void {
    note.number = number;
    this.#section ??= { type: 'footnotes', children: [] };
    const { children } = this.#section;
    // Mostly it is the last.
    let index = children.length;
    while (index > 0 && children[index - 1]!.number > number) index -= 1;
    children.splice(index, 0, note);
  }
}
