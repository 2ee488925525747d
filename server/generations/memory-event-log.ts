/** An event log in the memory of this process. */

import type { Terminal, WritableEventLog } from './event-log.ts';

export class MemoryEventLog implements WritableEventLog {
  readonly #events: string[] = [];
  readonly #wakes = new Set<() => void>();
  #terminal: Terminal | null = null;

  get last(): number {
    return this.#events.length;
  }

  get terminal(): Terminal | null {
    return this.#terminal;
  }

  after(n: number): readonly string[] {
    return this.#events.slice(n);
  }

  subscribe(wake: () => void): () => void {
    this.#wakes.add(wake);
    return () => this.#wakes.delete(wake);
  }

  append(data: readonly string[]): void {
    if (this.#terminal || data.length === 0) return;
    for (const line of data) this.#events.push(line);
    this.#wake();
  }

  end(terminal: Terminal): void {
    if (this.#terminal) return;
    this.#terminal = terminal;
    this.#wake();
  }

  #wake(): void {
    for (const wake of this.#wakes) wake();
  }
}
