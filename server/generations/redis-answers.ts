/**
 * The answers of all processes that share a Redis. Each process shows by a key that runs out that it lives; one whose key
 * has run out is dead, and its answers are ended by whoever reads them.
 */

import { ApiError } from '../errors.ts';
import { keys, type Redis, RedisAway, type Script } from '../redis/redis.ts';
import { StreamReader } from '../redis/stream-reader.ts';
import type { Answer } from './answer.ts';
import { type Claim, requireSame } from './claims.ts';
import type { Generation } from './generation.ts';
import { RedisEventLog } from './redis-event-log.ts';
import { type Message, postMessage, readMessage, type Received } from './redis-messages.ts';
import { type Copy, endLost, RemoteAnswers } from './remote-answers.ts';
import type { SharedAnswers } from './shared-answers.ts';
import { writeTerminal } from './terminal-text.ts';

/** A process is dead that has not been heard of for so long; with the time between two beats, its readers know in 16 s. */
const LIFE_MS = 12_000;
const BEAT_MS = 4_000;
/** What closing waits for the last writes. */
const CLOSE_MS = 2_000;

/** Takes a claim and makes its answer known, or returns the id and the digest of the one that has it. */
const claimAnswer: Script = {
  lua: `
local held = redis.call('GET', KEYS[1])
if held then return held end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[4])
redis.call('HSET', KEYS[2], 'process', ARGV[2], 'owner', ARGV[3], 'last', 0, 'claim', KEYS[1])
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

export interface RedisAnswersOptions {
  /** The longest that an answer can take, and how long it is kept afterwards; in milliseconds. */
  answerMs: number;
  keepMs: number;
}

interface Own {
  log: RedisEventLog;
  generation: Generation | null;
}

export class RedisAnswers implements SharedAnswers {
  readonly #redis: Redis;
  readonly #options: RedisAnswersOptions;
  readonly #process = crypto.randomUUID();
  readonly #own = new Map<string, Own>();
  readonly #remote: RemoteAnswers;
  /** Readers of own answers on other processes: how each leaves, and when it was last heard of. */
  readonly #readersElsewhere = new Map<string, { leave: () => void; heardAt: number }>();
  readonly #beat: ReturnType<typeof setInterval>;
  /** Since when Redis has been there, or been away. */
  #since = performance.now();
  #wasUp = false;

  constructor(redis: Redis, options: RedisAnswersOptions) {
    this.#redis = redis;
    this.#options = options;
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
    const { answerMs, keepMs } = this.#options;
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
    if (!/^[\w-]{1,64}$/.test(id)) return null;
    const reply = await this.#reachable(
      this.#redis.send(['HMGET', keys.answer(id), 'owner', 'process', 'last', 'end']),
    );
    const [itsOwner, process, last, end] = reply as Array<string | null>;
    if (itsOwner !== owner || !process) return null;
    if (!end) await this.#endIfDead(id, process);
    return this.#remote.answer({ id, process, last: Number(last), ended: Boolean(end) });
  }

  async claim(claim: Claim, id: string): Promise<Answer | null> {
    const { answerMs, keepMs } = this.#options;
    const args = [`${id} ${claim.digest}`, this.#process, claim.owner, answerMs + keepMs];
    try {
      const key = keys.claim(claim.owner, claim.key);
      const held = await this.#redis.run(claimAnswer, [key, keys.answer(id)], args);
      if (typeof held !== 'string') return null;
      const [heldBy = '', digest = ''] = held.split(' ');
      requireSame(claim, digest);
      return await this.find(heldBy, claim.owner);
    } catch (error) {
      // Without Redis a question is known to its own process alone.
      if (error instanceof RedisAway) return null;
      throw error;
    }
  }

  async free(claim: Claim, id: string, refusal?: ApiError): Promise<void> {
    const text = `${id} ${claim.digest}`;
    const free = this.#redis.run(freeClaim, [keys.claim(claim.owner, claim.key)], [text]);
    await Promise.all([this.#quietly(free), refusal && this.#quietly(this.#end(id, refusal))]);
  }

  forget(id: string): void {
    this.#own.delete(id);
    void this.#quietly(this.#redis.send(['DEL', keys.answer(id), keys.events(id)]));
  }

  async close(): Promise<void> {
    clearInterval(this.#beat);
    for (const copy of this.#remote.copies) letGo(copy);
    const written = Promise.all([...this.#own.values()].map(({ log }) => log.write()));
    await Promise.race([written, new Promise(resolve => setTimeout(resolve, CLOSE_MS))]);
    await this.#quietly(this.#redis.send(['DEL', keys.life(this.#process), keys.inbox(this.#process)]));
  }

  /** Says that this process lives, and looks which of the others do. */
  #beatOnce(): void {
    const { up } = this.#redis;
    if (up !== this.#wasUp) [this.#wasUp, this.#since] = [up, performance.now()];
    const settled = performance.now() - this.#since >= LIFE_MS;
    if (up)
      void this.#quietly(this.#redis.send(['SET', keys.life(this.#process), '1', 'PX', String(LIFE_MS)]));
    for (const [id, { log, generation }] of this.#own) {
      if (log.finished && generation?.log.terminal) this.#own.delete(id);
      // What Redis refused is tried again.
      else void log.write();
    }
    for (const copy of this.#remote.copies) {
      if (up) void this.#quietly(this.#renewReader(copy));
      // They may find the answer where it is made.
      else if (settled) letGo(copy);
    }
    // Silence says nothing of the others as long as they, or this process, may just have got Redis back.
    if (up && settled) this.#dropSilentReaders();
  }

  async #renewReader(copy: Copy): Promise<void> {
    const { id, process } = copy.found;
    if (copy.log.terminal) return;
    if (await postMessage(this.#redis, process, { from: this.#process, message: { type: 'join', id } }))
      return;
    if (!(await this.#endIfDead(id, process))) endLost(copy);
  }

  /** Returns false for a dead process's answer that Redis knows nothing of. */
  async #endIfDead(id: string, process: string): Promise<boolean> {
    if (performance.now() - this.#since < LIFE_MS) return true;
    const alive = await this.#reachable(this.#redis.send(['EXISTS', keys.life(process)]));
    return alive === 1 || (await this.#end(id, new ApiError('interrupted')));
  }

  async #end(id: string, error: ApiError): Promise<boolean> {
    const finish = writeTerminal({ done: false, error });
    const args = [finish, this.#options.keepMs];
    return (await this.#redis.run(endAnswer, [keys.answer(id), keys.events(id)], args)) === 1;
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
    await this.#quietly(postMessage(this.#redis, process, { from: this.#process, message }));
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

  /** For what Redis is told, or asked, again later, or what ends by itself. */
  async #quietly(reply: Promise<unknown>): Promise<void> {
    try {
      await reply;
    } catch (error) {
      if (!(error instanceof RedisAway || error instanceof ApiError)) throw error;
    }
  }
}

/** Tells the readers to go; those that cannot resume are told that the answer has ended. */
function letGo(copy: Copy): void {
  for (const letGo of [...copy.readers]) letGo();
  if (copy.readers.size > 0) endLost(copy);
}
