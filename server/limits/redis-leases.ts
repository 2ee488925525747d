/**
 * Leases in Redis: the limits hold for all processes together. Each place is a member of two sorted sets, of its client
 * and of all, scored by the time at which it ends. While Redis is away, each process keeps the limits for itself.
 */

import { quietly } from '../redis/quietly.ts';
import { keys, type Redis, type Script } from '../redis/redis.ts';
import { LEASE_MS, type Lease, type LeaseLimits, type LeaseResult, type Leases } from './leases.ts';

/** Every script begins by ending what nobody has renewed, by the clock of Redis, which all processes share. */
const BEGIN = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local all, mine, offers = KEYS[1], KEYS[2], KEYS[3]
local id, perClient, total, ms = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
redis.call('ZREMRANGEBYSCORE', all, '-inf', now)
redis.call('ZREMRANGEBYSCORE', mine, '-inf', now)
local function full()
  if redis.call('ZCARD', mine) >= perClient then return 'client' end
  if redis.call('ZCARD', all) >= total then return 'all' end
end
local function hold()
  redis.call('ZADD', all, now + ms, id)
  redis.call('ZADD', mine, now + ms, id)
  for _, key in ipairs({all, mine, offers}) do redis.call('PEXPIRE', key, ms) end
end
`;

const acquire: Script = {
  lua: `${BEGIN}
local why = full()
local taken = ''
if why then
  for _, other in ipairs(redis.call('ZRANGE', mine, 0, -1)) do
    if redis.call('SREM', offers, other) == 1 then taken = other break end
  end
  if taken == '' then return {0, why} end
  redis.call('ZREM', all, taken)
  redis.call('ZREM', mine, taken)
end
hold()
return {1, taken}`,
};

/** A place that Redis has lost with its memory is taken again where there is room. */
const renew: Script = { lua: `${BEGIN} if redis.call('ZSCORE', all, id) or not full() then hold() end` };

/** Only a place that is held can be offered. */
const offer: Script = {
  lua: `${BEGIN}
if ARGV[5] == '' then return redis.call('SREM', offers, id) end
if redis.call('ZSCORE', mine, id) then
  redis.call('SADD', offers, id)
  redis.call('PEXPIRE', offers, ms)
end`,
};

const release: Script = {
  lua: `${BEGIN}
redis.call('ZREM', all, id)
redis.call('ZREM', mine, id)
redis.call('SREM', offers, id)`,
};

export class RedisLeases implements Leases {
  readonly #redis: Redis;
  readonly #limits: LeaseLimits;
  readonly #meanwhile: Leases;

  /** @param meanwhile the leases while Redis is away */
  constructor(redis: Redis, limits: LeaseLimits, meanwhile: Leases) {
    this.#redis = redis;
    this.#limits = limits;
    this.#meanwhile = meanwhile;
  }

  async acquire(client: string, id: string): Promise<LeaseResult> {
    const sets = [keys.leases, keys.leasesOf(client), keys.offersOf(client)];
    const args = [id, this.#limits.streamsPerClient, this.#limits.streamsTotal, LEASE_MS];
    const reply = await quietly(this.#redis.run(acquire, sets, args));
    if (reply === undefined) return this.#meanwhile.acquire(client, id);
    const [granted, text] = reply as [number, string];
    if (!granted) return { granted: false, full: text as 'client' | 'all' };

    let released = false;
    const tell = (script: Script, more: readonly string[] = []) =>
      quietly(this.#redis.run(script, sets, [...args, ...more]));
    /** A script that Redis does not know yet is sent a second time, and by then the lease may be released. */
    const tellWhileHeld = async (script: Script, more?: readonly string[]) => {
      if (released) return;
      await tell(script, more);
      if (released) await tell(release);
    };
    const lease: Lease = {
      renew: () => tellWhileHeld(renew),
      offer: offered => tellWhileHeld(offer, [offered ? 'yes' : '']),
      release: async () => {
        released = true;
        await tell(release);
      },
    };
    return { granted: true, lease, takenFrom: text || null };
  }
}
