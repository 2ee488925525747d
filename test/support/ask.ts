/** Asks for an answer as a plain HTTP client does, and keeps every byte of it. */

import { once } from 'node:events';
import { type ClientRequest, type IncomingHttpHeaders, request } from 'node:http';

export interface Question {
  model?: string;
  stream?: boolean;
  /** More of the body, or other of it. */
  body?: Record<string, unknown>;
  headers?: Record<string, string>;
}

export interface Reply {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
  /** Whether the response ended by HTTP's rules; not when its connection was cut. */
  complete: boolean;
}

/** A reply that is still coming in. */
export interface OpenReply {
  /** What has come so far. */
  readonly text: string;
  /** Resolves when what has come passes the test; rejects when the reply ends before. */
  until(passes: (text: string) => boolean): Promise<void>;
  /** Goes away, as a closed tab does. */
  hangUp(): void;
  /** When the headers have come: its status, and the id of its stream. */
  readonly status: Promise<number>;
  readonly id: Promise<string>;
  /** Resolves when it ends or is cut; rejects when there was no reply at all. */
  readonly reply: Promise<Reply>;
}

/** @param url base URL, ending in `/v1` */
export function ask(url: string, question: Question): Promise<Reply> {
  return open(url, question).reply;
}

export function open(url: string, { model, stream = true, body, headers }: Question): OpenReply {
  return send(`${url}/chat/completions`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify({ model, stream, messages: [{ role: 'user', content: 'Hello?' }], ...body }),
  });
}

/** Reads the stream `id` again, after event `after`. */
export function resume(
  url: string,
  id: string,
  after: number | string = 0,
  headers: Record<string, string> = {},
): OpenReply {
  const last = after === 0 ? undefined : { 'Last-Event-ID': String(after) };
  return send(`${url}/streams/${id}`, { method: 'GET', headers: { ...last, ...headers } });
}

export function stop(url: string, id: string, headers: Record<string, string> = {}): Promise<Reply> {
  return send(`${url}/streams/${id}`, { method: 'DELETE', headers }).reply;
}

interface Sent {
  method: string;
  headers: Record<string, string>;
  body?: string;
}

function send(url: string, { method, headers, body }: Sent): OpenReply {
  const bytes: Buffer[] = [];
  const text = () => Buffer.concat(bytes).toString();
  const listeners = new Set<() => void>();
  const tell = () => {
    for (const listener of listeners) listener();
  };

  // A connection of its own, closed afterwards: none is left to hold a test open.
  const req = request(url, { method, agent: false, headers });
  req.end(body);
  const begun = once(req, 'response');
  const status = begun.then(([response]) => Number(response.statusCode));
  const id = begun.then(([response]) => String(response.headers['rivulet-stream']));
  for (const unheard of [status, id]) unheard.catch(() => {});
  const reply = receive(req, bytes, tell);
  // Who hangs up has no use for the reply.
  reply.catch(() => {});
  return {
    get text() {
      return text();
    },
    status,
    id,
    reply,
    hangUp: () => req.destroy(),
    until: passes =>
      new Promise((resolve, reject) => {
        const check = () => {
          if (!passes(text())) return;
          listeners.delete(check);
          resolve();
        };
        listeners.add(check);
        reply.then(() => reject(new Error(`The reply ended as: ${text()}`)), reject);
        check();
      }),
  };
}

async function receive(req: ClientRequest, bytes: Buffer[], tell: () => void): Promise<Reply> {
  const [response] = await once(req, 'response');
  await new Promise<void>(resolve => {
    response.on('data', (chunk: Buffer) => {
      bytes.push(chunk);
      tell();
    });
    response.on('error', () => {}).on('close', resolve);
  });
  return {
    status: response.statusCode,
    headers: response.headers,
    text: Buffer.concat(bytes).toString(),
    complete: response.complete,
  };
}
