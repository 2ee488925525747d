/** The key of the client's own that a request has, under which it may be sent again. */

import type { Context } from 'hono';
import { ApiError } from '../errors.ts';
import { IDEMPOTENCY_HEADER } from '../protocol.ts';

export const MAX_KEY_CHARACTERS = 255;

export function idempotencyKey(c: Context): string | undefined {
  const key = c.req.header(IDEMPOTENCY_HEADER) || undefined;
  if (key && key.length > MAX_KEY_CHARACTERS) {
    const message = `${IDEMPOTENCY_HEADER}: must have at most ${MAX_KEY_CHARACTERS} characters`;
    throw new ApiError('invalid_request', { message, param: IDEMPOTENCY_HEADER });
  }
  return key;
}
