/**
 * Readers of this process's answers on other processes. Each says now and then that it is there; of one that is not heard of
 * any more, the process is dead or has no reader left.
 */

import type { Answer } from './answer.ts';

interface Reader {
  leave: () => void;
  heardAt: number;
}

export class ReadersElsewhere {
  readonly #readers = new Map<string, Reader>();

  /** The process has readers of this answer. */
  join(answer: Answer, process: string): void {
    const name = nameOf(answer, process);
    const leave = this.#readers.get(name)?.leave ?? answer.join();
    this.#readers.set(name, { leave, heardAt: performance.now() });
  }

  leave(answer: Answer, process: string): void {
    this.#leave(nameOf(answer, process));
  }

  /** Those leave that have said nothing for so many milliseconds. */
  dropSilent(ms: number): void {
    const silentSince = performance.now() - ms;
    for (const [name, { heardAt }] of this.#readers) if (heardAt <= silentSince) this.#leave(name);
  }

  #leave(name: string): void {
    const reader = this.#readers.get(name);
    this.#readers.delete(name);
    reader?.leave();
  }
}

function nameOf({ id }: Answer, process: string): string {
  return `${id} ${process}`;
}
