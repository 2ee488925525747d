/** What the processes of one proxy know of each other's answers. Without it, each knows its own. */

import type { ApiError } from '../errors.ts';
import type { Answer } from './answer.ts';
import type { Claim } from './claims.ts';
import type { WritableEventLog } from './event-log.ts';
import type { Generation } from './generation.ts';

export interface SharedAnswers {
  /** Whether others can read the answers of this process now. */
  readonly up: boolean;
  /** The log of a new answer of this process. */
  createLog(id: string, owner: string, claim: Claim | null): WritableEventLog;
  /** The answer is in the making here: others may read and end it. */
  started(generation: Generation): void;
  /** An answer of another process. */
  find(id: string, owner: string): Promise<Answer | null>;
  /** Takes the claim for the answer `id` of this process; returns the answer that has it already, if there is one. */
  claim(claim: Claim, id: string): Promise<Answer | null>;
  /** Gives the claim back; with a refusal, also to those who have found its answer before it began. */
  free(claim: Claim, id: string, refusal?: ApiError): Promise<void>;
  /** Keeps a finished answer no longer. */
  forget(id: string): void;
  /** Writes what is left to write, and lets the readers here go. */
  close(): Promise<void>;
}
