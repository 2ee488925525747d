/**
 * Readers of this process's answers on other processes. Each says now and then that it is there, and whether it can take
 * more; of one that is not heard of any more, the process is dead or has no reader left.
 */

import type { Answer } from './answer.ts';

export class ReadersElsewhere {
  readonly #readers = new Map<string, ReaderElsewhere>();

  /**
   * The process has readers of this answer.
   * @param stalled whether none of them has taken what it was given
   */
  join(answer: Answer, process: string, stalled: boolean): void {
    const name = nameOf(answer, process);
    let reader = this.#readers.get(name);
    if (!reader) this.#readers.set(name, (reader = new ReaderElsewhere(answer)));
    reader.hear(stalled);
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

/** All readers that one process has of an answer: to its log they are one, which keeps the writer waiting or does not. */
class ReaderElsewhere {
  heardAt = performance.now();
  readonly #leave: () => void;
  readonly #unsubscribe: () => void;
  /** Settles when it takes more, or is gone. */
  #stall: Promise<void> | undefined;
  #endStall = () => {};

  constructor(answer: Answer) {
    this.#leave = answer.join();
    this.#unsubscribe = answer.log.subscribe(() => this.#stall);
  }

  hear(stalled: boolean): void {
    this.heardAt = performance.now();
    if (!stalled) this.#goOn();
    else
      this.#stall ??= new Promise(resolve => {
        this.#endStall = resolve;
      });
  }

  leave(): void {
    this.#unsubscribe();
    this.#goOn();
    this.#leave();
  }

  #goOn(): void {
    this.#endStall();
    this.#stall = undefined;
  }
}

function nameOf({ id }: Answer, process: string): string {
  return `${id} ${process}`;
}
