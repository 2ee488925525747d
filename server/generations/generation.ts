/**
 * An answer in the making. It owns the upstream request, the event log that it writes and the lease that it holds, and
 * lets go of all of them in one place. Responses are readers of the log: they come, go, and own nothing. When the last one
 * has gone, the answer waits for the next for a while, and is then abandoned.
 */

import { ApiError, asApiError } from '../errors.ts';
import { LEASE_RENEWAL_MS, type Lease } from '../limits/leases.ts';
import type { AnswerFigures, Usage } from '../protocol.ts';
import { type Arrived, type Hear, usageOf } from '../upstream/answer-reader.ts';
import type { Attempts, FailedAttempt } from '../upstream/attempts.ts';
import type { Answer } from './answer.ts';
import type { EventLog, WritableEventLog } from './event-log.ts';

/** How an answer went, for the log and the figures. */
export interface Outcome {
  /** Milliseconds from the request to the first token; null where none came. */
  ttftMs: number | null;
  durationMs: number;
  /** The id of the model that answered; null where none did. */
  model: string | null;
  /** What failed before its first token, and what that has cost. */
  failed: readonly FailedAttempt[];
  /** As the upstream that answered counted; null where it did not. */
  usage: Usage | null;
  /** Null when the answer is complete. */
  error: ApiError | null;
}

export interface GenerationParts {
  id: string;
  log: WritableEventLog;
  lease: Lease;
  /** How long the answer goes on when nobody reads it, in milliseconds; at 0, it ends with its last reader. */
  graceMs: number;
  /**
   * Asks upstreams until one answers, and resolves when the answer is complete. The signal ends it at any time; `hear`
   * takes the events as they arrive, and throws when there are too many.
   */
  answer: (signal: AbortSignal, attempts: Attempts, hear: Hear) => Promise<void>;
  /** What readers are told of how it went; they are told nothing where it is absent. */
  figures?: (outcome: Outcome) => AnswerFigures;
}

/**
 * What a log may hold in memory. Older events are packed, so that this is room for an answer of some ten thousand
 * tokens with all that upstreams send around each; what still goes beyond it has no end, and is ended.
 */
const MAX_LOG_BYTES = 1_000_000;

export class Generation implements Answer {
  readonly id: string;
  readonly log: EventLog;
  /** Settles when the generation has ended and let go of everything. Never rejects. */
  readonly ended: Promise<Outcome>;
  readonly #log: WritableEventLog;
  readonly #lease: Lease;
  readonly #graceMs: number;
  readonly #abort = new AbortController();
  readonly #startedAt = performance.now();
  /** Each reader, as the way to tell it to go. */
  readonly #readers = new Set<() => void>();
  #grace: ReturnType<typeof setTimeout> | undefined;
  readonly #attempts: Attempts = { failed: [], answeredBy: null };
  #ttftMs: number | null = null;
  /** The latest event with a count. */
  #usage: string | null = null;

  /** Starts at once. */
  constructor(parts: GenerationParts) {
    this.id = parts.id;
    this.log = this.#log = parts.log;
    this.#lease = parts.lease;
    this.#graceMs = parts.graceMs;
    this.ended = this.#run(parts);
  }

  get model(): string | null {
    return this.#attempts.answeredBy;
  }

  join(letGo: () => void = () => {}): () => void {
    // A function of its own for each reader, also where two of them are let go by the same.
    const reader = () => letGo();
    this.#readers.add(reader);
    if (this.#grace !== undefined) this.#endGrace();
    return () => {
      if (this.#readers.delete(reader) && this.#readers.size === 0) this.#beginGrace();
    };
  }

  end(error: ApiError): void {
    if (!this.log.terminal) this.#abort.abort(error);
  }

  reaches(n: number): boolean {
    return n <= this.log.last;
  }

  /** Tells all readers that can resume to do so elsewhere. */
  letReadersGo(): void {
    for (const letGo of [...this.#readers]) letGo();
  }

  #beginGrace(): void {
    if (this.log.terminal) return;
    if (this.#graceMs === 0) return this.end(new ApiError('abandoned'));
    void this.#lease.offer(true);
    this.#grace = setTimeout(() => this.end(new ApiError('abandoned')), this.#graceMs);
  }

  #endGrace(): void {
    clearTimeout(this.#grace);
    this.#grace = undefined;
    void this.#lease.offer(false);
  }

  async #run({ lease, answer, figures }: GenerationParts): Promise<Outcome> {
    const renewal = setInterval(() => void lease.renew(), LEASE_RENEWAL_MS);
    let error: ApiError | null = null;
    try {
      await answer(this.#abort.signal, this.#attempts, arrived => this.#append(arrived));
    } catch (thrown) {
      error = asApiError(thrown);
    } finally {
      clearInterval(renewal);
      clearTimeout(this.#grace);
      // The place is free before anyone hears of the end, so that whoever asks next has it.
      await lease.release();
    }
    const outcome = this.#outcome(error);
    const told = figures && { figures: figures(outcome) };
    this.#log.end(error ? { done: false, error, ...told } : { done: true, ...told });
    return outcome;
  }

  #outcome(error: ApiError | null): Outcome {
    return {
      ttftMs: this.#ttftMs,
      durationMs: performance.now() - this.#startedAt,
      model: this.model,
      failed: this.#attempts.failed,
      usage: this.#usage === null ? null : usageOf(this.#usage),
      error,
    };
  }

  #append({ data, hasToken, usage }: Arrived): Promise<void> | undefined {
    if (hasToken) this.#ttftMs ??= performance.now() - this.#startedAt;
    this.#usage = usage;
    // An answer that its client may come back to goes on without readers; but those who are there and take nothing are
    // waited for.
    const wait = this.#log.append(data);
    if (this.#log.size > MAX_LOG_BYTES) {
      throw new ApiError('length_exceeded', { message: 'The answer is too long for this chat.' });
    }
    return wait;
  }
}
