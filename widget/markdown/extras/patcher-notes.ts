/** Shows footnotes, and the numbers that refer to them. */

import { blocksIn } from '../patcher-blocks.ts';
import { element, textElement, ViewList } from '../patcher.ts';
import type { Footnote, Footnotes, Root } from '../tree.ts';
import type { Surroundings, View } from '../view.ts';

/** The notes that are shown of an answer, by its surroundings. */
const notesOf = new WeakMap<Surroundings, NotesView>();

/** A number in the text that leads to a note. */
export class ReferenceView {
  readonly dom = element('sup');
  readonly #button = element('button', 'footnote');

  readonly #around: Surroundings;

  constructor(label: string, around: Surroundings) {
    this.#around = around;
    this.#button.type = 'button';
    this.#button.addEventListener('click', () => notesOf.get(around)?.show(label));
    this.dom.append(this.#button);
  }

  update({ number }: { number: number }): void {
    const text = String(number);
    if (this.#button.textContent === text) return;
    this.#button.textContent = text;
    this.#button.ariaLabel = this.#around.extraWords!.footnote(number);
  }
}

/** The notes after an answer. */
class NotesView {
  readonly dom = element('section', 'footnotes');
  readonly #notes: NoteList;

  constructor(around: Surroundings) {
    this.dom.ariaLabel = around.extraWords!.footnotes;
    const list = textElement('ol');
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

/** Keeps the notes at the end of an answer, while there are any. */
export function followNotes(container: HTMLElement, around: Surroundings): (root: Root) => void {
  return ({ footnotes }) => {
    const shown = notesOf.get(around);
    if (footnotes) {
      const notes = shown ?? new NotesView(around);
      notes.update(footnotes);
      if (!notes.dom.parentNode) container.append(notes.dom);
      notesOf.set(around, notes);
    } else if (shown) {
      shown.dom.remove();
      notesOf.delete(around);
    }
  };
}

class NoteList extends ViewList<Footnote> {
  readonly #items = new Map<string, HTMLElement>();

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
    return blocksIn(dom, this.around);
  }
}
