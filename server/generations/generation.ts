/**
 * An answer in the making. It owns the upstream request, the event log that it writes and the lease that it holds, and
 * lets go of all of them in one place. Responses are readers of the log: they come, go, and own nothing.
 */

import { ApiError, asApiError } from '../errors.ts';
import { LEASE_RENEWAL_MS, type Lease } from '../limits/leases.ts';
import type { CompletionChunk, Usage } from '../protocol.ts';
import type { CompletionEvent } from '../upstream/upstream.ts';
import type { EventLog, WritableEventLog } from './event-log.ts';

/** How an answer went, for the log and the figures. */
export interface Outcome {
  /** Milliseconds from the request to the first token; null where none came. */
  ttftMs: number | null;
  durationMs: number;
  /** As the upstream counted; null where it did not. */
  usage: Usage | null;
  /** Null when the answer is complete. */
  error: ApiError | null;
}

export interface GenerationParts {
  id: string;
  log: WritableEventLog;
  lease: Lease;
  /** Asks the upstream; the controller ends it. */
  answer: (abort: AbortController) => AsyncIterable<CompletionEvent[]>;
}

/** An answer longer than this, as the text of its events, is ended: nothing a model should write comes near it. */
const MAX_ANSWER_CHARACTERS = 8_000_000;

export class Generation {
  readonly id: string;
  readonly log: EventLog;
  /** Settles when the generation has ended and let go of everything. Never rejects. */
  readonly ended: Promise<Outcome>;
  readonly #log: WritableEventLog;
  readonly #abort = new AbortController();
  readonly #startedAt = performance.now();
  #readers = 0;
  #size = 0;
  #ttftMs: number | null = null;
  #usage: Usage | null = null;

  /** Starts at once. */
  constructor(parts: GenerationParts) {
    this.id = parts.id;
    this.log = this.#log = parts.log;
    this.ended = this.#run(parts);
  }

  /** A reader comes; the returned function says that it is gone. When the last one goes, the answer is abandoned. */
  join(): () => void {
    this.#readers++;
    let here = true;
    return () => {
      if (!here) return;
      here = false;
      if (--this.#readers === 0) this.end(new ApiError('abandoned'));
    };
  }

  /** Ends the answer now; what has arrived stays in the log. After the end, it does nothing. */
  end(error: ApiError): void {
    if (!this.log.terminal) this.#abort.abort(error);
  }

  async #run({ lease, answer }: GenerationParts): Promise<Outcome> {
    const renewal = setInterval(() => void lease.renew(), LEASE_RENEWAL_MS);
    let error: ApiError | null = null;
    try {
      for await (const events of answer(this.#abort)) this.#append(events);
    } catch (thrown) {
      error = asApiError(thrown);
      // Whatever failed, nothing is to be read from the upstream any more.
      this.#abort.abort(error);
    } finally {
      clearInterval(renewal);
      // The place is free before anyone hears of the end, so that whoever asks next has it.
      await lease.release();
      this.#log.end(error ? { done: false, error } : { done: true });
    }
    return {
      ttftMs: this.#ttftMs,
      durationMs: performance.now() - this.#startedAt,
      usage: this.#usage,
      error,
    };
  }

  #append(events: CompletionEvent[]): void {
    const data: string[] = [];
    for (const event of events) {
      data.push(event.data);
      this.#size += event.data.length;
      if (this.#ttftMs === null && hasToken(event.chunk)) {
        this.#ttftMs = performance.now() - this.#startedAt;
      }
      if (event.chunk.usage) this.#usage = event.chunk.usage;
    }
    this.#log.append(data);
    if (this.#size > MAX_ANSWER_CHARACTERS)
      throw new ApiError('length_exceeded', { reason: 'endless answer' });
  }
}

/** Thinking counts: it is the first thing that the visitor can see. */
function hasToken({ choices }: CompletionChunk): boolean {
  const delta = choices?.[0]?.delta;
  return Boolean(delta?.content || delta?.reasoning_content || delta?.reasoning);
}
