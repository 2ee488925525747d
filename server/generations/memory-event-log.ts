/**
 * An event log in the memory of this process. The latest events are there as they came; older ones are packed, so many
 * to a text, which makes the answer several times smaller and loses nothing: any event can be read again by its number.
 */

import type { Terminal, WritableEventLog } from './event-log.ts';
import { pack, unpack } from './pack.ts';

/** Events of one packed text: enough to have much in common, few enough to be unpacked for one of them. */
const PACKED = 64;

export class MemoryEventLog implements WritableEventLog {
  readonly #packed: string[] = [];
  /** Those after the packed ones. */
  #latest: string[] = [];
  #size = 0;
  readonly #wakes = new Set<() => void>();
  #terminal: Terminal | null = null;

  get last(): number {
    return this.#packed.length * PACKED + this.#latest.length;
  }

  get size(): number {
    return this.#size;
  }

  get terminal(): Terminal | null {
    return this.#terminal;
  }

  after(n: number): readonly string[] {
    const block = this.#packed[Math.floor(n / PACKED)];
    if (block !== undefined) return unpack(block).slice(n % PACKED);
    return this.#latest.slice(n - this.#packed.length * PACKED);
  }

  subscribe(wake: () => void): () => void {
    this.#wakes.add(wake);
    return () => this.#wakes.delete(wake);
  }

  append(data: readonly string[]): void {
    if (this.#terminal || data.length === 0) return;
    for (const line of data) {
      this.#latest.push(line);
      this.#size += line.length;
    }
    this.#wake();
    // Afterwards: who reads along has what has just come as it came.
    while (this.#latest.length >= 2 * PACKED) this.#packOldest();
  }

  end(terminal: Terminal): void {
    if (this.#terminal) return;
    this.#terminal = terminal;
    while (this.#latest.length >= PACKED) this.#packOldest();
    this.#wake();
  }

  #packOldest(): void {
    const oldest = this.#latest.slice(0, PACKED);
    const packed = pack(oldest);
    this.#latest = this.#latest.slice(PACKED);
    this.#packed.push(packed);
    for (const line of oldest) this.#size -= line.length;
    this.#size += packed.length;
  }

  #wake(): void {
    for (const wake of this.#wakes) wake();
  }
}
