/** The client at the other end of a response: whether it is still there, and how to stream to it. */

import type { Context } from 'hono';
import { toBytes } from '../latin1.ts';

export interface Connection {
  /** Whether the client has gone away before the response had ended. */
  readonly gone: boolean;
  /** Calls `listener` when it goes away so. */
  onGone(listener: () => void): void;
  /** Begins a response of status 200 that is written bit by bit. */
  stream(headers: Record<string, string>): StreamingResponse;
}

export interface StreamingResponse {
  /** What the route returns. */
  readonly response: Response;
  /** Sends bytes, as text of one character each (latin1.ts). False asks to wait for `onDrain` before the next; until then nothing more is taken than was given. */
  write(bytes: string): boolean;
  /** Ends the response after what was written. */
  end(): void;
  /** Closes the connection of a client that has stopped reading. */
  cut(): void;
  /** The one listener that is called when the client has taken what `write` returned false for. */
  onDrain(listener: () => void): void;
}

/** A runtime's way to its connections. */
export type Connect = (c: Context) => Connection;

/** What a reader may be behind before it is waited for, in bytes. */
const HIGH_WATER_BYTES = 64_000;

/** The way of any runtime with web streams. */
export const webConnect: Connect = c => {
  const gone = new AbortController();
  const { signal } = c.req.raw;
  if (signal.aborted) gone.abort();
  else signal.addEventListener('abort', () => gone.abort(), { once: true });
  return {
    get gone() {
      return gone.signal.aborted;
    },
    onGone: listener => gone.signal.addEventListener('abort', listener),
    stream: headers => webStream(c, headers, gone),
  };
};

function webStream(c: Context, headers: Record<string, string>, gone: AbortController): StreamingResponse {
  let stream!: ReadableStreamDefaultController<Uint8Array>;
  let drained = () => {};
  let open = true;
  const body = new ReadableStream<Uint8Array>(
    {
      start: controller => {
        stream = controller;
      },
      pull: () => drained(),
      cancel: () => {
        open = false;
        gone.abort();
      },
    },
    new ByteLengthQueuingStrategy({ highWaterMark: HIGH_WATER_BYTES }),
  );
  return {
    // Said aloud, it spares Node's adapter the search for a length, which delays the headers.
    response: c.body(body, 200, { ...headers, 'Transfer-Encoding': 'chunked' }),
    write: bytes => {
      if (open) stream.enqueue(toBytes(bytes));
      return open && (stream.desiredSize ?? 0) > 0;
    },
    end: () => {
      if (open) stream.close();
      open = false;
    },
    cut: () => {
      if (open) stream.error(new Error('the client has stopped reading'));
      open = false;
      gone.abort();
    },
    onDrain: listener => {
      drained = listener;
    },
  };
}
