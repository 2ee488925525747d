/** Sends a request and notes when each piece of the response came: no decompression, no following, no cache. */

import http from 'node:http';
import https from 'node:https';

export interface RawResponse {
  status: number;
  /** By their lower-case names; of those that came several times, the values apart by commas. */
  headers: Readonly<Record<string, string>>;
  /** Milliseconds from the headers to each piece. */
  pieces: ReadonlyArray<{ atMs: number; text: string }>;
  text: string;
  /** Whether it ended by HTTP's rules; not when the connection was cut. */
  complete: boolean;
  durationMs: number;
}

const CONNECT_MS = 10_000;

/**
 * @param base the proxy, which may be under a path of its own
 * @param patienceMs how long it waits for the next piece
 * @throws an error of Node's when there is no connection or no response
 */
export function fetchRaw(
  base: URL,
  method: string,
  path: string,
  headers: Record<string, string>,
  patienceMs = CONNECT_MS,
): Promise<RawResponse> {
  return new Promise((resolve, reject) => {
    const url = new URL(path.slice(1), base);
    const client = url.protocol === 'https:' ? https : http;
    const request = client.request(url, {
      method,
      agent: false,
      headers: { 'user-agent': 'rivulet-chat', ...headers },
    });
    let answered = false;
    // What has come of a response says more than an error.
    request.setTimeout(patienceMs, () =>
      request.destroy(answered ? undefined : new Error(`silent for ${patienceMs} ms`)),
    );
    request.on('error', reject);
    request.on('response', response => {
      answered = true;
      const startedAt = performance.now();
      const pieces: Array<{ atMs: number; text: string }> = [];
      response.setEncoding('utf8');
      response.on('data', (text: string) => pieces.push({ atMs: performance.now() - startedAt, text }));
      response.on('error', () => {});
      response.on('close', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: joined(response.rawHeaders),
          pieces,
          text: pieces.map(({ text }) => text).join(''),
          complete: response.complete,
          durationMs: performance.now() - startedAt,
        }),
      );
    });
    request.end();
  });
}

/** Node leaves out the second of two equal headers, and it is the second one that breaks a page. */
function joined(raw: readonly string[]): Record<string, string> {
  const headers: Record<string, string> = {};
  for (let at = 0; at < raw.length; at += 2) {
    const name = raw[at]!.toLowerCase();
    headers[name] = name in headers ? `${headers[name]}, ${raw[at + 1]}` : raw[at + 1]!;
  }
  return headers;
}
