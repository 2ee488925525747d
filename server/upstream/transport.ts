/** How a request reaches an upstream: one function, so that Node, the web's fetch and the demo model are alike. */

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

export interface TransportResponse {
  status: number;
  /** A header by its lower-case name. */
  header(name: string): string | null;
  /** The bytes as they arrive. Leaving the loop over it, or the request's signal, closes the connection. */
  body: AsyncIterable<Uint8Array>;
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
    body: response.body ?? emptyBody(),
  };
};

async function* emptyBody(): AsyncGenerator<Uint8Array> {}
