/**
 * The answers of all processes that share a Redis. Each process shows by a key that runs out that it lives; one whose key
 * has run out is dead, and its answers are ended by whoever reads them.
 */

import { ApiError } from '../errors.ts';
import { keys, type Redis, RedisAway } from '../redis/redis.ts';
import { StreamReader } from '../redis/stream-reader.ts';
import type { Answer } from './answer.ts';
import { type Claim, requireSame } from './claims.ts';
import type { Generation } from './generation.ts';
import { RedisDirectory, type RedisTimes } from './redis-directory.ts';
import { RedisEventLog } from './redis-event-log.ts';
import { type Message, postMessage, readMessage, type Received } from './redis-messages.ts';
import { type Copy, endLost, type Found, RemoteAnswers } from './remote-answers.ts';
import type { SharedAnswers } from './shared-answers.ts';

/** A process is dead that has not been heard of for so long; with the time between two beats, its readers know in 16 s. */
const LIFE_MS = 12_000;
const BEAT_MS = 4_000;
/** What closing waits for the last writes. */
const CLOSE_MS = 2_000;

interface Own {
  log: RedisEventLog;
  generation: Generation | null;
}

export class RedisAnswers implements SharedAnswers {
  readonly #redis: Redis;
  readonly #directory: RedisDirectory;
  readonly #times: RedisTimes;
  readonly #process = crypto.randomUUID();
  readonly #own = new Map<string, Own>();
  readonly #remote: RemoteAnswers;
  /** Readers of own answers on other processes: how each leaves, and when it was last heard of. */
  readonly #readersElsewhere = new Map<string, { leave: () => void; heardAt: number }>();
  readonly #beat: ReturnType<typeof setInterval>;
  /** Since when Redis has been there, or been away. */
  #since = performance.now();
  #wasUp = false;

  constructor(redis: Redis, times: RedisTimes) {
    this.#redis = redis;
    this.#directory = new RedisDirectory(redis, times);
    this.#times = times;
    const reader = new StreamReader(redis, this.#process, text => this.#hear(readMessage(text)));
    this.#remote = new RemoteAnswers(reader, (process, message) => void this.#tell(process, message));
    redis.onUp(() => {
      [this.#wasUp, this.#since] = [true, performance.now()];
      this.#beatOnce();
      for (const { log } of this.#own.values()) void log.writeAgain();
    });
    this.#beat = setInterval(() => this.#beatOnce(), BEAT_MS);
    (this.#beat as { unref?(): void }).unref?.();
    if (redis.up) this.#beatOnce();
  }

  get up(): boolean {
    return this.#redis.up;
  }

  createLog(id: string, owner: string): RedisEventLog {
    const { answerMs, keepMs } = this.#times;
    const log = new RedisEventLog(this.#redis, {
      ...{ id, owner, process: this.#process, lifeMs: answerMs + keepMs, keepMs },
      onEnded: () => this.#own.get(id)?.generation?.end(new ApiError('interrupted')),
    });
    this.#own.set(id, { log, generation: null });
    return log;
  }

  started(generation: Generation): void {
    const own = this.#own.get(generation.id);
    if (own) own.generation = generation;
  }

  async find(id: string, owner: string): Promise<Answer | null> {
    const found = await this.#reachable(this.#directory.find(id, owner));
    if (!found) return null;
    if (!found.ended) await this.#reachable(this.#endIfDead(found));
    return this.#remote.answer(found);
  }

  async claim(claim: Claim, id: string): Promise<Answer | null> {
    try {
      const held = await this.#directory.claim(claim, id, this.#process);
      if (!held) return null;
      requireSame(claim, held.digest);
      return await this.find(held.id, claim.owner);
    } catch (error) {
      // Without Redis a question is known to its own process alone.
      if (error instanceof RedisAway) return null;
      throw error;
    }
  }

  async free(claim: Claim, id: string, refusal?: ApiError): Promise<void> {
    await quietly(this.#directory.free(claim, id));
    if (refusal) await quietly(this.#directory.end(id, refusal));
  }

  forget(id: string): void {
    this.#own.delete(id);
    void quietly(this.#directory.forget(id));
  }

  async close(): Promise<void> {
    clearInterval(this.#beat);
    for (const copy of this.#remote.copies) letGo(copy);
    const written = Promise.all([...this.#own.values()].map(({ log }) => log.write()));
    await Promise.race([written, new Promise(resolve => setTimeout(resolve, CLOSE_MS))]);
    await quietly(this.#redis.send(['DEL', keys.life(this.#process), keys.inbox(this.#process)]));
  }

  /** Whether Redis has been there, or away, for so long that silence says something. */
  get #settled(): boolean {
    return performance.now() - this.#since >= LIFE_MS;
  }

  /** Says that this process lives, and looks which of the others do. */
  #beatOnce(): void {
    const { up } = this.#redis;
    if (up !== this.#wasUp) [this.#wasUp, this.#since] = [up, performance.now()];
    if (up) void quietly(this.#redis.send(['SET', keys.life(this.#process), '1', 'PX', String(LIFE_MS)]));
    for (const [id, { log, generation }] of this.#own) {
      if (log.finished && generation?.log.terminal) this.#own.delete(id);
      // What Redis refused is tried again.
      else void log.write();
    }
    for (const copy of this.#remote.copies) {
      if (up) void quietly(this.#renewReader(copy));
      // They may find the answer where it is made.
      else if (this.#settled) letGo(copy);
    }
    // Silence says nothing of the others as long as they, or this process, may just have got Redis back.
    if (up && this.#settled) this.#dropSilentReaders();
  }

  async #renewReader(copy: Copy): Promise<void> {
    const { id, process } = copy.found;
    if (copy.log.terminal) return;
    const join: Received = { from: this.#process, message: { type: 'join', id } };
    if (!(await postMessage(this.#redis, process, join))) {
      if (!(await this.#endIfDead(copy.found))) endLost(copy);
    } else if (this.#settled && (await this.#redis.send(['EXISTS', keys.answer(id)])) === 0) {
      // Its time was over just as it was found, and nothing will come.
      letGo(copy);
    }
  }

  /** Returns false for a dead process's answer that Redis knows nothing of. */
  async #endIfDead({ id, process }: Found): Promise<boolean> {
    // Others may have got Redis back later than this process.
    if (!this.#settled) return true;
    if ((await this.#redis.send(['EXISTS', keys.life(process)])) === 1) return true;
    return this.#directory.end(id, new ApiError('interrupted'));
  }

  #dropSilentReaders(): void {
    const silentSince = performance.now() - LIFE_MS;
    for (const [name, { leave, heardAt }] of this.#readersElsewhere) {
      if (heardAt > silentSince) continue;
      this.#readersElsewhere.delete(name);
      leave();
    }
  }

  #hear({ from, message }: Received): void {
    const generation = this.#own.get(message.id)?.generation;
    if (!generation) return;
    const name = `${message.id} ${from}`;
    const reader = this.#readersElsewhere.get(name);
    switch (message.type) {
      case 'join':
        this.#readersElsewhere.set(name, {
          leave: reader?.leave ?? generation.join(),
          heardAt: performance.now(),
        });
        return;
      case 'leave':
        this.#readersElsewhere.delete(name);
        return reader?.leave();
      case 'end':
        return generation.end(new ApiError(message.code));
      default:
        message satisfies never;
    }
  }

  async #tell(process: string, message: Message): Promise<void> {
    await quietly(postMessage(this.#redis, process, { from: this.#process, message }));
  }

  /** @throws ApiError when Redis is away */
  async #reachable<Reply>(reply: Promise<Reply>): Promise<Reply> {
    try {
      return await reply;
    } catch (error) {
      if (!(error instanceof RedisAway)) throw error;
      throw new ApiError('overloaded', { message: 'The answer cannot be reached at the moment.' });
    }
  }
}

/** For what Redis is told again later, or what ends by itself. */
async function quietly(reply: Promise<unknown>): Promise<void> {
  try {
    await reply;
  } catch (error) {
    if (!(error instanceof RedisAway)) throw error;
  }
}

/** Tells the readers to go; those that cannot resume are told that the answer has ended. */
function letGo(copy: Copy): void {
  for (const letGo of [...copy.readers]) letGo();
  if (copy.readers.size > 0) endLost(copy);
}
