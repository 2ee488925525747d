/** What labels stand for, and who waits for a label that is not defined yet. */

import type { Inline } from '../tree.ts';

export interface Target {
  href: string;
  title: string;
}

/** A leaf's inlines, which are to be read again when a label they have met is defined. */
export interface Reader {
  readonly children: Inline[];
  /** How much there is to read. */
  readonly length: number;
  reread(): void;
}

export class References {
  readonly #targets = new Map<string, Target>();
  readonly #waiting = new Map<string, Set<Reader>>();
  readonly #stale = new Set<Reader>();

  /** The first definition of a label stands. */
  define(label: string, target: Target): void {
    if (this.#targets.has(label)) return;
    this.#targets.set(label, target);
    this.#call(label);
  }

  target(label: string, reader: Reader): Target | undefined {
    const target = this.#targets.get(label);
    if (!target) this.#wait(label, reader);
    return target;
  }

  /** Those who read before a label they met was defined; they are forgotten. */
  takeStale(): Reader[] {
    const stale = [...this.#stale];
    this.#stale.clear();
    return stale;
  }

  #wait(label: string, reader: Reader): void {
    const waiting = this.#waiting.get(label);
    if (waiting) waiting.add(reader);
    else this.#waiting.set(label, new Set([reader]));
  }

  #call(label: string): void {
    for (const reader of this.#waiting.get(label) ?? []) this.#stale.add(reader);
    this.#waiting.delete(label);
  }
}

/** Labels match without regard to case and to how much white space is between words. */
export function normalizeLabel(source: string): string {
  return source.trim().replace(/\s+/g, ' ').toLowerCase().toUpperCase();
}
