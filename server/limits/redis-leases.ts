/**
 * Leases in Redis: the limits hold for all processes together. Each place is a member of sorted sets, one of each
 * holder and one of all, scored by the time at which it ends. While Redis is away, each process keeps the limits for itself.
 */

import { quietly } from '../redis/quietly.ts';
import { keys, type Redis, type Script } from '../redis/redis.ts';
import { type Holder, LEASE_MS, type Lease, type LeaseResult, type Leases } from './leases.ts';

/**
 * Every script begins by ending what nobody has renewed, by the clock of Redis, which all processes share. Its keys are
 * the offers of the first holder, the set of all places and the set of each holder; the limits come in the same order.
 */
const BEGIN = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local offers, all, mine = KEYS[1], KEYS[2], KEYS[3]
local id, ms = ARGV[1], tonumber(ARGV[2])
for set = 2, #KEYS do redis.call('ZREMRANGEBYSCORE', KEYS[set], '-inf', now) end
local function isFull(set) return redis.call('ZCARD', KEYS[set]) >= tonumber(ARGV[set + 1]) end
local function full()
  for set = #KEYS, 2, -1 do
    if isFull(set) then return set > 2 and 'holder' or 'all' end
  end
end
local function hold()
  for set = 2, #KEYS do redis.call('ZADD', KEYS[set], now + ms, id) end
  for _, key in ipairs(KEYS) do redis.call('PEXPIRE', key, ms) end
end
local function drop(other)
  for set = 2, #KEYS do redis.call('ZREM', KEYS[set], other) end
end
`;

/** An offered place is of use where all that is full gets one: the answer may be of another address than this one. */
const acquire: Script = {
  lua: `${BEGIN}
local function makesRoom(other)
  for set = 2, #KEYS do
    if isFull(set) and not redis.call('ZSCORE', KEYS[set], other) then return false end
  end
  return redis.call('SREM', offers, other) == 1
end
local why = full()
local taken = ''
if why then
  for _, other in ipairs(redis.call('ZRANGE', mine, 0, -1)) do
    if makesRoom(other) then taken = other break end
  end
  if taken == '' then return {0, why} end
  drop(taken)
end
hold()
return {1, taken}`,
};

/** A place that Redis has lost with its memory is taken again where there is room. */
const renew: Script = { lua: `${BEGIN} if redis.call('ZSCORE', mine, id) or not full() then hold() end` };

/** Only a place that is held can be offered. */
const offer: Script = {
  lua: `${BEGIN}
if redis.call('ZSCORE', mine, id) then
  redis.call('SADD', offers, id)
  redis.call('PEXPIRE', offers, ms)
end`,
};

const takeBack: Script = { lua: `redis.call('SREM', KEYS[1], ARGV[1])` };

const release: Script = {
  lua: `${BEGIN}
drop(id)
redis.call('SREM', offers, id)`,
};

export class RedisLeases implements Leases {
  readonly #redis: Redis;
  readonly #limits: { readonly streamsTotal: number };
  readonly #meanwhile: Leases;
  #held = 0;

  /**
   * @param limits how many places there are in all; looked at each time
   * @param meanwhile the leases while Redis is away
   */
  constructor(redis: Redis, limits: { readonly streamsTotal: number }, meanwhile: Leases) {
    this.#redis = redis;
    this.#limits = limits;
    this.#meanwhile = meanwhile;
  }

  get held(): number {
    return this.#held + this.#meanwhile.held;
  }

  async acquire(holders: readonly [Holder, ...Holder[]], id: string): Promise<LeaseResult> {
    const sets = [keys.offersOf(holders[0].name), keys.leases];
    for (const { name } of holders) sets.push(keys.leasesOf(name));
    const args = [id, LEASE_MS, this.#limits.streamsTotal, ...holders.map(({ streams }) => streams)];
    const reply = await quietly(this.#redis.run(acquire, sets, args));
    if (reply === undefined) return this.#meanwhile.acquire(holders, id);
    const [granted, text] = reply as [number, string];
    if (!granted) return { granted: false, full: text as 'holder' | 'all' };

    this.#held++;
    let released = false;
    const tell = (script: Script) => quietly(this.#redis.run(script, sets, args));
    /** A script that Redis does not know yet is sent a second time, and by then the lease may be released. */
    const tellWhileHeld = async (script: Script) => {
      if (released) return;
      await tell(script);
      if (released) await tell(release);
    };
    const lease: Lease = {
      renew: () => tellWhileHeld(renew),
      offer: offered => tellWhileHeld(offered ? offer : takeBack),
      release: async () => {
        if (!released) this.#held--;
        released = true;
        await tell(release);
      },
    };
    return { granted: true, lease, takenFrom: text || null };
  }
}
