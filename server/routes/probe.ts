/**
 * `GET /v1/probe?seconds=&everyMs=`: a stream on the way that an answer takes, for `rivulet-chat doctor` to see what the
 * chain in front does to it. It asks no model, and only the operator's token starts it.
 */

import type { Context } from 'hono';
import { z } from 'zod';
import type { AppEnv } from '../app-env.ts';
import type { Config } from '../config/config.ts';
import { DONE, LAST_EVENT_HEADER, type ProbeTick, STREAM_HEADER } from '../protocol.ts';
import type { Connect } from '../responses/connection.ts';
import { eventStreamHeaders } from '../responses/event-stream.ts';
import { invalidRequest } from './parse-body.ts';

const querySchema = z.object({
  seconds: z.coerce.number().min(0.1).max(3_600).default(2),
  everyMs: z.coerce.number().int().min(50).max(60_000).default(100),
});

export function probe(config: Config, connect: Connect) {
  return (c: Context<AppEnv>): Response => {
    const query = querySchema.safeParse(c.req.query());
    if (!query.success) throw invalidRequest(query.error);
    const { seconds, everyMs } = query.data;
    const connection = connect(c);
    const came = {
      forwarded: (c.req.header(config.trustedProxyHeader) ?? '').split(',').filter(text => text.trim())
        .length,
      trustedProxyHops: config.trustedProxyHops,
      trustedProxyHeader: config.trustedProxyHeader,
    };
    let number = Number(c.req.header(LAST_EVENT_HEADER) ?? 0) || 0;
    const out = connection.stream({ ...eventStreamHeaders, [STREAM_HEADER]: crypto.randomUUID() });
    const startedAt = performance.now();
    const tick = () => {
      const elapsedMs = Math.round(performance.now() - startedAt);
      const data: ProbeTick = { elapsedMs, ...came };
      out.write(`id: ${++number}\ndata: ${JSON.stringify(data)}\n\n`);
      if (elapsedMs < seconds * 1_000) return;
      out.write(`data: ${DONE}\n\n`);
      out.end();
      clearInterval(timer);
    };
    const timer = setInterval(tick, everyMs);
    connection.onGone(() => clearInterval(timer));
    tick();
    return out.response;
  };
}
