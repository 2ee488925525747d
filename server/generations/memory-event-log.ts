/**
 * An event log in the memory of this process. What has just arrived is there as it came, for the readers that follow; all
 * is packed as well, so many events to a text, which makes the answer several times smaller and loses nothing: any event
 * can be read again by its number.
 */

import type { Terminal, Wake, WritableEventLog } from './event-log.ts';
import { Packer, unpack } from './pack.ts';

/** Events of one packed text: enough to have much in common, few enough to be unpacked for one of them. */
const PACKED = 64;

export class MemoryEventLog implements WritableEventLog {
  readonly #packed: string[] = [];
  /** What comes after the packed texts. */
  readonly #packer = new Packer();
  /** Those that came last, and together. */
  #latest: readonly string[] = [];
  /** Bytes of the packed texts. */
  #size = 0;
  readonly #wakes = new Set<Wake>();
  #terminal: Terminal | null = null;

  get last(): number {
    return this.#packed.length * PACKED + this.#packer.length;
  }

  get size(): number {
    return this.#size + this.#packer.size;
  }

  get terminal(): Terminal | null {
    return this.#terminal;
  }

  after(n: number): readonly string[] {
    if (n >= this.last) return [];
    if (n === this.last - this.#latest.length) return this.#latest;
    const packed = this.#packed[Math.floor(n / PACKED)] ?? this.#packer.text;
    return unpack(packed).slice(n % PACKED);
  }

  subscribe(wake: Wake): () => void {
    this.#wakes.add(wake);
    return () => this.#wakes.delete(wake);
  }

  append(data: readonly string[]): Promise<void> | undefined {
    if (this.#terminal || data.length === 0) return undefined;
    for (const event of data) this.#pack(event);
    this.#latest = data;
    return this.#wake();
  }

  end(terminal: Terminal): void {
    if (this.#terminal) return;
    this.#terminal = terminal;
    void this.#wake();
    // Nobody follows any more: what came last is no better than the rest.
    this.#latest = [];
  }

  #pack(event: string): void {
    this.#packer.add(event);
    if (this.#packer.length < PACKED) return;
    this.#size += this.#packer.size;
    this.#packed.push(this.#packer.take());
  }

  #wake(): Promise<void> | undefined {
    let waits: Promise<void>[] | undefined;
    for (const wake of this.#wakes) {
      const wait = wake();
      if (wait) (waits ??= []).push(wait);
    }
    return waits?.length === this.#wakes.size ? Promise.race(waits) : undefined;
  }
}
