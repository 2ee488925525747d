/** `POST /v1/session`: a token for a visitor of a site, or another one for the same visitor. */

import type { Context } from 'hono';
import { z } from 'zod';
import type { AppEnv } from '../app-env.ts';
import type { Config } from '../config/config.ts';
import { ApiError } from '../errors.ts';
import type { Budgets } from '../limits/budgets.ts';
import { addressCharges, type UseLimits } from '../limits/charges.ts';
import { useRefusal } from '../limits/use-refusal.ts';
import type { SessionToken } from '../protocol.ts';
import { bearerToken } from '../sessions/bearer-token.ts';
import { newVisit, type SessionTokens, type Visit } from '../sessions/session-tokens.ts';
import type { Newcomer, VisitorCheck } from '../sessions/visitor-check.ts';
import { parseBody } from './parse-body.ts';

export interface SessionParts {
  /** Count what sessions each address begins or renews. */
  budgets: Budgets;
  /** Has to be passed before a session begins; not before it is renewed. */
  checkVisitor?: VisitorCheck | undefined;
}

const MAX_BODY_BYTES = 20_000;
const bodySchema = z.object({ proof: z.string().optional() });

const NO_SITE = 'A session is for a page of a website, and this request does not say which.';
const MEMBERS_ONLY =
  'This chat is for visitors who are logged in to the website: it gives them their session.';
const NOT_PASSED = 'The check of the visitor was not passed. Try again.';
const NOT_CHECKED = 'The visitor cannot be checked at the moment. Try again soon.';

export function giveSession(
  { ttlSeconds, anonymous, checkMs }: Config['session'],
  limits: UseLimits,
  tokens: SessionTokens,
  { budgets, checkVisitor }: SessionParts,
) {
  return async (c: Context<AppEnv>): Promise<Response> => {
    const { address, origin } = c.get('client');
    if (origin === null) throw new ApiError('origin_not_allowed', { message: NO_SITE });
    const counted = await budgets.reserve(addressCharges('sessionsPerMinute', address, limits));
    if (!counted.granted) throw useRefusal(counted);
    if (!anonymous) throw new ApiError('unauthorized', { message: MEMBERS_ONLY });
    const before = bearerToken(c);
    const visit = (before !== null && (await tokens.visitOf(before, origin))) || (await begin(c, origin));
    const session: SessionToken = { token: await tokens.issue(visit, origin), expires_in: ttlSeconds };
    return c.json(session, 200, { 'Cache-Control': 'no-store' });
  };

  async function begin(c: Context<AppEnv>, origin: string): Promise<Visit> {
    if (checkVisitor) {
      const { proof = null } = c.req.header('Content-Type')
        ? await parseBody(c, bodySchema, MAX_BODY_BYTES)
        : {};
      const passed = await check(checkVisitor, { proof, origin, address: c.get('client').address });
      if (!passed) throw new ApiError('unauthorized', { message: NOT_PASSED });
    }
    return newVisit();
  }

  async function check(passes: VisitorCheck, newcomer: Newcomer): Promise<boolean> {
    try {
      return await passes(newcomer, AbortSignal.timeout(checkMs));
    } catch (error) {
      throw new ApiError('overloaded', { message: NOT_CHECKED, reason: `visitor check: ${String(error)}` });
    }
  }
}
