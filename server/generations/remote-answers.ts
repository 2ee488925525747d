/**
 * Answers that other processes make, for the readers of this one: each is copied once, whoever many read it, from its
 * stream in Redis, for as long as somebody does. The process that makes it is told that it has readers here.
 */

import { ApiError } from '../errors.ts';
import { quietly } from '../redis/quietly.ts';
import { type Entry, keys } from '../redis/redis.ts';
import type { StreamReader } from '../redis/stream-reader.ts';
import type { Answer } from './answer.ts';
import { MemoryEventLog } from './memory-event-log.ts';
import { unpack } from './pack.ts';
import type { RedisDirectory } from './redis-directory.ts';
import type { RedisLives } from './redis-lives.ts';
import type { Message, Post } from './redis-messages.ts';
import { endElsewhere } from './remote-end.ts';
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

interface Copy {
  found: Found;
  log: MemoryEventLog;
  /** Each reader, as the way to tell it to go. */
  readers: Set<() => void>;
  /** Whether all of them have something to take first. */
  stalled: boolean;
  unwatch: () => void;
}

export interface RemoteParts {
  reader: StreamReader;
  directory: RedisDirectory;
  lives: RedisLives;
  post: Post;
}

export class RemoteAnswers {
  readonly #parts: RemoteParts;
  readonly #copies = new Map<string, Copy>();

  constructor(parts: RemoteParts) {
    this.#parts = parts;
  }

  answer(found: Found): Answer {
    const { id, last, ended } = found;
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
      end: error => endElsewhere(found, error, this.#parts.directory, this.#parts.post),
      // An event that this process has not heard of may have been read elsewhere just now.
      reaches: n => n <= last || !ended,
    };
  }

  /** Tells the processes that make them that they still have readers here, and looks whether these wait in vain. */
  renew(): void {
    for (const copy of this.#copies.values()) void quietly(this.#renew(copy));
  }

  /** Tells all readers to go; those that cannot resume are told that the answer has ended. */
  letReadersGo(): void {
    for (const copy of this.#copies.values()) letGo(copy);
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

  #copy(found: Found): Copy {
    const log = new MemoryEventLog();
    const unwatch = this.#parts.reader.watch(keys.events(found.id), entry => {
      const wait = take(log, entry);
      if (wait && !copy.stalled) void this.#stall(copy, wait);
    });
    const copy: Copy = { found, log, readers: new Set(), stalled: false, unwatch };
    this.#copies.set(found.id, copy);
    this.#tell(found.process, { type: 'join', id: found.id });
    return copy;
  }

  /** The process that makes it is told, so that its upstream can wait. */
  async #stall(copy: Copy, until: Promise<void>): Promise<void> {
    const { id, process } = copy.found;
    copy.stalled = true;
    this.#tell(process, { type: 'stall', id });
    await until;
    copy.stalled = false;
    if (this.#copies.get(id) === copy) this.#tell(process, { type: 'join', id });
  }

  async #renew(copy: Copy): Promise<void> {
    const { directory, lives, post } = this.#parts;
    const { id, process } = copy.found;
    if (copy.log.terminal) return;
    if (!(await post(process, { type: copy.stalled ? 'stall' : 'join', id }))) {
      if (!(await directory.endIfDead(id, process))) endLost(copy);
    } else if (lives.settled && !(await directory.has(id))) {
      // Its time was over just as it was found, and nothing will come.
      letGo(copy);
    }
  }

  #tell(process: string, message: Message): void {
    void quietly(this.#parts.post(process, message));
  }
}

/** Returns a promise as `append` does. */
function take(log: MemoryEventLog, { fields }: Entry): Promise<void> | undefined {
  let wait: Promise<void> | undefined;
  if (fields.events !== undefined) {
    // A copy that Redis lost and got again may be cut into other entries than before.
    const known = log.last + 1 - Number(fields.first);
    wait = log.append(unpack(fields.events).slice(known));
  }
  if (fields.end !== undefined) log.end(readTerminal(fields.end));
  return wait;
}

function letGo(copy: Copy): void {
  for (const letGo of [...copy.readers]) letGo();
  if (copy.readers.size > 0) endLost(copy);
}

/** Nothing is to be expected any more of an answer that has no trace left. */
function endLost({ log }: Copy): void {
  log.end({ done: false, error: new ApiError('interrupted') });
}
