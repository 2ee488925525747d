/**
 * Streams to a client through Node's own response. Each write is one system call and nothing else, where a web stream
 * takes a queue and several promises for it.
 */

import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Connect, StreamingResponse } from '../responses/connection.ts';

export const nodeConnect: Connect = c => {
  const outgoing = (c.env as HttpBindings).outgoing as ServerResponse;
  return {
    get gone() {
      return isGone(outgoing);
    },
    onGone: listener => onGone(outgoing, listener),
    // Hono's response is only made for the headers that the middleware has set for it.
    stream: headers => new NodeStream(outgoing, c.body(null, 200, headers).headers),
  };
};

// The listeners stay for as long as the stream does. Made here, they hold nothing of the request and Hono's context.
function onGone(outgoing: ServerResponse, listener: () => void): void {
  outgoing.once('close', () => {
    if (isGone(outgoing)) listener();
  });
}

function isGone(outgoing: ServerResponse): boolean {
  return outgoing.destroyed && !outgoing.writableFinished;
}

class NodeStream implements StreamingResponse {
  readonly response = RESPONSE_ALREADY_SENT;
  readonly #outgoing: ServerResponse;
  readonly #chunked: boolean;
  /** Once the headers are out, where chunks are made here: Node's response adds nothing to them, and takes its time for it. */
  #socket: Socket | null = null;
  #drained = () => {};

  constructor(outgoing: ServerResponse, headers: Headers) {
    this.#outgoing = outgoing;
    if (!isGone(outgoing)) outgoing.writeHead(200, Object.fromEntries(headers));
    // Node would write each chunk of HTTP as four pieces. Made here, it is one text; HTTP/1.0 has none, and Bun makes its own.
    this.#chunked = outgoing.chunkedEncoding === true;
    if (this.#chunked) outgoing.chunkedEncoding = false;
  }

  write(bytes: string): boolean {
    if (this.#outgoing.destroyed) return false;
    const chunk = this.#chunk(bytes);
    if (!this.#socket) return this.#respond(chunk);
    const more = this.#socket.write(chunk, 'latin1');
    if (!more) this.#socket.once('drain', this.#drained);
    return more;
  }

  end(): void {
    // The last chunk is the empty one.
    this.#outgoing.end(this.#chunk(''));
  }

  cut(): void {
    this.#outgoing.destroy();
  }

  onDrain(listener: () => void): void {
    this.#drained = listener;
    this.#outgoing.on('drain', listener);
  }

  /** With the headers, if they are not out. There is no socket while another response of the same connection has not ended. */
  #respond(chunk: string): boolean {
    const { socket } = this.#outgoing;
    // Corked here, it leaves now: Node would wait a tick for more, and nothing more comes.
    socket?.cork();
    const more = this.#outgoing.write(chunk, 'latin1');
    socket?.uncork();
    if (more && this.#chunked) this.#socket = socket;
    return more;
  }

  #chunk(bytes: string): string {
    return this.#chunked ? `${bytes.length.toString(16)}\r\n${bytes}\r\n` : bytes;
  }
}
