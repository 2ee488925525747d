/**
 * What an answer defines in one place and means in others: the targets of links, and notes. A leaf that met a label before
 * it was defined is read again.
 */

import type { Inline, Root } from '../tree.ts';
import { Notes } from './notes.ts';
import { type Reader, References } from './references.ts';

export class Labels {
  readonly references = new References();
  readonly notes = new Notes();
  /** More text may come, and define what is not defined yet: what can only be meant as a reference is one. */
  hopeful = true;
  /** Who took what is not defined for a reference. */
  readonly hoping = new Set<Reader>();
  /** Who refers to notes, in the order of the text. */
  readonly noting = new Set<Reader>();
  readonly #stale = new Set<Reader>();
  /** How much was read again, and how much was fed. */
  #reread = 0;
  #fed = 0;
  readonly #revised = new Set<Inline[]>();

  /** Inlines that have changed since the last call though their block was complete. */
  takeRevised(): Inline[][] {
    const revised = [...this.#revised];
    this.#revised.clear();
    return revised;
  }

  /** Reads some of those again who met a label before it was defined: in all, not more than what was fed. */
  settle(fed: number, root: Root): void {
    this.#fed += fed;
    for (const reader of this.references.takeStale()) this.#stale.add(reader);
    for (const reader of this.#stale) {
      if (this.#reread + reader.length > this.#fed) break;
      this.#reread += reader.length;
      this.#stale.delete(reader);
      this.#readAgain(reader);
    }
    root.footnotes = this.notes.section;
  }

  /** Nothing more is defined. */
  end(root: Root): void {
    this.hopeful = false;
    for (const reader of new Set([...this.#stale, ...this.references.takeStale(), ...this.hoping]))
      this.#readAgain(reader);
    this.notes.renumber(this.noting, children => this.#revised.add(children));
    root.footnotes = this.notes.section;
  }

  #readAgain(reader: Reader): void {
    reader.reread();
    this.#revised.add(reader.children);
  }
}
