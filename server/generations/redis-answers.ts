/**
 * The answers of all processes that share a Redis: those that this process makes, as the others read and end them, and the
 * way to those of the others.
 */

import { ApiError } from '../errors.ts';
import { quietly } from '../redis/quietly.ts';
import { type Redis, RedisAway } from '../redis/redis.ts';
import { StreamReader } from '../redis/stream-reader.ts';
import type { Answer } from './answer.ts';
import { type Claim, requireSame } from './claims.ts';
import type { Generation } from './generation.ts';
import { ReadersElsewhere } from './readers-elsewhere.ts';
import { RedisDirectory, type RedisTimes } from './redis-directory.ts';
import { RedisEventLog } from './redis-event-log.ts';
import { LIFE_MS, RedisLives } from './redis-lives.ts';
import { postFrom, readMessage, type Received } from './redis-messages.ts';
import { RemoteAnswers } from './remote-answers.ts';
import type { SharedAnswers } from './shared-answers.ts';

/** What closing waits for the last writes. */
const CLOSE_MS = 2_000;

interface Own {
  log: RedisEventLog;
  claim: Claim | null;
  generation: Generation | null;
}

export class RedisAnswers implements SharedAnswers {
  readonly #redis: Redis;
  readonly #times: RedisTimes;
  readonly #lives: RedisLives;
  readonly #directory: RedisDirectory;
  /** As long as they are kept: a Redis that has lost them gets them again. */
  readonly #own = new Map<string, Own>();
  readonly #readersElsewhere = new ReadersElsewhere();
  readonly #remote: RemoteAnswers;

  constructor(redis: Redis, times: RedisTimes) {
    this.#redis = redis;
    this.#times = times;
    const lives = (this.#lives = new RedisLives(redis, {
      beat: () => this.#beat(),
      doubt: () => this.#writeAgain(),
    }));
    const directory = (this.#directory = new RedisDirectory(redis, times, lives));
    const reader = new StreamReader(redis, lives.process, text => this.#hear(readMessage(text)));
    this.#remote = new RemoteAnswers({ reader, directory, lives, post: postFrom(lives.process, redis) });
  }

  get up(): boolean {
    return this.#redis.up;
  }

  createLog(id: string, owner: string, claim: Claim | null): RedisEventLog {
    const { answerMs, keepMs } = this.#times;
    const log = new RedisEventLog(this.#redis, {
      ...{ id, owner, process: this.#lives.process, lifeMs: answerMs + keepMs, keepMs },
      isDoubted: () => this.#lives.doubted,
      onEnded: () => this.#own.get(id)?.generation?.end(new ApiError('interrupted')),
    });
    this.#own.set(id, { log, claim, generation: null });
    return log;
  }

  started(generation: Generation): void {
    const own = this.#own.get(generation.id);
    if (own) own.generation = generation;
  }

  async find(id: string, owner: string): Promise<Answer | null> {
    const found = await reachable(this.#directory.find(id, owner));
    if (!found) return null;
    if (!found.ended) await reachable(this.#directory.endIfDead(id, found.process));
    return this.#remote.answer(found);
  }

  async claim(claim: Claim, id: string): Promise<Answer | null> {
    await this.#lives.othersReturned;
    // Without Redis a question is known to its own process alone.
    const held = await quietly(this.#directory.claim(claim, id, this.#lives.process));
    if (!held) return null;
    requireSame(claim, held.digest);
    return this.find(held.id, claim.owner);
  }

  async free(claim: Claim, id: string, refusal?: ApiError): Promise<void> {
    const own = this.#own.get(id);
    if (own) own.claim = null;
    await quietly(this.#directory.free(claim, id));
    if (refusal) await quietly(this.#directory.end(id, refusal));
  }

  forget(id: string): void {
    this.#own.delete(id);
    void quietly(this.#directory.forget(id));
  }

  async close(): Promise<void> {
    this.#remote.letReadersGo();
    const written = Promise.all([...this.#own.values()].map(({ log }) => log.write()));
    let giveUp: ReturnType<typeof setTimeout> | undefined;
    const tooLate = new Promise(resolve => {
      giveUp = setTimeout(resolve, CLOSE_MS);
    });
    await Promise.race([written, tooLate]);
    clearTimeout(giveUp);
    await this.#lives.close();
  }

  #beat(): void {
    // What Redis refused is tried again.
    for (const { log } of this.#own.values()) void log.write();
    const { settled } = this.#lives;
    if (this.up) this.#remote.renew();
    // They may find the answer where it is made.
    else if (settled) this.#remote.letReadersGo();
    // Silence says nothing of the others as long as they, or this process, may just have got Redis back.
    if (this.up && settled) this.#readersElsewhere.dropSilent(LIFE_MS);
  }

  async #writeAgain(): Promise<void> {
    const written = [...this.#own].map(([id, { log, claim }]) => {
      if (claim) void quietly(this.#directory.claim(claim, id, this.#lives.process));
      return log.writeAgain();
    });
    await Promise.all(written);
  }

  #hear({ from, message }: Received): void {
    const generation = this.#own.get(message.id)?.generation;
    if (!generation) return;
    switch (message.type) {
      case 'join':
      case 'stall':
        return this.#readersElsewhere.join(generation, from, message.type === 'stall');
      case 'leave':
        return this.#readersElsewhere.leave(generation, from);
      case 'end':
        return generation.end(new ApiError(message.code));
      default:
        message satisfies never;
    }
  }
}

/** @throws ApiError when Redis is away */
async function reachable<Reply>(reply: Promise<Reply>): Promise<Reply> {
  try {
    return await reply;
  } catch (error) {
    if (!(error instanceof RedisAway)) throw error;
    throw new ApiError('overloaded', { message: 'The answer cannot be reached at the moment.' });
  }
}
