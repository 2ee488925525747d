/**
 * Answers by the key that a client gives its question, so that a question sent again, after a connection broke for
 * example, gets the answer that is in the making and not a second one to pay for.
 */

import { ApiError } from '../errors.ts';
import { IDEMPOTENCY_HEADER } from '../protocol.ts';

export interface Claim {
  /** Whose key it is. */
  owner: string;
  key: string;
  /** Says of two questions whether they are the same. */
  digest: string;
}

export class Claims<Answer> {
  readonly #held = new Map<string, { digest: string; answer: Promise<Answer> }>();

  /** The answer that the claim has already, or the one that `start` brings; when that fails, the claim is free again. */
  async take(claim: Claim, start: () => Promise<Answer>): Promise<Answer> {
    const name = nameOf(claim);
    const held = this.#held.get(name);
    if (held) {
      requireSame(claim, held.digest);
      return held.answer;
    }
    const answer = start();
    this.#held.set(name, { digest: claim.digest, answer });
    answer.catch(() => this.free(claim));
    return answer;
  }

  free(claim: Claim): void {
    this.#held.delete(nameOf(claim));
  }
}

/** @throws ApiError when the key was given to another question */
export function requireSame(claim: Claim, digest: string): void {
  if (claim.digest === digest) return;
  throw new ApiError('invalid_request', {
    message: `The ${IDEMPOTENCY_HEADER} was used for another request. Give each request a key of its own.`,
    param: IDEMPOTENCY_HEADER,
  });
}

function nameOf({ owner, key }: Claim): string {
  return JSON.stringify([owner, key]);
}
