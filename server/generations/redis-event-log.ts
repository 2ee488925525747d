/**
 * An event log that other processes can read. The process that writes it has it in memory, where its own readers read;
 * Redis has a copy, written behind: what has come while one write was on its way leaves with the next.
 *
 * Every write says which process makes the answer and where it goes on. Redis refuses one that comes after an end, so
 * that a process that was taken for dead adds nothing; and one that does not go on where its copy ends tells where that
 * is, so that a copy that was lost is written again. While it is in doubt whether there was such an end, the readers here see
 * nothing new either: an answer ends alike for all of them.
 */

import { ApiError } from '../errors.ts';
import { keys, type Redis, RedisAway, type Script } from '../redis/redis.ts';
import type { Terminal, WritableEventLog } from './event-log.ts';
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
  /** Whether others may have taken this process for dead, and have ended the answer. */
  isDoubted: () => boolean;
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
if there[1] ~= process then return -1 end
if there[3] then return there[3] == finish and there[2] == last and tonumber(last) or -1 end
if there[2] + 1 ~= tonumber(first) then return tonumber(there[2]) end
if packed ~= '' then
  redis.call('XADD', events, last .. '-0', 'first', first, 'events', packed)
  redis.call('HSET', answer, 'last', last)
end
if finish ~= '' then
  redis.call('XADD', events, last .. '-1', 'end', finish)
  redis.call('HSET', answer, 'end', finish)
end
if first == '1' or finish ~= '' then
  redis.call('PEXPIRE', answer, ms)
  redis.call('PEXPIRE', events, ms)
  if there[4] then redis.call('PEXPIRE', there[4], ms) end
end
return tonumber(last)`,
};

export class RedisEventLog implements WritableEventLog {
  readonly #redis: Redis;
  readonly #options: LogOptions;
  readonly #memory = new MemoryEventLog();
  /** Events that Redis has, and whether it has the end. */
  #written = 0;
  #finished = false;
  /** How often Redis was to be asked what it has, and which of these times it has said so. */
  #asked = 1;
  #answered = 0;
  /** Another process has ended the answer. */
  #ended = false;
  #busy = false;
  #writing = Promise.resolve();
  /** What has come while it is in doubt whether anything can. */
  readonly #held: Array<() => void> = [];

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

  subscribe(wake: () => void): () => void {
    return this.#memory.subscribe(wake);
  }

  append(data: readonly string[]): void {
    this.#change(() => this.#memory.append(data));
  }

  end(terminal: Terminal): void {
    this.#change(() => this.#memory.end(terminal));
  }

  /** Writes what Redis does not have; settles when that is done, or Redis is away. */
  write(): Promise<void> {
    if (!this.#busy) {
      this.#busy = true;
      this.#writing = this.#writeAll();
    }
    return this.#writing;
  }

  /** The same where Redis may have lost what it had, or have an end of another process. */
  writeAgain(): Promise<void> {
    this.#asked++;
    return this.write();
  }

  #change(make: () => void): void {
    if (this.#held.length > 0) this.#held.push(make);
    else if (this.#options.isDoubted()) void this.#hold(make);
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

  async #writeAll(): Promise<void> {
    try {
      while (!this.#ended && (this.#answered < this.#asked || !this.#isWritten)) await this.#send();
    } catch (error) {
      if (!(error instanceof RedisAway)) throw error;
    } finally {
      // In the same moment as the last look at what there is to write: what comes later begins anew.
      this.#busy = false;
    }
  }

  get #isWritten(): boolean {
    return this.#memory.terminal ? this.#finished : this.#written === this.#memory.last;
  }

  async #send(): Promise<void> {
    const { id, owner, process, lifeMs, keepMs } = this.#options;
    const asked = this.#asked;
    const events = this.#memory.after(this.#written);
    const last = this.#written + events.length;
    const { terminal } = this.#memory;
    const finish = terminal && last === this.#memory.last ? writeTerminal(terminal) : '';
    const packed = events.length > 0 ? pack(events) : '';
    const ms = finish === '' ? lifeMs : keepMs;
    const args = [process, owner, this.#written + 1, last, packed, finish, ms];
    const there = (await this.#redis.run(write, [keys.answer(id), keys.events(id)], args)) as number;
    if (there < 0) return this.#endedElsewhere();
    this.#answered = asked;
    this.#written = there;
    this.#finished = finish !== '' && there === last;
  }

  #endedElsewhere(): void {
    this.#ended = true;
    this.#memory.end({ done: false, error: new ApiError('interrupted') });
    this.#options.onEnded();
  }
}
