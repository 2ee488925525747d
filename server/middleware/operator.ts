/** Lets the operator in, by a token, to what tells how the proxy is doing. Without a token set, nobody. */

import type { MiddlewareHandler } from 'hono';
import { auth } from 'hono/utils/basic-auth';
import { timingSafeEqual } from 'hono/utils/buffer';
import type { AppEnv } from '../app-env.ts';
import type { Secret } from '../config/secret.ts';
import { ApiError } from '../errors.ts';

/** A browser asks its user for it. */
const CHALLENGE = 'Basic realm="Rivulet, password: the metrics token", charset="UTF-8"';

/**
 * The token comes as `Authorization: Bearer`, or as the password of Basic with any name: that is what a browser asks for
 * by itself. An address opens nothing: behind a reverse proxy, all the world has that of the proxy.
 */
export function operator(token: Secret | undefined): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    c.get('record').operator = true;
    if (!token)
      throw new ApiError('not_found', { message: 'Set METRICS_TOKEN, or metrics.token, to see this.' });
    const header = c.req.header('Authorization') ?? '';
    const sent = /^Bearer +(.+)$/i.exec(header)?.[1] ?? auth(c.req.raw)?.password ?? '';
    if (!(await timingSafeEqual(sent, token.reveal()))) {
      throw new ApiError('unauthorized', { message: 'This needs the metrics token.', challenge: CHALLENGE });
    }
    await next();
  };
}
