/**
 * The visit of whoever has the conversations that tabs share. It ends when they log out, in whichever tab: what was asked for
 * or begun to be read before is not done any more.
 */

import type { Asked, Wanted } from './tab-words.ts';

export class Visit {
  /** By the last logout that is known; empty where none is. */
  id = '';
  #end = new AbortController();
  /** This tab leads, or the one that does has said which visit it is. */
  #isKnown = false;

  /** Aborted at its end. */
  get signal(): AbortSignal {
    return this.#end.signal;
  }

  /** What is asked for before it is known counts for whichever visit it is. */
  stamped(asked: Asked): Wanted {
    return { asked, ...(this.#isKnown && { visit: this.id }) };
  }

  has({ visit = this.id }: Wanted): boolean {
    return visit === this.id;
  }

  /** The next one begins. */
  end(id: string): void {
    this.id = id;
    this.#end.abort();
    this.#end = new AbortController();
  }

  /** Takes over what the tab that leads knows, perhaps this one. Says whether the visitor has left while this one slept. */
  adopt(id: string): boolean {
    const hasLeft = this.#isKnown && id !== '' && id !== this.id;
    this.#isKnown = true;
    if (hasLeft) this.end(id);
    else this.id = id;
    return hasLeft;
  }
}
