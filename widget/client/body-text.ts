/** The text of a response's body as it arrives. */

/** The network failed: what the server has to say is not known. */
export class Disconnect extends Error {}

export function disconnected(cause: unknown): never {
  throw new Disconnect('disconnected', { cause });
}

/** Leaving the loop over it closes the connection. Throws `Disconnect` where the connection breaks. */
export async function* bodyText(response: Response): AsyncGenerator<string, void> {
  const reader = response.body?.getReader();
  if (!reader) return;
  const decoder = new TextDecoder();
  try {
    for (;;) {
      const { done, value } = await reader.read().catch(disconnected);
      if (done) break;
      yield decoder.decode(value, { stream: true });
    }
    yield decoder.decode();
  } finally {
    void close(reader);
  }
}

/** How long a response that has said all may take to end by itself. */
const CLOSING_MS = 1000;

/**
 * After the event that ends an answer the response ends too: with one more read it does so properly, and its
 * connection can be used again. One that goes on is cancelled.
 */
async function close(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  const cancel = () => void reader.cancel().catch(() => {});
  const timer = setTimeout(cancel, CLOSING_MS);
  await reader.read().catch(() => {});
  clearTimeout(timer);
  cancel();
}
