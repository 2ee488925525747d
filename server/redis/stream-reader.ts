/**
 * Reads all streams that this process waits for, by one blocking read on one connection. A stream that comes to be
 * watched meanwhile ends the read by an entry in the inbox of the process, which is always one of them.
 */

import { quietly } from './quietly.ts';
import { type Entry, keys, type Redis } from './redis.ts';

interface Watched {
  /** The id of the last entry that was read. */
  after: string;
  take: (entry: Entry) => void;
}

const WAIT_MS = 5_000;
/** After a read that brought something: what comes meanwhile comes with the next, and a read costs as much as it watches. */
const PACE_MS = 3;
/** An inbox that nobody reads any more goes by itself. */
export const INBOX_MS = 60_000;

export class StreamReader {
  readonly #redis: Redis;
  readonly #inbox: string;
  readonly #watched = new Map<string, Watched>();

  /** @param hear is called with each message that comes to the inbox of `process` */
  constructor(redis: Redis, process: string, hear: (message: string) => void) {
    this.#redis = redis;
    this.#inbox = keys.inbox(process);
    const take = ({ fields }: Entry) => {
      if (fields.message) hear(fields.message);
    };
    this.#watched.set(this.#inbox, { after: '0', take });
    void this.#readAll();
  }

  /** Calls `take` with each entry of the stream from its first one, until the returned function is called. */
  watch(key: string, take: (entry: Entry) => void): () => void {
    const watched = { after: '0', take };
    this.#watched.set(key, watched);
    void this.#wake();
    return () => {
      if (this.#watched.get(key) === watched) this.#watched.delete(key);
    };
  }

  async #readAll(): Promise<void> {
    let asked = new Map<string, Watched>();
    const after = () => {
      asked = new Map(this.#watched);
      return new Map([...asked].map(([key, { after }]) => [key, after] as const));
    };
    for (;;) {
      const streams = await this.#redis.read(after, WAIT_MS);
      if (!streams) return;
      for (const [key, entries] of streams) {
        // One who began to watch meanwhile has not asked for these: they are not the first ones.
        const watched = asked.get(key)!;
        for (const entry of entries) {
          if (this.#watched.get(key) !== watched) break;
          watched.after = entry.id;
          watched.take(entry);
        }
      }
      if (streams.size > 0) await new Promise(resolve => setTimeout(resolve, PACE_MS));
    }
  }

  async #wake(): Promise<void> {
    // Where Redis is away, the read that begins when it is back has the stream among its own.
    await quietly(this.#redis.send(['XADD', this.#inbox, 'MAXLEN', '~', '1000', '*', 'wake', '']));
    await quietly(this.#redis.send(['PEXPIRE', this.#inbox, String(INBOX_MS)]));
  }
}
