/** The generations that are running in this process. */

import type { ApiError } from '../errors.ts';
import { Generation, type GenerationParts } from './generation.ts';

export class Generations {
  readonly #running = new Set<Generation>();
  #draining = false;
  #idle: (() => void) | null = null;

  /** Whether new answers are refused because the process is about to end. */
  get draining(): boolean {
    return this.#draining;
  }

  start(parts: GenerationParts): Generation {
    const generation = new Generation(parts);
    this.#running.add(generation);
    void generation.ended.then(() => {
      this.#running.delete(generation);
      if (this.#running.size === 0) this.#idle?.();
    });
    return generation;
  }

  /** Refuses new answers from now on; settles when the running ones have ended. */
  drain(): Promise<void> {
    this.#draining = true;
    return new Promise(resolve => {
      this.#idle = resolve;
      if (this.#running.size === 0) resolve();
    });
  }

  endAll(error: ApiError): void {
    for (const generation of this.#running) generation.end(error);
  }
}
