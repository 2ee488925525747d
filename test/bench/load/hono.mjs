/** The proxy that one writes with Hono in five lines: the upstream's body is the response's. */

import { serve } from '@hono/node-server';
import { Hono } from 'hono';

const [listenOn, port] = process.argv.slice(2);

const app = new Hono();
app.post('/v1/chat/completions', async c => {
  const body = await c.req.text();
  const upstream = await fetch(`http://127.0.0.1:${port}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body,
    signal: c.req.raw.signal,
  });
  return new Response(upstream.body, { headers: { 'Content-Type': 'text/event-stream' } });
});

serve({ fetch: app.fetch, hostname: '127.0.0.1', port: Number(listenOn) });
// A client that leaves rejects the upstream's body, of which nobody hears.
process.on('unhandledRejection', () => {});
