/**
 * Streams to a client through Node's own response. Each write is one system call and nothing else, where a web stream
 * takes a queue and several promises for it.
 */

import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Connect } from '../responses/connection.ts';

export const nodeConnect: Connect = c => {
  const { outgoing } = c.env as HttpBindings;
  const gone = new AbortController();
  const onClose = () => {
    if (!outgoing.writableFinished) gone.abort();
  };
  if (outgoing.destroyed) onClose();
  else outgoing.once('close', onClose);

  return {
    gone: gone.signal,
    stream: headers => {
      // Hono's response is only made for the headers that the middleware has set for it.
      const prepared = c.body(null, 200, headers).headers;
      if (!gone.signal.aborted) outgoing.writeHead(200, Object.fromEntries(prepared));
      // Node would write each chunk of HTTP as four pieces. Made here, it is one text; HTTP/1.0 has none.
      const chunked = outgoing.chunkedEncoding;
      outgoing.chunkedEncoding = false;
      const chunk = (bytes: string) => (chunked ? `${bytes.length.toString(16)}\r\n${bytes}\r\n` : bytes);
      return {
        response: RESPONSE_ALREADY_SENT,
        write: bytes => {
          if (outgoing.destroyed) return false;
          // Corked here, the text leaves now: Node would wait a tick for more, and nothing more comes.
          const { socket } = outgoing;
          socket?.cork();
          const more = outgoing.write(chunk(bytes), 'latin1');
          socket?.uncork();
          return more;
        },
        // The last chunk is the empty one.
        end: () => outgoing.end(chunk('')),
        cut: () => outgoing.destroy(),
        onDrain: listener => outgoing.on('drain', listener),
      };
    },
  };
};
