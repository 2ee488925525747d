/** The proxy as a fetch handler of Bun. The settings are in rivulet.config.json in this folder, keys in the environment. */

import { createFetchHandler } from 'rivulet-chat/server';

const settings = await Bun.file('rivulet.config.json').json();
const chat = createFetchHandler(settings, { environment: process.env });

const server = Bun.serve({
  port: process.env.PORT ?? 3000,
  // Bun cuts what is silent for 10 s: the comments that keep a stream come every 15.
  idleTimeout: 0,
  fetch: (request, server) => chat.fetch(request, server.requestIP(request)?.address ?? null),
});
console.log(`The proxy is on ${server.url}`);

process.on('SIGTERM', async () => {
  await chat.drain();
  await server.stop();
  process.exit();
});
