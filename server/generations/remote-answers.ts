/**
 * Answers that other processes make, for the readers of this one: each is copied once, whoever many read it, from its
 * stream in Redis, for as long as somebody does. The process that makes it is told that it has readers here.
 */

import { ApiError } from '../errors.ts';
import { type Entry, keys } from '../redis/redis.ts';
import type { StreamReader } from '../redis/stream-reader.ts';
import type { Answer } from './answer.ts';
import { MemoryEventLog } from './memory-event-log.ts';
import type { Message } from './redis-messages.ts';
import { unpack } from './pack.ts';
import { readTerminal } from './terminal-text.ts';

/** What Redis says of an answer. */
export interface Found {
  id: string;
  /** The process that makes it. */
  process: string;
  /** The number of its last event. */
  last: number;
  ended: boolean;
}

export interface Copy {
  found: Found;
  log: MemoryEventLog;
  /** Each reader, as the way to tell it to go. */
  readers: Set<() => void>;
}

export class RemoteAnswers {
  readonly #reader: StreamReader;
  readonly #tell: (process: string, message: Message) => void;
  readonly #copies = new Map<string, Copy & { unwatch: () => void }>();

  /** @param tell sends a message to another process */
  constructor(reader: StreamReader, tell: (process: string, message: Message) => void) {
    this.#reader = reader;
    this.#tell = tell;
  }

  /** The copies that have readers. */
  get copies(): Copy[] {
    return [...this.#copies.values()];
  }

  answer(found: Found): Answer {
    const { id, process, last, ended } = found;
    const empty = new MemoryEventLog();
    const copies = this.#copies;
    return {
      id,
      model: null,
      /** Its readers are those for whom it is copied. */
      get log() {
        return copies.get(id)?.log ?? empty;
      },
      join: (letGo = () => {}) => this.#join(found, letGo),
      end: error => this.#tell(process, { type: 'end', id, code: error.code }),
      // An event that this process has not heard of may have been read elsewhere just now.
      reaches: n => n <= last || !ended,
    };
  }

  #join(found: Found, letGo: () => void): () => void {
    const copy = this.#copies.get(found.id) ?? this.#copy(found);
    const reader = () => letGo();
    copy.readers.add(reader);
    return () => {
      if (!copy.readers.delete(reader) || copy.readers.size > 0) return;
      copy.unwatch();
      this.#copies.delete(found.id);
      this.#tell(found.process, { type: 'leave', id: found.id });
    };
  }

  #copy(found: Found): Copy & { unwatch: () => void } {
    const log = new MemoryEventLog();
    const unwatch = this.#reader.watch(keys.events(found.id), entry => take(log, entry));
    const copy = { found, log, readers: new Set<() => void>(), unwatch };
    this.#copies.set(found.id, copy);
    this.#tell(found.process, { type: 'join', id: found.id });
    return copy;
  }
}

function take(log: MemoryEventLog, { fields }: Entry): void {
  if (fields.events !== undefined) {
    // A copy that Redis lost and got again may be cut into other entries than before.
    const known = log.last + 1 - Number(fields.first);
    log.append(unpack(fields.events).slice(known));
  }
  if (fields.end !== undefined) log.end(readTerminal(fields.end));
}

/** Nothing is to be expected any more of an answer that has no trace left. */
export function endLost({ log }: Copy): void {
  log.end({ done: false, error: new ApiError('interrupted') });
}
