/** HTTP/1.1 by hand on a raw socket: requests come in, and an answer can break every rule on its way out. */

import { STATUS_CODES } from 'node:http';
import { UPSTREAM_TEXT } from './events.mjs';

/** Calls `onRequest({method, path, headers, body})` for each request of a socket, one at a time. */
export function readRequests(socket, onRequest) {
  let unread = Buffer.alloc(0);
  let answering = false;

  // Always flowing: a paused socket would not notice that its peer has gone.
  socket.on('data', async bytes => {
    unread = Buffer.concat([unread, bytes]);
    if (answering) return;
    answering = true;
    for (let parsed = parseRequest(unread); parsed; parsed = parseRequest(unread)) {
      unread = parsed.rest;
      await onRequest(parsed.request);
    }
    answering = false;
  });
}

/** The first request of the bytes and what is left of them, or null while it is not whole. */
function parseRequest(bytes) {
  const headEnd = bytes.indexOf('\r\n\r\n');
  if (headEnd < 0) return null;
  const [requestLine, ...lines] = bytes.toString('latin1', 0, headEnd).split('\r\n');
  const [method, path] = requestLine.split(' ');
  const headers = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
  }
  const chunked = /chunked/i.test(headers['transfer-encoding'] ?? '');
  const afterHead = bytes.subarray(headEnd + 4);
  const body = chunked
    ? chunkedBody(afterHead)
    : sizedBody(afterHead, Number(headers['content-length'] ?? 0));
  return body && { request: { method, path, headers, body: body.bytes.toString() }, rest: body.rest };
}

function sizedBody(bytes, length) {
  if (bytes.length < length) return null;
  return { bytes: bytes.subarray(0, length), rest: bytes.subarray(length) };
}

function chunkedBody(bytes) {
  const parts = [];
  for (let at = 0; ; ) {
    const lineEnd = bytes.indexOf('\r\n', at);
    if (lineEnd < 0) return null;
    const size = Number.parseInt(bytes.toString('latin1', at, lineEnd), 16);
    if (Number.isNaN(size)) throw new Error('This is no chunk');
    const next = lineEnd + 2 + size + 2;
    if (bytes.length < next) return null;
    parts.push(bytes.subarray(lineEnd + 2, lineEnd + 2 + size));
    if (size === 0) return { bytes: Buffer.concat(parts), rest: bytes.subarray(next) };
    at = next;
  }
}

/** The upstream's own affairs, in every answer of it. */
const ownHeaders = {
  Server: UPSTREAM_TEXT,
  'Set-Cookie': `${UPSTREAM_TEXT}=1`,
  'X-Request-Id': UPSTREAM_TEXT,
};

/** One answer on a raw socket. Its owner may end it well, badly or never. */
export class Answer {
  /** Whether this side has said all it wanted to, in whatever manner. */
  ended = false;
  #socket;

  constructor(socket) {
    this.#socket = socket;
  }

  /** Whether the peer can hear no more. */
  get gone() {
    return this.#socket.destroyed;
  }

  /** The whole answer at once. */
  async reply(status, headers, body) {
    const bytes = Buffer.from(body);
    this.#head(status, { ...headers, 'Content-Length': bytes.length });
    await this.raw(bytes);
    this.ended = !this.gone;
  }

  /** The head of an answer whose body comes in chunks. */
  async head(status = 200, headers = { 'Content-Type': 'text/event-stream; charset=utf-8' }) {
    this.#head(status, { ...headers, 'Transfer-Encoding': 'chunked' });
  }

  #head(status, headers) {
    const fields = Object.entries({ ...ownHeaders, ...headers }).map(
      ([name, value]) => `${name}: ${value}\r\n`,
    );
    this.#socket.write(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Unknown'}\r\n${fields.join('')}\r\n`);
  }

  /** One HTTP chunk. The peer's parser sees it as a piece of its own, however TCP packs it. */
  async write(text) {
    const bytes = Buffer.from(text);
    const size = Buffer.from(`${bytes.length.toString(16)}\r\n`);
    await this.raw(Buffer.concat([size, bytes, Buffer.from('\r\n')]));
  }

  /** Bytes as they are. Waits while the peer does not read, as an honest sender would. */
  async raw(bytes) {
    if (this.gone || this.#socket.write(bytes)) return;
    await new Promise(resume => {
      const done = () => {
        this.#socket.off('drain', done).off('close', done);
        resume();
      };
      this.#socket.on('drain', done).on('close', done);
    });
  }

  /** The end by the rules; the connection stays for the next request. */
  async end() {
    await this.raw('0\r\n\r\n');
    this.ended = !this.gone;
  }

  /** Hangs up in an orderly way, but without the last chunk. */
  close() {
    this.ended = true;
    this.#socket.end();
  }

  /** Pulls the plug: a TCP reset. */
  reset() {
    this.ended = true;
    this.#socket.resetAndDestroy();
  }

  /** Waits, but no longer than the peer. */
  pause(ms) {
    if (this.gone) return Promise.resolve();
    return new Promise(resume => {
      const done = () => {
        clearTimeout(timer);
        this.#socket.off('close', done);
        resume();
      };
      const timer = setTimeout(done, ms);
      this.#socket.on('close', done);
    });
  }

  /** Says nothing more until the peer has had enough. */
  async silence() {
    while (!this.gone) await this.pause(60_000);
  }
}
