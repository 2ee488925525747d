/**
 * The proxy as a request meets it: each middleware in its order, then the routes. It runs on every runtime that has the
 * web's standards; what only some of them have comes in through `parts`.
 */

import { Hono } from 'hono';
import { requestId } from 'hono/request-id';
import type { AppEnv } from './app-env.ts';
import { type AppState, newAppState } from './app-state.ts';
import type { Config } from './config/config.ts';
import { ApiError, asApiError, errorResponse } from './errors.ts';
import { siteUse } from './limits/site-use.ts';
import { accessLog } from './middleware/access-log.ts';
import { client, type SocketAddress } from './middleware/client.ts';
import { operator } from './middleware/operator.ts';
import { origin } from './middleware/origin.ts';
import { readerLimit } from './middleware/reader-limit.ts';
import { session } from './middleware/session.ts';
import { paths } from './protocol.ts';
import { type CompletionParts, completions } from './routes/completions.ts';
import { takeContact } from './routes/contact.ts';
import { giveFeedback } from './routes/feedback.ts';
import { healthz, readyz } from './routes/health.ts';
import { models } from './routes/models.ts';
import { probe } from './routes/probe.ts';
import { giveSession, type SessionParts } from './routes/session.ts';
import { type Metrics, metrics, status } from './routes/status.ts';
import { resumeStream, stopStream } from './routes/streams.ts';
import { widget } from './routes/widget.ts';
import { SessionTokens } from './sessions/session-tokens.ts';
import { captchaCheck } from './sessions/visitor-check.ts';
import { createRedactor, type Log } from './telemetry/log.ts';
import { type Observer, observers } from './telemetry/observer.ts';

export interface Parts extends Omit<CompletionParts, 'observer' | 'pseudonyms'>, SessionParts {
  log: Log;
  /** Whether the log says why an upstream failed. */
  verbose: boolean;
  socketAddress: SocketAddress;
  /** What another app of this process remembers, whose place this one takes. */
  state?: AppState;
  /** Who else is told what happens, and the figures for Prometheus, where the runtime has them. */
  observers?: readonly Observer[];
  metrics?: Metrics;
  /** Serves the widget's files and the demo page, where the runtime has them. */
  assets?: Hono;
}

export function createApp(config: Config, parts: Parts): Hono<AppEnv> {
  const { ttft, hour, pseudonyms, readers, deliveries } = parts.state ?? newAppState();
  const observer = observers([ttft, hour, ...(parts.observers ?? [])]);
  const app = new Hono<AppEnv>();
  app.onError((thrown, c) => {
    const error = asApiError(thrown);
    const record = c.get('record');
    Object.assign(record, { error: error.code, reason: error.reason });
    if (record.stream === undefined && !record.operator) observer.requestRefused(error.code);
    return errorResponse(c, error);
  });
  app.notFound(c => errorResponse(c, new ApiError('not_found')));

  // Probes come every few seconds and are worth no log line.
  app.get('/healthz', healthz);
  app.get('/readyz', readyz(parts.generations));

  app.use(requestId());
  app.use(accessLog(parts.log, pseudonyms, createRedactor(config.secrets), parts.verbose));

  const guard = operator(config.metrics.token);
  for (const path of ['/metrics', '/status', '/status.html', '/status.json', paths.probe])
    app.use(path, guard);
  app.get('/metrics', metrics(parts.metrics));
  app.get(
    '/status.json',
    status(hour, () => siteUse(parts, config.limits)),
  );

  app.use('/v1/*', origin(config.allowedOrigins));
  const trustedProxies = { hops: config.trustedProxyHops, header: config.trustedProxyHeader };
  app.use('/v1/*', client(trustedProxies, parts.socketAddress));
  if (config.session.secrets.length > 0) addSessions(app, config, parts);
  const limited = readerLimit(config.limits, readers);
  app.post(paths.completions, limited, completions(config, { ...parts, observer, pseudonyms }));
  app.get(`${paths.streams}/:id`, limited, resumeStream({ ...parts, observer }, config.timeouts.pingMs));
  app.delete(`${paths.streams}/:id`, stopStream(parts.generations));
  if (config.audit?.feedback)
    app.post(paths.feedback, giveFeedback(config.limits, { ...parts, observer, pseudonyms }));
  if (config.contact)
    app.post(paths.contact, takeContact(config.contact, config.limits, { ...parts, deliveries }));
  app.get(paths.models, models(config, ttft));
  app.get(paths.widget, widget(config));
  app.get(paths.probe, probe(config, parts.connect));

  if (parts.assets) app.route('/', parts.assets);
  return app;
}

/** What the widget is told it has to know before it has a session; all else is by session. */
function addSessions(app: Hono<AppEnv>, { session: settings, limits }: Config, parts: SessionParts): void {
  const { secrets, ttlSeconds, required, captcha } = settings;
  const tokens = new SessionTokens(secrets, ttlSeconds);
  const bySession = session(tokens, required);
  for (const path of [paths.completions, `${paths.streams}/*`, paths.models, paths.feedback, paths.contact]) {
    app.use(path, bySession);
  }
  const checkVisitor = parts.checkVisitor ?? (captcha && captchaCheck(captcha));
  app.post(paths.session, giveSession(settings, limits, tokens, { ...parts, checkVisitor }));
}
