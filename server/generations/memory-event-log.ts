/**
 * An event log in the memory of this process. What has just arrived is there as it came, for the readers that follow; all
 * is packed as well, so many events to a text, which makes the answer several times smaller and loses nothing: any event
 * can be read again by its number.
 */

import type { Terminal, WritableEventLog } from './event-log.ts';
import { packAfter, unpack } from './pack.ts';

/** Events of one packed text: enough to have much in common, few enough to be unpacked for one of them. */
const PACKED = 64;

export class MemoryEventLog implements WritableEventLog {
  /** Packed texts, whole but for the last one, which is in its lines. */
  readonly #packed: string[] = [];
  #lines: string[] = [];
  #before = '';
  /** Those that came last, and together. */
  #latest: readonly string[] = [];
  #size = 0;
  readonly #wakes = new Set<() => void>();
  #terminal: Terminal | null = null;

  get last(): number {
    return this.#packed.length * PACKED + this.#lines.length;
  }

  get size(): number {
    return this.#size;
  }

  get terminal(): Terminal | null {
    return this.#terminal;
  }

  after(n: number): readonly string[] {
    if (n >= this.last) return [];
    if (n === this.last - this.#latest.length) return this.#latest;
    const packed = this.#packed[Math.floor(n / PACKED)] ?? this.#lines.join('\n');
    return unpack(packed).slice(n % PACKED);
  }

  subscribe(wake: () => void): () => void {
    this.#wakes.add(wake);
    return () => this.#wakes.delete(wake);
  }

  append(data: readonly string[]): void {
    if (this.#terminal || data.length === 0) return;
    for (const event of data) this.#pack(event);
    this.#latest = data;
    this.#wake();
  }

  end(terminal: Terminal): void {
    if (this.#terminal) return;
    this.#terminal = terminal;
    this.#wake();
    // Nobody follows any more: what came last is no better than the rest.
    this.#latest = [];
    this.#before = '';
  }

  #pack(event: string): void {
    const line = packAfter(this.#before, event);
    this.#before = event;
    this.#lines.push(line);
    this.#size += line.length;
    if (this.#lines.length < PACKED) return;
    // Joined, the text is also cut off from the chunks of the network that its pieces would hold in memory.
    this.#packed.push(this.#lines.join('\n'));
    this.#lines = [];
    this.#before = '';
  }

  #wake(): void {
    for (const wake of this.#wakes) wake();
  }
}
