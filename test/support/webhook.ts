/** An operator's webhook: what it got, and what it says to that. */

import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface Webhook {
  url: string;
  received: Received[];
  close(): void;
}

/** Null lets a request hang. */
export type Answer = { status: number; headers?: Record<string, string> } | null;

/** As the specification's own example. */
export const WEBHOOK_SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

/** @param answer what it says to the request of that number, from 1 */
export async function startWebhook(
  answer: (number: number) => Answer | Promise<Answer> = () => ({ status: 204 }),
): Promise<Webhook> {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const text of request) body += text;
    received.push({ path: request.url ?? '', headers: request.headers, body });
    const said = await answer(received.length);
    if (said) response.writeHead(said.status, said.headers).end();
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/contact`,
    received,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
