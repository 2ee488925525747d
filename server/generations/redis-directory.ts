/** What Redis knows of each answer: whose it is, which process makes it, whether it has ended, and the claim that it has. */

import { ApiError } from '../errors.ts';
import { keys, type Redis, RedisAway, type Script } from '../redis/redis.ts';
import type { Claim } from './claims.ts';
import type { RedisLives } from './redis-lives.ts';
import type { Found } from './remote-answers.ts';
import { writeTerminal } from './terminal-text.ts';

/**
 * Takes a claim and makes its answer known, which Redis may know of already where it has only lost the claim; or returns
 * the id and the digest of the answer that has it.
 */
const claimAnswer: Script = {
  lua: `
local held = redis.call('GET', KEYS[1])
if held then return held end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[4])
redis.call('HSET', KEYS[2], 'process', ARGV[2], 'owner', ARGV[3], 'claim', KEYS[1])
redis.call('HSETNX', KEYS[2], 'last', 0)
redis.call('PEXPIRE', KEYS[2], ARGV[4])`,
};

const freeClaim: Script = {
  lua: `if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end`,
};

/** Ends an answer whose process does not do so itself. Returns whether there is such an answer. */
const endAnswer: Script = {
  lua: `
local there = redis.call('HMGET', KEYS[1], 'last', 'end', 'claim')
if not there[1] then return 0 end
if there[2] then return 1 end
redis.call('HSET', KEYS[1], 'end', ARGV[1])
redis.call('XADD', KEYS[2], there[1] .. '-1', 'end', ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
redis.call('PEXPIRE', KEYS[2], ARGV[2])
if there[3] then redis.call('PEXPIRE', there[3], ARGV[2]) end
return 1`,
};

export interface RedisTimes {
  /** The longest that an answer can take, and how long it is kept afterwards; in milliseconds. */
  answerMs: number;
  keepMs: number;
}

export class RedisDirectory {
  readonly #redis: Redis;
  readonly #times: RedisTimes;
  readonly #lives: RedisLives;

  constructor(redis: Redis, times: RedisTimes, lives: RedisLives) {
    this.#redis = redis;
    this.#times = times;
    this.#lives = lives;
  }

  /** @throws RedisAway also where Redis may have lost the answer, and will have it again */
  async find(id: string, owner: string): Promise<Found | null> {
    if (!/^[\w-]{1,64}$/.test(id)) return null;
    const command = ['HMGET', keys.answer(id), 'owner', 'process', 'last', 'end'];
    const [itsOwner, process, last, end] = (await this.#redis.send(command)) as Array<string | null>;
    if (itsOwner !== owner || !process) {
      if (this.#lives.returning) throw new RedisAway();
      return null;
    }
    return { id, process, last: Number(last), ended: Boolean(end) };
  }

  async has(id: string): Promise<boolean> {
    return (await this.#redis.send(['EXISTS', keys.answer(id)])) === 1;
  }

  /** Whether the answer has ended, or is no longer kept; RedisAway is thrown as by `find`. */
  async hasEnded(id: string): Promise<boolean> {
    if ((await this.#redis.send(['HEXISTS', keys.answer(id), 'end'])) === 1) return true;
    const gone = !(await this.has(id));
    if (gone && this.#lives.returning) throw new RedisAway();
    return gone;
  }

  /** Ends the answer of a dead process as interrupted; returns false for one that Redis knows nothing of. */
  async endIfDead(id: string, process: string): Promise<boolean> {
    return (await this.#lives.isDead(process)) ? this.end(id, new ApiError('interrupted')) : true;
  }

  /** Takes the claim for the answer `id` of this process; returns the one that has it already, if there is one. */
  async claim(claim: Claim, id: string, process: string): Promise<{ id: string; digest: string } | null> {
    const { answerMs, keepMs } = this.#times;
    const args = [textOf(claim, id), process, claim.owner, answerMs + keepMs];
    const held = await this.#redis.run(claimAnswer, [keyOf(claim), keys.answer(id)], args);
    if (typeof held !== 'string') return null;
    const [itsId = '', digest = ''] = held.split(' ');
    return { id: itsId, digest };
  }

  async free(claim: Claim, id: string): Promise<void> {
    await this.#redis.run(freeClaim, [keyOf(claim)], [textOf(claim, id)]);
  }

  /** Ends an answer in place of its process; returns whether there is such an answer. */
  async end(id: string, error: ApiError): Promise<boolean> {
    const args = [writeTerminal({ done: false, error }), this.#times.keepMs];
    return (await this.#redis.run(endAnswer, [keys.answer(id), keys.events(id)], args)) === 1;
  }

  async forget(id: string): Promise<void> {
    await this.#redis.send(['DEL', keys.answer(id), keys.events(id)]);
  }
}

function keyOf({ owner, key }: Claim): string {
  return keys.claim(owner, key);
}

function textOf({ digest }: Claim, id: string): string {
  return `${id} ${digest}`;
}
