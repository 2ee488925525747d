/** One structured line for every request, written when its response has ended. */

import type { MiddlewareHandler } from 'hono';
import type { AppEnv } from '../app-env.ts';
import type { Log } from '../telemetry/log.ts';

/**
 * @param redact makes the texts of upstreams fit for the log
 * @param verbose whether the reason of an error is shown
 */
export function accessLog(
  log: Log,
  redact: (text: string) => string,
  verbose: boolean,
): MiddlewareHandler<AppEnv> {
  const salt = crypto.randomUUID();
  return async (c, next) => {
    const startedAt = performance.now();
    const record = {};
    c.set('record', record);
    await next();

    const write = async () => {
      const { reason, failed, ttftMs, ...rest } = c.get('record');
      const client = c.get('client');
      const fields = {
        requestId: c.get('requestId'),
        ...(client === undefined ? {} : { client: await hash(salt + client) }),
        method: c.req.method,
        path: c.req.path,
        status: c.res.status,
        ...rest,
        ...(ttftMs === undefined ? {} : { ttftMs: Math.round(ttftMs) }),
        durationMs: Math.round(performance.now() - startedAt),
        ...(verbose && failed ? { failed: failed.map(redact) } : {}),
        ...(verbose && reason ? { reason: redact(reason) } : {}),
      };
      if (rest.error === 'internal_error') {
        // Nobody is to ask for the reason of a fault of our own.
        log.error({ ...fields, reason: redact(reason ?? '') }, 'request');
      } else if (c.res.status >= 500) log.warn(fields, 'request');
      else log.info(fields, 'request');
    };
    void (c.get('responseEnded') ?? Promise.resolve()).then(write);
  };
}

/** Tells clients apart without keeping their addresses; the salt is new at every start. */
async function hash(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest, 0, 6), byte => byte.toString(16).padStart(2, '0')).join('');
}
