/** The proxy as a fetch handler of Deno. The settings are in rivulet.config.json in this folder, keys in the environment. */

import { createFetchHandler } from 'rivulet-chat/server';

const settings = JSON.parse(await Deno.readTextFile('rivulet.config.json'));
const chat = createFetchHandler(settings, { environment: Deno.env.toObject() });

const server = Deno.serve(
  {
    port: Number(Deno.env.get('PORT') ?? 3000),
    onListen: ({ port }) => console.log(`The proxy is on http://localhost:${port}/`),
  },
  (request, { remoteAddr }) => chat.fetch(request, remoteAddr.hostname),
);

Deno.addSignalListener('SIGTERM', async () => {
  await chat.drain();
  await server.shutdown();
  Deno.exit();
});
