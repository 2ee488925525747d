/** Takes a session's token in place of the address, and refuses requests that have none where one is needed. */

import type { MiddlewareHandler } from 'hono';
import type { AppEnv } from '../app-env.ts';
import { ApiError } from '../errors.ts';
import { bearerToken } from '../sessions/bearer-token.ts';
import type { SessionTokens } from '../sessions/session-tokens.ts';

const MISSING =
  'This chat needs a session: POST /v1/session gives a token, which goes with each request as Authorization: Bearer.';
const OTHER_SITE = "The session's token is not valid here: its claim origin: names another website.";

/** A token that is sent has to be valid, also where none is needed: who loses a session has to hear of it. */
export function session(tokens: SessionTokens, required: boolean): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const token = bearerToken(c);
    if (token !== null) {
      const client = c.get('client');
      const { id, origin, limits } = await tokens.read(token);
      // A page's own GET has no origin; neither has what is no browser, and that could send any.
      if (client.origin !== null && client.origin !== origin) {
        throw new ApiError('unauthorized', { message: OTHER_SITE });
      }
      c.set('client', { ...client, visitor: id, origin, limits });
    } else if (required) throw new ApiError('unauthorized', { message: MISSING });
    await next();
  };
}
