/**
 * The copy of an event log in Redis, written behind: what has come while one write was on its way leaves with the next.
 *
 * Every write says which process makes the answer and where it goes on. Redis refuses one that comes after an end, so
 * that a process that was taken for dead adds nothing; and one that does not go on where its copy ends tells where that
 * is, so that a copy that was lost is written again.
 */

import { keys, type Redis, RedisAway, type Script } from '../redis/redis.ts';
import type { EventLog } from './event-log.ts';
import { pack } from './pack.ts';
import { writeTerminal } from './terminal-text.ts';

export interface CopyOptions {
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

export class RedisCopy {
  readonly #redis: Redis;
  readonly #log: EventLog;
  readonly #options: CopyOptions;
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

  constructor(redis: Redis, log: EventLog, options: CopyOptions) {
    this.#redis = redis;
    this.#log = log;
    this.#options = options;
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
    return this.#log.terminal ? this.#finished : this.#written === this.#log.last;
  }

  async #send(): Promise<void> {
    const { id, owner, process, lifeMs, keepMs, onEnded } = this.#options;
    const asked = this.#asked;
    const events = this.#log.after(this.#written);
    const last = this.#written + events.length;
    const { terminal } = this.#log;
    const finish = terminal && last === this.#log.last ? writeTerminal(terminal) : '';
    const packed = events.length > 0 ? pack(events) : '';
    const ms = finish === '' ? lifeMs : keepMs;
    const args = [process, owner, this.#written + 1, last, packed, finish, ms];
    const there = (await this.#redis.run(write, [keys.answer(id), keys.events(id)], args)) as number;
    if (there < 0) {
      this.#ended = true;
      return onEnded();
    }
    this.#answered = asked;
    this.#written = there;
    this.#finished = finish !== '' && there === last;
  }
}
