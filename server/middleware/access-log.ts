/** One structured line for every request, written when its response has ended. */

import type { MiddlewareHandler } from 'hono';
import type { AppEnv, RequestRecord } from '../app-env.ts';
import type { Client } from '../clients/client.ts';
import type { Log } from '../telemetry/log.ts';
import type { Pseudonyms } from '../telemetry/pseudonyms.ts';

interface Answered {
  /** A time of `performance.now()`. */
  startedAt: number;
  record: RequestRecord;
  /** Absent where nobody was asked who it is. */
  client?: Client;
  requestId: string;
  method: string;
  path: string;
  status: number;
}

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
  const write = async ({ startedAt, record, client, ...request }: Answered) => {
    const { reason, failed, ttftMs, operator, ...rest } = record;
    const { requestId, method, path, status } = request;
    const fields = {
      requestId,
      ...(client && (await pseudonyms(client))),
      ...{ method, path, status },
      ...rest,
      ...(ttftMs === undefined ? {} : { ttftMs: Math.round(ttftMs) }),
      durationMs: Math.round(performance.now() - startedAt),
      ...(verbose && failed ? { failed: failed.map(redact) } : {}),
      ...(verbose && reason ? { reason: redact(reason) } : {}),
    };
    if (rest.error === 'internal_error') {
      // Nobody is to ask for the reason of a fault of our own.
      log.error({ ...fields, reason: redact(reason ?? '') }, 'request');
    } else if (status >= 500) log.warn(fields, 'request');
    else if (operator && status < 400) log.debug(fields, 'request');
    else log.info(fields, 'request');
  };
  return async (c, next) => {
    const startedAt = performance.now();
    const record = {};
    c.set('record', record);
    await next();
    // Nothing else of the request is held for as long as its stream lasts.
    const answered = {
      startedAt,
      record,
      client: c.get('client'),
      requestId: c.get('requestId'),
      method: c.req.method,
      path: c.req.path,
      status: c.res.status,
    };
    void (c.get('responseEnded') ?? Promise.resolve()).then(() => write(answered));
  };
}
