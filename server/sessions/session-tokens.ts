/**
 * The tokens of sessions: JSON Web Tokens that say who a visitor is, and for which site. This proxy makes them for visitors
 * that nobody knows, and the site's own backend for those that are logged in to it.
 */

import { errors, type JWTPayload, type JWTVerifyOptions, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import type { VisitorLimits } from '../clients/client.ts';
import type { Secret } from '../config/secret.ts';
import { ApiError } from '../errors.ts';

export interface Visitor {
  id: string;
  /** The origin of the site that the token is for. */
  origin: string;
  limits: VisitorLimits;
}

/** Who a token is made for. */
export interface Visit {
  visitor: string;
  /** When it began, in seconds of Unix time: tokens that renew each other have the same. */
  begunAt: number;
}

const ALGORITHM = 'HS256';
const AUDIENCE = 'rivulet-chat';
/** Who makes tokens here. What a backend makes has another issuer or none, and only the backend renews it. */
const ISSUER = 'rivulet-chat';
/** No token is accepted longer after it was made, whatever it says itself. */
const MAX_AGE_SECONDS = 3_600;
/** By so much the clocks of a backend and this machine may differ. */
const CLOCK_SECONDS = 30;
/** A token can be renewed for so long after its end, so that a device that slept finds its answers. */
const RENEWAL_SECONDS = 3_600;
/** Then a visitor is a new one, and is checked again. */
const MAX_VISIT_SECONDS = 86_400;

const verification: JWTVerifyOptions = {
  algorithms: [ALGORITHM],
  audience: AUDIENCE,
  requiredClaims: ['exp', 'iat'],
  maxTokenAge: MAX_AGE_SECONDS,
  clockTolerance: CLOCK_SECONDS,
};

const limit = z.int().min(1).optional();
const claimsSchema = z.object({
  sub: z.string().min(1).max(200),
  origin: z.string(),
  limits: z.strictObject({ streams: limit, requestsPerMinute: limit, tokensPerDay: limit }).optional(),
});

export class SessionTokens {
  readonly #keys: ReadonlyArray<Promise<CryptoKey>>;
  readonly #ttlSeconds: number;

  /** @param secrets the first signs; what any of them has signed is accepted */
  constructor(secrets: readonly Secret[], ttlSeconds: number) {
    this.#keys = secrets.map(secret => importKey(secret.reveal()));
    this.#ttlSeconds = ttlSeconds;
  }

  /** @throws ApiError `unauthorized`, in words for whoever makes the tokens */
  async read(token: string): Promise<Visitor> {
    const claims = await this.#verify(token, verification).catch(thrown => {
      throw refusal(thrown);
    });
    const result = claimsSchema.safeParse(claims);
    if (!result.success) {
      const { path, message } = result.error.issues[0]!;
      throw invalid(`${path.join('.')}: ${message}`);
    }
    const { sub, origin, limits = {} } = result.data;
    return { id: sub, origin, limits };
  }

  /** Makes a token for a page of this origin. */
  async issue({ visitor, begunAt }: Visit, origin: string): Promise<string> {
    const now = unixTime();
    return new SignJWT({ origin, auth_time: begunAt })
      .setProtectedHeader({ alg: ALGORITHM, typ: 'JWT' })
      .setIssuer(ISSUER)
      .setAudience(AUDIENCE)
      .setSubject(visitor)
      .setJti(crypto.randomUUID())
      .setIssuedAt(now)
      .setExpirationTime(now + this.#ttlSeconds)
      .sign(await this.#keys[0]!);
  }

  /** The visit that a token of this proxy's for the same site goes on with; null where a new one has to begin. */
  async visitOf(token: string, origin: string): Promise<Visit | null> {
    const clockTolerance = RENEWAL_SECONDS;
    const claims = await this.#verify(token, { ...verification, issuer: ISSUER, clockTolerance }).catch(
      () => null,
    );
    if (!claims?.sub || claims.origin !== origin || typeof claims.auth_time !== 'number') return null;
    if (claims.auth_time + MAX_VISIT_SECONDS < unixTime()) return null;
    return { visitor: claims.sub, begunAt: claims.auth_time };
  }

  async #verify(token: string, options: JWTVerifyOptions): Promise<JWTPayload> {
    for (const key of this.#keys) {
      try {
        return (await jwtVerify(token, await key, options)).payload;
      } catch (error) {
        if (!(error instanceof errors.JWSSignatureVerificationFailed)) throw error;
      }
    }
    throw new errors.JWSSignatureVerificationFailed();
  }
}

/** A visit of someone who was never here. */
export function newVisit(): Visit {
  return { visitor: crypto.randomUUID(), begunAt: unixTime() };
}

function importKey(secret: string): Promise<CryptoKey> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  return crypto.subtle.importKey('raw', new TextEncoder().encode(secret), algorithm, false, [
    'sign',
    'verify',
  ]);
}

function refusal(thrown: unknown): ApiError {
  if (thrown instanceof errors.JWTExpired) {
    return new ApiError('unauthorized', { message: 'The session has expired. Ask for a new one.' });
  }
  if (thrown instanceof errors.JWTClaimValidationFailed) return invalid(`${thrown.claim}: is not accepted`);
  // What it is instead is nothing to tell whoever has made it.
  if (thrown instanceof errors.JOSEError) return invalid(undefined, thrown.message);
  throw thrown;
}

function invalid(claim?: string, reason?: string): ApiError {
  const message = `The session's token is not valid here${claim ? `: its claim ${claim}` : ''}.`;
  return new ApiError('unauthorized', { message, reason });
}

function unixTime(): number {
  return Math.floor(Date.now() / 1_000);
}
