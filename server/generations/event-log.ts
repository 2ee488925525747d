/** The numbered events of one answer: written by the generation that makes it, read by any number of responses. */

import type { ApiError } from '../errors.ts';
import type { AnswerFigures } from '../protocol.ts';

/** How an answer ended: the upstream completed it, or an error (being stopped is one too). */
export type End = { done: true } | { done: false; error: ApiError };

/** With what its readers are told of how it went, where that is known. */
export type Terminal = End & { figures?: AnswerFigures };

/** A reader that has not taken what it was given returns a promise of when it has. */
export type Wake = () => Promise<void> | undefined | void;

/** What a reader sees of an answer. Event n is the n-th, counted from 1. */
export interface EventLog {
  /** The number of the latest event; 0 before the first. */
  readonly last: number;
  /** Null while the answer is in the making. */
  readonly terminal: Terminal | null;
  /**
   * The data of the events after number `n`, oldest first, one character a byte (latin1.ts): of many only the first ones,
   * and the next call gives more. So nobody has to hold a whole answer for a reader that is slow.
   */
  after(n: number): readonly string[];
  /** Calls `wake` after every change, until the returned function is called. Readers keep a number, never a queue. */
  subscribe(wake: Wake): () => void;
}

/** What the generation sees of it. */
export interface WritableEventLog extends EventLog {
  /** Bytes that the log holds in memory. */
  readonly size: number;
  /**
   * Adds events that arrived together, each the one line of its data, one character a byte (latin1.ts). Where no reader can
   * take more, it returns a promise of when one can.
   */
  append(data: readonly string[]): Promise<void> | undefined;
  /** Ends the log. The first end holds; nothing can be added after it. */
  end(terminal: Terminal): void;
}
