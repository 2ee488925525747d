/** The token of a request's `Authorization` header, as RFC 6750, 2.1 has it. Other schemes are other parties' business. */

import type { Context } from 'hono';

export function bearerToken(c: Context): string | null {
  return /^Bearer +(\S+) *$/i.exec(c.req.header('Authorization') ?? '')?.[1] ?? null;
}
