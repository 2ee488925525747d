/** Sends the proxy what is no question. */

import type { paths } from '../../server/protocol.ts';
import { callUrl } from './endpoint.ts';
import { toJson } from '../conversation/to-json.ts';
import type { Send } from './send.ts';

export type PostedPath = (typeof paths)['feedback' | 'contact'];

/**
 * Outlives the page, where it is small enough for that.
 * @throws where the server cannot be reached
 */
export function post(
  send: Send,
  endpoint: string,
  path: PostedPath,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const text = toJson(body);
  return send(callUrl(endpoint, path), {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: text,
    credentials: 'omit',
    cache: 'no-store',
    keepalive: text.length < MAX_KEPT_ALIVE,
  });
}

/** All such requests of a page together may have 64 KiB: https://fetch.spec.whatwg.org/#http-network-or-cache-fetch */
const MAX_KEPT_ALIVE = 10_000;
