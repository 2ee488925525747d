/** Serves what the build made: the script tag's file and its chunks to every site, the demo pages, and the operator's. */

import { fileURLToPath } from 'node:url';
import { serveStatic } from '@hono/node-server/serve-static';
import { type Context, Hono } from 'hono';
import { cors } from 'hono/cors';
import { etag } from 'hono/etag';

// The server is built into a folder of dist; run from its source, dist is beside it.
const dist = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '../../dist/' : '../../', import.meta.url),
);

/** Files named by their content never change. */
const FOREVER = 'public, max-age=31536000, immutable';
/** A file that keeps its name is asked for each time: an old one would name files that are gone after an update. */
const REVALIDATED = 'no-cache';

/** The page's own files and nothing else; and what it shows is built, never parsed. */
const STATUS_POLICY = [
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'",
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
].join('; ');

const HASHED = /-[\w-]{8,}\.\w+(\.\w+)?$/;

export function assets(): Hono {
  const app = new Hono();
  const headers = (path: string, c: Context) => {
    c.header('Cache-Control', HASHED.test(path) ? FOREVER : REVALIDATED);
    c.header('X-Content-Type-Options', 'nosniff');
  };
  // A file that never changes is never asked for again: its digest would be work for nobody.
  const revalidated = etag();
  app.use((c, next) => (HASHED.test(c.req.path) ? next() : revalidated(c, next)));
  // Module scripts of another origin are fetched with CORS; they are public, and no cookies go with them.
  const anyOrigin = cors({ origin: '*' });
  const widget = serveStatic({ root: `${dist}widget`, precompressed: true, onFound: headers });
  for (const path of ['/widget.js', '/widget/*']) {
    app.use(path, anyOrigin, async (c, next) => {
      c.header('Cross-Origin-Resource-Policy', 'cross-origin');
      await next();
    });
    app.get(path, widget);
  }
  app.get(
    '/status',
    async (c, next) => {
      c.header('Content-Security-Policy', STATUS_POLICY);
      await next();
    },
    serveStatic({ path: `${dist}demo/status.html`, precompressed: true, onFound: headers }),
  );
  app.get(
    '*',
    async (c, next) => {
      c.header('X-Frame-Options', 'SAMEORIGIN');
      c.header('Referrer-Policy', 'no-referrer');
      await next();
    },
    serveStatic({ root: `${dist}demo`, precompressed: true, onFound: headers }),
  );
  return app;
}
