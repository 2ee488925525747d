/**
 * Asks for an answer until one begins: the same model again, with another key, then the models that stand in for it. Only
 * before the first token, and within the time for that: what a visitor has seen is never taken back.
 */

import type { Model } from '../config/models.ts';
import type { ApiError } from '../errors.ts';
import type { Usage } from '../protocol.ts';
import { type Hear, usageOf } from './answer-reader.ts';
import { backoffMs } from './backoff.ts';
import type { Key, Keys } from './keys.ts';
import { pause } from './pause.ts';
import type { CompletionRequest } from './request.ts';
import { attemptAnswer, type UpstreamOptions } from './upstream.ts';
import { brokenAnswer, UpstreamFailure } from './upstream-errors.ts';

/** Some upstreams send an empty event now and then to keep the connection alive; this many are no sign of life. */
const MAX_HELD_BYTES = 1_000_000;

export interface AttemptOptions extends UpstreamOptions {
  keys: Keys;
  /** Times that one model is asked again. */
  retries: number;
}

/** How an answer came about, as it becomes known. */
export interface Attempts {
  /** Those that failed before their first token. */
  failed: FailedAttempt[];
  /** The id of the model that answers; null until its first token. */
  answeredBy: string | null;
}

export interface FailedAttempt {
  model: string;
  provider: string;
  durationMs: number;
  /** What the upstream has counted all the same. */
  usage: Usage | null;
  error: ApiError;
}

/** An answer of which the first token has come. It is an object, as a promise of a promise would wait for both. */
interface Begun {
  /** Settles when the answer is complete. */
  rest: Promise<void>;
}

/**
 * Resolves when the answer is complete.
 * @param models the one that was asked for and those that stand in for it
 * @param signal ends it, also after it has begun, with its reason
 * @param attempts is told how it goes
 * @param hear takes events that arrived together
 * @throws ApiError of the last attempt, or the signal's reason
 */
export function requestAnswer(
  models: readonly Model[],
  request: CompletionRequest,
  options: AttemptOptions,
  signal: AbortSignal,
  attempts: Attempts,
  hear: Hear,
): Promise<void> {
  // Nothing of the asking is held while the answer, which may take minutes, is read.
  return ask(models, request, options, signal, attempts, hear).then(({ rest }) => rest);
}

async function ask(
  models: readonly Model[],
  request: CompletionRequest,
  options: AttemptOptions,
  signal: AbortSignal,
  attempts: Attempts,
  hear: Hear,
): Promise<Begun> {
  const { firstTokenMs, totalMs } = options.timeouts;
  const startedAt = performance.now();
  const endsAt = startedAt + totalMs;
  const beginsBy = startedAt + Math.min(firstTokenMs, totalMs);
  for (const [index, model] of models.entries()) {
    const now = performance.now();
    const modelsLeft = models.length - index;
    // A model that hangs leaves time for the next: each has an even share of what there is.
    const times = { endsAt, beginsBy: now + (beginsBy - now) / modelsLeft };
    const asking = { model, isLast: modelsLeft === 1, request, options, times, signal, attempts, hear };
    try {
      return await askModel(asking);
    } catch (thrown) {
      if (asking.isLast || performance.now() >= beginsBy || !mayHelp(thrown)) throw thrown;
    }
  }
  throw new Error('no model was asked');
}

interface Asking {
  model: Model;
  isLast: boolean;
  request: CompletionRequest;
  options: AttemptOptions;
  /** Times of `performance.now()`. */
  times: { beginsBy: number; endsAt: number };
  signal: AbortSignal;
  attempts: Attempts;
  hear: Hear;
}

/** Whether another model may answer what this one could not. */
function mayHelp(thrown: unknown): boolean {
  return thrown instanceof UpstreamFailure && thrown.remedy !== 'nothing';
}

/** Asks one model until it begins to answer, or there is no use in asking it again. */
async function askModel(asking: Asking): Promise<Begun> {
  const { model, isLast, options, times, signal } = asking;
  const { apiKeys } = model.provider;
  const refused = new Set<Key>();
  let failure: UpstreamFailure | null = null;
  for (let failures = 0; ; ) {
    const key = options.keys.take(model.provider, refused, isLast && refused.size === 0);
    if (!key)
      throw failure ?? new UpstreamFailure('upstream_unauthorized', 'model', { reason: 'all keys rest' });
    try {
      return await tryOnce(asking, key);
    } catch (thrown) {
      if (!(thrown instanceof UpstreamFailure)) throw thrown;
      failure = thrown;
    }
    if (failure.remedy === 'key') {
      options.keys.refused(key);
      refused.add(key);
      continue;
    }
    failures += 1;
    if (failure.remedy !== 'again' || failures > options.retries) throw failure;
    // What one key has to wait for, the next may have at once.
    const wait = failures < apiKeys.length ? undefined : failure.retryAfterSeconds;
    // Where another model is there, nobody waits for one that is slow or says that it has too much to do.
    if (!isLast && (wait !== undefined || failure.code === 'upstream_timeout')) throw failure;
    const ms = backoffMs(failures, wait, times.beginsBy - performance.now());
    if (ms === null) throw failure;
    await pause(ms, signal);
  }
}

/** @throws what ends the attempt before its first token */
function tryOnce(asking: Asking, key: Key): Promise<Begun> {
  const { model, request, options, times, signal, attempts, hear } = asking;
  const startedAt = performance.now();
  const timeouts = {
    ...options.timeouts,
    firstTokenMs: times.beginsBy - startedAt,
    totalMs: times.endsAt - startedAt,
  };
  return new Promise((resolve, reject) => {
    // What comes before the first token, as the role, is as if it had never been if the attempt fails.
    let held: string[] = [];
    let heldBytes = 0;
    let usage: string | null = null;
    const begin = (hasToken: boolean) => {
      options.keys.worked(key);
      attempts.answeredBy = model.id;
      resolve({ rest });
      const wait = held.length > 0 ? hear({ data: held, hasToken, usage }) : undefined;
      held = [];
      return wait;
    };
    const take: Hear = arrived => {
      if (attempts.answeredBy !== null) return hear(arrived);
      held.push(...arrived.data);
      heldBytes = arrived.data.reduce((sum, data) => sum + data.length, heldBytes);
      usage = arrived.usage;
      if (arrived.hasToken) return begin(true);
      if (heldBytes > MAX_HELD_BYTES) throw brokenAnswer('sent very much and said nothing');
      return undefined;
    };
    const fail = (thrown: unknown) => {
      if (attempts.answeredBy !== null) return;
      if (!(thrown instanceof UpstreamFailure)) return reject(thrown);
      // Nobody has seen anything of it that could be interrupted.
      const error = thrown.code === 'interrupted' ? brokenAnswer(thrown.reason ?? '') : thrown;
      attempts.failed.push({
        model: model.id,
        provider: model.provider.name,
        durationMs: performance.now() - startedAt,
        usage: usage === null ? null : usageOf(usage),
        error,
      });
      reject(error);
    };
    const attempt = attemptAnswer(model, key.secret, request, { ...options, timeouts }, signal, take);
    const rest = attempt.then(() => {
      // An answer of nothing but its end.
      if (attempts.answeredBy === null) void begin(false);
    });
    rest.catch(fail);
  });
}
