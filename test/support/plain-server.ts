/** An OpenAI-compatible server that knows nothing of Rivulet: it plays what Ollama sends, to pages of any origin. */

import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A file of test/fixtures/streams. */
export function recording(name: string): URL {
  return new URL(`../fixtures/streams/${name}`, import.meta.url);
}

export async function startPlainServer(): Promise<{ url: string; close(): void }> {
  const stream = readFileSync(recording('ollama.sse'));
  const open = { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Headers': 'content-type' };
  const server = createServer((request, response) => {
    if (request.method === 'OPTIONS') return response.writeHead(204, open).end();
    if (request.url !== '/v1/chat/completions') return response.writeHead(404, open).end();
    return response.writeHead(200, { 'Content-Type': 'text/event-stream', ...open }).end(stream);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
