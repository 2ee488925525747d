/**
 * Which of the processes that share a Redis live: each shows it by a key that runs out, and one whose key has run out is
 * dead. That says nothing as long as Redis has not been there for long enough that all of them had the time to write to it.
 */

import { keys, type Redis } from '../redis/redis.ts';
import { quietly } from '../redis/quietly.ts';

/** A process is dead that has not been heard of for so long; with the time between two beats, its readers know in 16 s. */
export const LIFE_MS = 12_000;
const BEAT_MS = 4_000;
/** What processes take to find a Redis that is back, and to write again what it may have lost. */
const RETURN_MS = 5_000;

export class RedisLives {
  /** The name of this process. */
  readonly process = crypto.randomUUID();
  readonly #redis: Redis;
  readonly #beat: ReturnType<typeof setInterval>;
  /** Since when Redis has been there, or been away. */
  #since = performance.now();
  #wasUp = false;
  /** When it came back; never, where it has only come. */
  #backAt = Number.NEGATIVE_INFINITY;
  #everUp = false;

  /** @param onBeat is called every few seconds, and when Redis is there after it was not */
  constructor(redis: Redis, onBeat: () => void) {
    this.#redis = redis;
    const beat = () => {
      this.#show();
      onBeat();
    };
    redis.onUp(() => {
      if (this.#everUp) this.#backAt = performance.now();
      this.#wasUp = false;
      beat();
    });
    this.#beat = setInterval(beat, BEAT_MS);
    (this.#beat as { unref?(): void }).unref?.();
    if (redis.up) this.#show();
  }

  /** Whether Redis has been there, or away, for so long that silence says something. */
  get settled(): boolean {
    return performance.now() - this.#since >= LIFE_MS;
  }

  /** Whether it has just come back, and may lack what it will have again. */
  get returning(): boolean {
    return performance.now() - this.#backAt < RETURN_MS;
  }

  /** @throws RedisAway */
  async isDead(process: string): Promise<boolean> {
    // Others may have got Redis back later than this process.
    return this.settled && (await this.#redis.send(['EXISTS', keys.life(process)])) === 0;
  }

  async close(): Promise<void> {
    clearInterval(this.#beat);
    await quietly(this.#redis.send(['DEL', keys.life(this.process), keys.inbox(this.process)]));
  }

  #show(): void {
    const { up } = this.#redis;
    if (up !== this.#wasUp) [this.#wasUp, this.#since] = [up, performance.now()];
    if (!up) return;
    this.#everUp = true;
    void quietly(this.#redis.send(['SET', keys.life(this.process), '1', 'PX', String(LIFE_MS)]));
  }
}
