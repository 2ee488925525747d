/**
 * Which of the processes that share a Redis live: each shows it by a key that runs out, and one whose key has run out is
 * dead. That says nothing as long as Redis has not been there for long enough that all of them had the time to write to it.
 */

import { keys, type Redis } from '../redis/redis.ts';
import { quietly } from '../redis/quietly.ts';

/** A process is dead that has not been heard of for so long; with the time between two beats, its readers know in 16 s. */
export const LIFE_MS = 12_000;
const BEAT_MS = 4_000;
/** After a longer time without a beat this process stood still, and has heard of nobody meanwhile. */
const STOOD_STILL_MS = 2 * BEAT_MS;
/** What processes take to find a Redis that is back, and to write again what it may have lost: nearly always, and at most. */
const USUAL_RETURN_MS = 2_000;
const RETURN_MS = 5_000;

export interface LivesListener {
  /** Every few seconds, and when Redis is there after it was not. */
  beat(): void;
  /**
   * Redis may have lost what it had, or have what others wrote of a dead process: one of the two was away for a while.
   * Settles when it is known again what it has.
   */
  doubt(): Promise<unknown>;
}

export class RedisLives {
  /** The name of this process. */
  readonly process = crypto.randomUUID();
  readonly #redis: Redis;
  readonly #listener: LivesListener;
  readonly #timer: ReturnType<typeof setInterval>;
  #beatAt = performance.now();
  /** When it last sent a sign of life after which others can end nothing here. */
  #shownAt = this.#beatAt;
  /** Since when Redis has been there, or been away, and this process has not stood still. */
  #since = this.#beatAt;
  #wasUp = false;
  /** When it came back; never, where it has only come. */
  #backAt = Number.NEGATIVE_INFINITY;
  #everUp = false;
  #othersReturned: Promise<void> = Promise.resolve();

  constructor(redis: Redis, listener: LivesListener) {
    this.#redis = redis;
    this.#listener = listener;
    redis.onUp(() => {
      const isBack = this.#everUp;
      if (isBack) this.#backAt = performance.now();
      this.#wasUp = false;
      const known = this.#beat();
      void listener.doubt();
      if (isBack) this.#othersReturned = known.then(known => (known ? undefined : pause(USUAL_RETURN_MS)));
    });
    this.#timer = setInterval(() => void this.#beat(), BEAT_MS);
    (this.#timer as { unref?(): void }).unref?.();
    if (redis.up) void this.#show();
  }

  /** Whether Redis has been there, or away, for so long that silence says something. */
  get settled(): boolean {
    const now = performance.now();
    return now - this.#since >= LIFE_MS && now - this.#beatAt < STOOD_STILL_MS;
  }

  /** Whether the others may take this process for dead: it stood still, or Redis was away for long. */
  get doubted(): boolean {
    return this.#redis.up && performance.now() - this.#shownAt >= STOOD_STILL_MS;
  }

  /** Whether it has just come back, and may lack what it will have again. */
  get returning(): boolean {
    return performance.now() - this.#backAt < RETURN_MS;
  }

  /** Settles at once, but when Redis has just lost its memory: when the others are likely to have written to it again. */
  get othersReturned(): Promise<void> {
    return this.#othersReturned;
  }

  /** @throws RedisAway */
  async isDead(process: string): Promise<boolean> {
    // Others may have got Redis back later than this process.
    return this.settled && (await this.#redis.send(['EXISTS', keys.life(process)])) === 0;
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await quietly(this.#redis.send(['DEL', keys.life(this.process), keys.inbox(this.process)]));
  }

  #beat(): Promise<boolean> {
    const known = this.#show();
    this.#listener.beat();
    return known;
  }

  /** Resolves to whether Redis knew of this process. */
  async #show(): Promise<boolean> {
    const { up } = this.#redis;
    const now = performance.now();
    if (up !== this.#wasUp || now - this.#beatAt >= STOOD_STILL_MS) [this.#wasUp, this.#since] = [up, now];
    this.#beatAt = now;
    if (!up) return true;
    this.#everUp = true;
    const life = keys.life(this.process);
    const known = quietly(this.#redis.send(['EXISTS', life]));
    const shown = quietly(this.#redis.send(['SET', life, '1', 'PX', String(LIFE_MS)]));
    const isKnown = (await known) !== 0;
    // Until then they may have ended something while they took this process for dead.
    if (!isKnown) await this.#listener.doubt();
    if ((await shown) !== undefined) this.#shownAt = now;
    return isKnown;
  }
}

function pause(ms: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, ms));
}
