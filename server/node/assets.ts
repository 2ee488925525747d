/**
 * Serves what the build made: the script tag's file and its chunks to every site, the demo pages, the documentation, and the
 * operator's page.
 */

import { fileURLToPath } from 'node:url';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { cors } from 'hono/cors';
import { etag } from 'hono/etag';

// The server is built into a folder of dist; run from its source, dist is beside it.
const dist = new URL(import.meta.url.endsWith('.ts') ? '../../dist/' : '../../', import.meta.url);

/** `widget.js`, and below `widget/` what it loads. */
export const widgetFolder = new URL('widget/', dist);
const demoFolder = fileURLToPath(new URL('demo', dist));
const docsFolder = fileURLToPath(new URL('docs', dist));

/** Files named by their content never change. */
const FOREVER = 'public, max-age=31536000, immutable';
/** A file that keeps its name is asked for each time: an old one would name files that are gone after an update. */
const REVALIDATED = 'no-cache';

/** A page's own files and nothing else; and what it shows is built, never parsed. */
const POLICY = [
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'",
  "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'",
].join('; ');
const policies: Readonly<Record<string, string>> = {
  '/status': `${POLICY}; frame-ancestors 'none'; trusted-types 'none'`,
  '/docs/*': `${POLICY}; frame-ancestors 'none'; trusted-types 'none'`,
  '/race.html': `${POLICY}; frame-ancestors 'none'; trusted-types 'none'`,
  '/playground.html': `${POLICY}; frame-src 'self'; frame-ancestors 'none'; trusted-types 'none'`,
  // Has the chat that the playground sets up, which a link of a stranger's may have written into.
  '/stage.html': `${POLICY}; frame-ancestors 'self'; trusted-types lit-html`,
};

/** Pages have words for names, some of them as long as a hash. */
const HASHED = /-(?:[\da-f]{7}|[\w-]{8,})\.(?!html)\w+(\.\w+)?$/;

/** What a browser could not load it may never ask for again by the same address. */
const AGAIN = /\/again-\d+\//;

export function assets(): Hono {
  const app = new Hono();
  const revalidated = etag();
  app.use((c, next) => {
    const isHashed = HASHED.test(c.req.path);
    c.header('Cache-Control', isHashed ? FOREVER : REVALIDATED);
    c.header('X-Content-Type-Options', 'nosniff');
    // A file that never changes is never asked for again: its digest would be work for nobody.
    return isHashed ? next() : revalidated(c, next);
  });
  // Module scripts of another origin are fetched with CORS; they are public, and no cookies go with them.
  const anyOrigin = cors({ origin: '*' });
  const widget = serveStatic({
    root: fileURLToPath(widgetFolder),
    precompressed: true,
    rewriteRequestPath: path => path.replace(AGAIN, '/'),
  });
  for (const path of ['/widget.js', '/widget/*']) {
    app.use(path, anyOrigin, async (c, next) => {
      c.header('Cross-Origin-Resource-Policy', 'cross-origin');
      await next();
    });
    app.get(path, widget);
  }
  for (const [path, policy] of Object.entries(policies))
    app.use(path, async (c, next) => {
      c.header('Content-Security-Policy', policy);
      await next();
    });
  app.get('/status', serveStatic({ path: `${demoFolder}/status.html`, precompressed: true }));
  // Pages find each other by relative links. The proxy may be under a path of its own, and so this one is relative too.
  app.get('/docs', c => c.redirect('docs/'));
  app.get(
    '/docs/*',
    serveStatic({
      root: docsFolder,
      rewriteRequestPath: path => path.slice('/docs'.length),
      precompressed: true,
    }),
  );
  app.get(
    '*',
    async (c, next) => {
      c.header('X-Frame-Options', 'SAMEORIGIN');
      c.header('Referrer-Policy', 'no-referrer');
      await next();
    },
    serveStatic({ root: demoFolder, precompressed: true }),
  );
  return app;
}
