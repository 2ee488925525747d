/** How a request reaches an upstream: one function, so that Node, the web's fetch and the demo model are alike. */

import { fromBytes } from '../latin1.ts';

export interface TransportRequest {
  /** `POST` where absent. A `GET` sends no body. */
  method?: 'GET' | 'POST';
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string;
  /** Ends the request at any time; its reason is what the transport throws. */
  signal: AbortSignal;
  /** Time to a connection, in milliseconds; a transport that cannot see connections leaves it to the other timers. */
  connectMs: number;
}

/**
 * Takes the bytes that have arrived, as text of one character each (latin1.ts). False: no more are wanted; a promise: none
 * before it has settled.
 */
export type TakeBytes = (bytes: string) => boolean | Promise<void>;

export interface TransportResponse {
  status: number;
  /** A header by its lower-case name. */
  header(name: string): string | null;
  /**
   * Gives the body to `take` as it arrives; for one call. Settles when the body has ended or no more of it is wanted.
   * @throws what `take` throws, or an Error when the body is cut; the connection is then the signal's to close
   */
  read(take: TakeBytes): Promise<void>;
}

/** @throws the signal's reason, or an Error when there is no connection or no answer */
export type Transport = (request: TransportRequest) => Promise<TransportResponse>;

/** The transport of a URL, by its scheme, such as `https:`. */
export type Transports = Readonly<Record<string, Transport>>;

/** The transport of runtimes that have nothing better than `fetch`. */
export const fetchTransport: Transport = async request => {
  const response = await fetch(request.url, {
    method: request.method ?? 'POST',
    headers: request.headers,
    ...(request.method === 'GET' ? {} : { body: request.body }),
    signal: request.signal,
    // A redirect would carry the key to wherever it points. Its status shows it, and it is refused.
    redirect: 'manual',
  });
  return {
    status: response.status,
    header: name => response.headers.get(name),
    read: take => readAll(response.body ?? [], take),
  };
};

/** Reads a body that is iterated over. */
export async function readAll(
  body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  take: TakeBytes,
): Promise<void> {
  for await (const bytes of body) {
    const more = take(fromBytes(bytes));
    if (more === false) return;
    if (more !== true) await more;
  }
}
