/**
 * An event log in the memory of this process. What has just arrived is there as it came, for the readers that follow;
 * what is older is packed, many events to a text, which makes the answer several times smaller and loses nothing: any
 * event can be read again by its number.
 */

import type { Terminal, Wake, WritableEventLog } from './event-log.ts';
import { pack, unpack } from './pack.ts';

/**
 * Events are packed when they have more bytes than this: enough of them to have much in common, few enough to be unpacked
 * for one of them. Packed one by one as they come, each would take several times as long: by then the processor has done
 * other things, and has forgotten how that goes.
 */
const UNPACKED_BYTES = 8_192;

interface Packed {
  /** How many events there are before these. */
  before: number;
  text: string;
}

export class MemoryEventLog implements WritableEventLog {
  readonly #packed: Packed[] = [];
  /** Events in the packed texts, and bytes of these. */
  #packedEvents = 0;
  #packedBytes = 0;
  /** What comes after them, as it came. */
  #recent: string[] = [];
  #recentBytes = 0;
  readonly #wakes = new Set<Wake>();
  /** Ends the writer's wait for readers who have stopped. */
  #endWait = () => {};
  #terminal: Terminal | null = null;

  get last(): number {
    return this.#packedEvents + this.#recent.length;
  }

  get size(): number {
    return this.#packedBytes + this.#recentBytes;
  }

  get terminal(): Terminal | null {
    return this.#terminal;
  }

  after(n: number): readonly string[] {
    if (n >= this.#packedEvents) return this.#recent.slice(n - this.#packedEvents);
    const { before, text } = this.#packed.findLast(({ before }) => before <= n)!;
    return unpack(text).slice(n - before);
  }

  subscribe(wake: Wake): () => void {
    this.#wakes.add(wake);
    // The writer waits for those who were there; who comes now has something to take.
    this.#endWait();
    return () => this.#wakes.delete(wake);
  }

  append(data: readonly string[]): Promise<void> | undefined {
    if (this.#terminal || data.length === 0) return undefined;
    for (const event of data) {
      this.#recent.push(event);
      this.#recentBytes += event.length;
    }
    const wait = this.#wake();
    // Those who follow have taken them.
    if (this.#recentBytes > UNPACKED_BYTES) this.#pack();
    return wait;
  }

  end(terminal: Terminal): void {
    if (this.#terminal) return;
    this.#terminal = terminal;
    void this.#wake();
    // Nobody follows any more: what came last is no better than the rest.
    if (this.#recent.length > 0) this.#pack();
  }

  #pack(): void {
    const text = pack(this.#recent);
    this.#packed.push({ before: this.#packedEvents, text });
    this.#packedEvents += this.#recent.length;
    this.#packedBytes += text.length;
    this.#recent = [];
    this.#recentBytes = 0;
  }

  #wake(): Promise<void> | undefined {
    let waits: Promise<void>[] | undefined;
    for (const wake of this.#wakes) {
      const wait = wake();
      if (wait) (waits ??= []).push(wait);
    }
    if (waits?.length !== this.#wakes.size) return undefined;
    const newReader = new Promise<void>(resolve => {
      this.#endWait = resolve;
    });
    return Promise.race([...waits, newReader]);
  }
}
