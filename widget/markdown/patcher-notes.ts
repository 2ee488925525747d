/** Shows footnotes, and the numbers that refer to them. */

import { BlockList } from './patcher-blocks.ts';
import type { Surroundings } from './patcher-inlines.ts';
import { element, type View, ViewList } from './patcher.ts';
import type { Footnote, Footnotes } from './tree.ts';

/** A number in the text that leads to a note. */
export class ReferenceView {
  readonly dom = element('sup');
  readonly #button = element('button', 'note');
  readonly #name: string;

  constructor(label: string, around: Surroundings) {
    this.#name = around.words.footnote;
    this.#button.type = 'button';
    this.#button.addEventListener('click', () => around.showNote(label));
    this.dom.append(this.#button);
  }

  update({ number }: { number: number }): void {
    const text = String(number);
    if (this.#button.textContent === text) return;
    this.#button.textContent = text;
    this.#button.ariaLabel = `${this.#name} ${text}`;
  }
}

/** The notes after an answer. */
export class NotesView {
  readonly dom = element('section', 'footnotes');
  readonly #notes: NoteList;

  constructor(around: Surroundings) {
    this.dom.ariaLabel = around.words.footnotes;
    const list = element('ol');
    this.dom.append(list);
    this.#notes = new NoteList(list, around);
  }

  update({ children }: Footnotes): void {
    // Any of them may be the one that grows.
    this.#notes.patch(children, 0);
  }

  /** Puts the focus on a note, and so into sight. */
  show(label: string): void {
    this.#notes.show(label);
  }
}

class NoteList extends ViewList<Footnote> {
  readonly #around: Surroundings;
  readonly #items = new Map<string, HTMLElement>();

  constructor(parent: Element, around: Surroundings) {
    super(parent);
    this.#around = around;
  }

  show(label: string): void {
    this.#items.get(label.toLowerCase())?.focus();
  }

  protected override keyOf({ label }: Footnote): string {
    return label;
  }

  protected override create({ label }: Footnote): View<Footnote> {
    const dom = element('li');
    dom.tabIndex = -1;
    this.#items.set(label.toLowerCase(), dom);
    const list = new BlockList(dom, this.#around);
    return { dom, update: ({ children }) => list.update(children) };
  }
}
