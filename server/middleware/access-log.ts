/** One structured line for every request, written when its response has ended. */

import type { MiddlewareHandler } from 'hono';
import type { AppEnv } from '../app-env.ts';
import type { Log } from '../telemetry/log.ts';
import type { Pseudonyms } from '../telemetry/pseudonyms.ts';

/**
 * @param pseudonyms names the clients
 * @param redact makes the texts of upstreams fit for the log
 * @param verbose whether the reason of an error is shown
 */
export function accessLog(
  log: Log,
  pseudonyms: Pseudonyms,
  redact: (text: string) => string,
  verbose: boolean,
): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const startedAt = performance.now();
    const record = {};
    c.set('record', record);
    await next();

    const write = async () => {
      const { reason, failed, ttftMs, operator, ...rest } = c.get('record');
      const client = c.get('client');
      const fields = {
        requestId: c.get('requestId'),
        ...(client && (await pseudonyms(client))),
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
      else if (operator && c.res.status < 400) log.debug(fields, 'request');
      else log.info(fields, 'request');
    };
    void (c.get('responseEnded') ?? Promise.resolve()).then(write);
  };
}
