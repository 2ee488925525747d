/** A site for benchmarks: files, and answers over a real event stream, at a chosen rate and the same for all. */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { longAnswer } from '../../support/markdown/corpora.ts';
import { DONE, delta, finish } from '../../support/upstream/events.mjs';

export interface Wire {
  origin: string;
  /** When the last byte of the last answer was sent, in milliseconds since 1970. */
  readonly lastSent: number;
  close(): void;
}

/** Characters of a token. */
export const tokenLength = 4;

/** Between the headers and the first token, so that whoever waits for it has shown that. */
const firstTokenMs = 300;

const types: Record<string, string> = { js: 'text/javascript', html: 'text/html; charset=utf-8' };

/**
 * Serves files by their paths, and `POST /v1/chat/completions`, whose model `4000:100` is an answer of 4,000 tokens at
 * 100 a second; at 0 a second they come as fast as they are taken.
 */
export async function startWire(files: ReadonlyMap<string, string | Buffer>): Promise<Wire> {
  let lastSent = 0;
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://wire').pathname;
    if (path === '/v1/chat/completions')
      return void answer(request, response).then(() => (lastSent = Date.now()));
    const file = files.get(path);
    const type = types[/\w+$/.exec(path)?.[0] ?? ''] ?? 'text/html; charset=utf-8';
    return void response.writeHead(file === undefined ? 404 : 200, { 'Content-Type': type }).end(file);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get lastSent() {
      return lastSent;
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let body = '';
  for await (const piece of request) body += piece;
  const { model } = JSON.parse(body) as { model: string };
  const [tokens = 0, rate = 0] = model.split(':').map(Number);
  const text = longAnswer(tokens * tokenLength);
  response.writeHead(200, { 'Content-Type': 'text/event-stream; charset=utf-8' });
  response.flushHeaders();
  response.socket?.setNoDelay(true);
  await pause(firstTokenMs);
  const began = performance.now();
  for (let sent = 0; sent < tokens && !response.closed; ) {
    const due = rate === 0 ? sent + 16 : Math.ceil(((performance.now() - began) * rate) / 1000);
    let events = '';
    for (; sent < Math.min(due, tokens); sent += 1)
      events += delta(model, { content: text.slice(sent * tokenLength, (sent + 1) * tokenLength) });
    const isTaken = events === '' || response.write(events);
    if (rate > 0) await pause(1000 / rate);
    else if (!isTaken) await new Promise(resolve => response.once('drain', resolve));
  }
  await new Promise<void>(resolve => response.end(finish(model) + DONE, resolve));
}
