/** `GET /healthz`: the process lives. `GET /readyz`: it takes new answers, which it does not while it is draining. */

import type { Context } from 'hono';
import type { Generations } from '../generations/generations.ts';

const headers = { 'Cache-Control': 'no-store' };

export const healthz = (c: Context): Response => c.json({ status: 'ok' }, 200, headers);

export function readyz(generations: Generations) {
  return (c: Context): Response =>
    generations.draining
      ? c.json({ status: 'draining' }, 503, { ...headers, 'Retry-After': '2' })
      : c.json({ status: 'ready' }, 200, headers);
}
