/** A web site of its own origin that holds the pages of a test. */

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Site {
  /** `http://localhost:<port>`: another host than the proxy's 127.0.0.1, and so another site. */
  origin: string;
  close(): void;
}

/** @param pages paths to HTML; an object adds headers to it */
export async function startSite(
  pages: Record<string, string | { html: string; headers: Record<string, string> }>,
): Promise<Site> {
  const server = createServer((request, response) => {
    // Browsers ask for it by themselves, and complain of a 404.
    if (request.url === '/favicon.ico') return response.writeHead(204).end();
    const page = pages[new URL(request.url ?? '/', 'http://site').pathname];
    if (page === undefined) return response.writeHead(404).end();
    const { html, headers } = typeof page === 'string' ? { html: page, headers: {} } : page;
    return response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', ...headers }).end(html);
  });
  await new Promise<void>(resolve => server.listen(0, 'localhost', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://localhost:${port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
