/** An answer as those see it who read or end it, whoever makes it: this process or, with Redis, another one. */

import type { ApiError } from '../errors.ts';
import type { EventLog } from './event-log.ts';

export interface Answer {
  readonly id: string;
  /** The id of the model that answers; null while that is not known, and of the answers of other processes. */
  readonly model: string | null;
  /** For readers that have come. */
  readonly log: EventLog;
  /**
   * A reader comes; the returned function says that it is gone.
   * @param letGo tells the reader to go, and to resume from wherever the answer can be read then; none: it cannot
   */
  join(letGo?: () => void): () => void;
  /**
   * Ends the answer now; what has arrived stays in the log. After the end, it does nothing.
   * @throws ApiError when the answer is made by another process that does not end it; it may go on
   */
  end(error: ApiError): void | Promise<void>;
  /** Whether there may be readers who have seen event `n`. */
  reaches(n: number): boolean;
}
