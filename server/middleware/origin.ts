/** Lets in the web pages that may use this proxy, and tells their browsers so (CORS). */

import type { MiddlewareHandler } from 'hono';
import { cors } from 'hono/cors';
import { ApiError } from '../errors.ts';
import { MODEL_HEADER, REQUEST_ID_HEADER, STREAM_HEADER } from '../protocol.ts';

const LOCAL_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]']);
const PREFLIGHT_SECONDS = 600;

/**
 * @param allowed exact origins, such as `https://example.com`; without any, the proxy's own origin and localhost
 */
export function origin(allowed: readonly string[] | undefined): MiddlewareHandler {
  // A refusal must be readable for the page: the widget then says what is wrong, in place of "no network". Nothing
  // but the refusal is ever sent to it, and no cookies are, so that any origin may be named here.
  const sendHeaders = cors({
    origin: origin => origin,
    allowMethods: ['GET', 'POST', 'DELETE'],
    exposeHeaders: [STREAM_HEADER, MODEL_HEADER, REQUEST_ID_HEADER, 'Retry-After'],
    maxAge: PREFLIGHT_SECONDS,
  });
  return (c, next) =>
    sendHeaders(c, async () => {
      const from = c.req.header('Origin');
      // Not a browser, or a page's own GET: an origin keeps other sites out, never other programs.
      if (from !== undefined) {
        const ok = allowed ? allowed.includes(from) : isOwnOrLocal(from, c.req.header('Host'));
        if (!ok) throw new ApiError('origin_not_allowed', { reason: from.slice(0, 200) });
      }
      await next();
    });
}

function isOwnOrLocal(origin: string, host: string | undefined): boolean {
  if (!URL.canParse(origin)) return false;
  const url = new URL(origin);
  return url.origin === origin && (url.host === host || LOCAL_HOSTS.has(url.hostname));
}
