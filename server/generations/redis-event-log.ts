/**
 * An event log that other processes can read. The process that writes it has it in memory, where its own readers read;
 * Redis has a copy. While it is in doubt whether others have ended the answer, its own readers see nothing new: an answer
 * ends alike for all of them.
 */

import { ApiError } from '../errors.ts';
import type { Redis } from '../redis/redis.ts';
import type { Terminal, Wake, WritableEventLog } from './event-log.ts';
import { MemoryEventLog } from './memory-event-log.ts';
import { type CopyOptions, RedisCopy } from './redis-copy.ts';

export interface LogOptions extends CopyOptions {
  /** Whether others may have taken this process for dead, and have ended the answer. */
  isDoubted: () => boolean;
}

export class RedisEventLog implements WritableEventLog {
  readonly #memory = new MemoryEventLog();
  readonly #copy: RedisCopy;
  readonly #isDoubted: () => boolean;
  /** What has come while it is in doubt whether anything can. */
  readonly #held: Array<() => void> = [];

  /** Redis knows of the log soon afterwards, or as soon as it is there. */
  constructor(redis: Redis, { isDoubted, ...options }: LogOptions) {
    const onEnded = () => {
      this.#memory.end({ done: false, error: new ApiError('interrupted') });
      options.onEnded();
    };
    this.#isDoubted = isDoubted;
    this.#copy = new RedisCopy(redis, this.#memory, { ...options, onEnded });
    void this.write();
  }

  get last(): number {
    return this.#memory.last;
  }

  get terminal(): Terminal | null {
    return this.#memory.terminal;
  }

  get size(): number {
    return this.#memory.size;
  }

  after(n: number): readonly string[] {
    return this.#memory.after(n);
  }

  subscribe(wake: Wake): () => void {
    return this.#memory.subscribe(wake);
  }

  /** Those who read elsewhere are among those that are waited for (readers-elsewhere.ts). */
  append(data: readonly string[]): Promise<void> | undefined {
    let wait: Promise<void> | undefined;
    this.#change(() => {
      wait = this.#memory.append(data);
    });
    return wait;
  }

  end(terminal: Terminal): void {
    this.#change(() => this.#memory.end(terminal));
  }

  /** Writes what Redis does not have; settles when that is done, or Redis is away. */
  write(): Promise<void> {
    return this.#copy.write();
  }

  /** The same where Redis may have lost what it had, or have an end of another process. */
  writeAgain(): Promise<void> {
    return this.#copy.writeAgain();
  }

  #change(make: () => void): void {
    if (this.#held.length > 0) this.#held.push(make);
    else if (this.#isDoubted()) void this.#hold(make);
    else {
      make();
      void this.write();
    }
  }

  async #hold(make: () => void): Promise<void> {
    this.#held.push(make);
    await this.writeAgain();
    for (const make of this.#held.splice(0)) make();
    void this.write();
  }
}
