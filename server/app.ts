/**
 * The proxy as a request meets it: each middleware in its order, then the routes. It runs on every runtime that has the
 * web's standards; what only some of them have comes in through `parts`.
 */

import { Hono } from 'hono';
import { requestId } from 'hono/request-id';
import type { AppEnv } from './app-env.ts';
import type { Config } from './config/config.ts';
import { ApiError, asApiError, errorResponse } from './errors.ts';
import { accessLog } from './middleware/access-log.ts';
import { clientIdentity, type SocketAddress } from './middleware/client-identity.ts';
import { origin } from './middleware/origin.ts';
import { readerLimit } from './middleware/reader-limit.ts';
import { paths } from './protocol.ts';
import { type CompletionParts, completions } from './routes/completions.ts';
import { healthz, readyz } from './routes/health.ts';
import { models } from './routes/models.ts';
import { resumeStream, stopStream } from './routes/streams.ts';
import { widget } from './routes/widget.ts';
import { createRedactor, type Log } from './telemetry/log.ts';
import { TtftRecord } from './telemetry/ttft.ts';

export interface Parts extends Omit<CompletionParts, 'ttft'> {
  log: Log;
  /** Whether the log says why an upstream failed. */
  verbose: boolean;
  socketAddress: SocketAddress;
  /** Serves the widget's files and the demo page, where the runtime has them. */
  assets?: Hono;
}

export function createApp(config: Config, parts: Parts): Hono<AppEnv> {
  const ttft = new TtftRecord();
  const app = new Hono<AppEnv>();
  app.onError((thrown, c) => {
    const error = asApiError(thrown);
    Object.assign(c.get('record'), { error: error.code, reason: error.reason });
    return errorResponse(c, error);
  });
  app.notFound(c => errorResponse(c, new ApiError('not_found')));

  // Probes come every few seconds and are worth no log line.
  app.get('/healthz', healthz);
  app.get('/readyz', readyz(parts.generations));

  app.use(requestId());
  app.use(accessLog(parts.log, createRedactor(config.secrets), parts.verbose));

  app.use('/v1/*', origin(config.allowedOrigins));
  app.use('/v1/*', clientIdentity(config.trustedProxyHops, parts.socketAddress));
  const limited = readerLimit(config.limits.streamsPerClient);
  app.post(paths.completions, limited, completions(config, { ...parts, ttft }));
  app.get(`${paths.streams}/:id`, limited, resumeStream(parts, config.timeouts.pingMs));
  app.delete(`${paths.streams}/:id`, stopStream(parts.generations));
  app.get(paths.models, models(config, ttft));
  app.get(paths.widget, widget(config));

  if (parts.assets) app.route('/', parts.assets);
  return app;
}
