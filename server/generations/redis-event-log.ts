/**
 * An event log that other processes can read. The process that writes it has it in memory, where its own readers read;
 * Redis has a copy, written behind: what has come while one write was on its way leaves with the next.
 *
 * Every write says which process makes the answer and where it goes on. Redis refuses one that comes after an end, so
 * that a process that was taken for dead adds nothing; and one that does not go on where its copy ends tells where that
 * is, so that a copy that was lost is written again.
 */

import { keys, type Redis, RedisAway, type Script } from '../redis/redis.ts';
import type { Terminal, Wake, WritableEventLog } from './event-log.ts';
import { MemoryEventLog } from './memory-event-log.ts';
import { pack } from './pack.ts';
import { writeTerminal } from './terminal-text.ts';

export interface LogOptions {
  id: string;
  /** Who may read it. */
  owner: string;
  /** Which process writes it. */
  process: string;
  /** How long Redis has it while it is written, at most, and after its end; in milliseconds. */
  lifeMs: number;
  keepMs: number;
  /** Is called when another process has ended the answer. */
  onEnded: () => void;
}

/** Returns the number of the last event that Redis has, or -1 when the answer was ended by another process. */
const write: Script = {
  lua: `
local answer, events = KEYS[1], KEYS[2]
local process, owner, first, last, packed, finish, ms = unpack(ARGV)
local there = redis.call('HMGET', answer, 'process', 'last', 'end', 'claim')
if not there[1] then
  if first ~= '1' then return 0 end
  redis.call('DEL', events)
  redis.call('HSET', answer, 'process', process, 'owner', owner, 'last', 0)
  there = {process, '0', false}
end
if there[1] ~= process or (there[3] and there[3] ~= finish) then return -1 end
if there[3] or there[2] + 1 ~= tonumber(first) then return tonumber(there[2]) end
if packed ~= '' then
  redis.call('XADD', events, last .. '-0', 'first', first, 'events', packed)
  redis.call('HSET', answer, 'last', last)
end
if finish ~= '' then
  redis.call('XADD', events, last .. '-1', 'end', finish)
  redis.call('HSET', answer, 'end', finish)
end
redis.call('PEXPIRE', answer, ms)
redis.call('PEXPIRE', events, ms)
if there[4] then redis.call('PEXPIRE', there[4], ms) end
return tonumber(last)`,
};

export class RedisEventLog implements WritableEventLog {
  readonly #redis: Redis;
  readonly #options: LogOptions;
  readonly #memory = new MemoryEventLog();
  /** Events that Redis has. */
  #written = 0;
  /** Whether Redis knows of the answer, as far as this process can tell. */
  #known = false;
  #busy = false;
  #writing = Promise.resolve();
  /** Nothing is left to write. */
  #finished = false;
  /** Another process has ended the answer. */
  #ended = false;

  /** Redis knows of the log soon afterwards, or as soon as it is there. */
  constructor(redis: Redis, options: LogOptions) {
    this.#redis = redis;
    this.#options = options;
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

  append(data: readonly string[]): Promise<void> | undefined {
    void this.#memory.append(data);
    void this.write();
    // Readers elsewhere wait for none of those here.
    return undefined;
  }

  end(terminal: Terminal): void {
    this.#memory.end(terminal);
    void this.write();
  }

  /** Writes what Redis does not have; settles when that is done, or Redis is away. */
  write(): Promise<void> {
    if (!this.#busy) {
      this.#busy = true;
      this.#writing = this.#writeAll();
    }
    return this.#writing;
  }

  /** Redis was away: it may have lost what it had. */
  writeAgain(): Promise<void> {
    this.#known = false;
    this.#finished = this.#ended;
    return this.write();
  }

  async #writeAll(): Promise<void> {
    try {
      while (!this.#finished) {
        const events = this.#memory.after(this.#written);
        const last = this.#written + events.length;
        const { terminal } = this.#memory;
        const finish = terminal && last === this.#memory.last ? writeTerminal(terminal) : '';
        if (events.length === 0 && finish === '' && this.#known) return;
        await this.#send(events, last, finish);
      }
    } catch (error) {
      if (!(error instanceof RedisAway)) throw error;
    } finally {
      // In the same moment as the last look at what there is to write: what comes later begins anew.
      this.#busy = false;
    }
  }

  async #send(events: readonly string[], last: number, finish: string): Promise<void> {
    const { id, owner, process, lifeMs, keepMs, onEnded } = this.#options;
    const packed = events.length > 0 ? pack(events) : '';
    const ms = finish === '' ? lifeMs : keepMs;
    const args = [process, owner, this.#written + 1, last, packed, finish, ms];
    const there = (await this.#redis.run(write, [keys.answer(id), keys.events(id)], args)) as number;
    this.#known = true;
    if (there < 0) {
      this.#finished = this.#ended = true;
      onEnded();
    } else {
      this.#written = there;
      this.#finished = finish !== '' && there === last;
    }
  }
}
