/** Ends an answer on the server: where it cannot be reached, the answer goes on until then, and is paid for. */

import type { Attention } from './attention.ts';
import type { Send } from './send.ts';

/** With the waits below a quarter of an hour: no answer is longer. */
const mostAttempts = 60;
const firstWaitMs = 500;
const longestWaitMs = 15_000;

/** Never rejects; ends when the server has heard, or will not any more. */
export async function stopAnswer(url: string, send: Send = fetch, attention: Attention): Promise<void> {
  const { signal } = new AbortController();
  for (let attempt = 0; !(await isHeard(url, send)) && attempt < mostAttempts; attempt += 1)
    await attention.pause(Math.min(longestWaitMs, firstWaitMs * 2 ** attempt), signal);
}

/** The request outlives the page. Whether the server is there, and could do it now. */
function isHeard(url: string, send: Send): Promise<boolean> {
  return send(url, { method: 'DELETE', credentials: 'omit', keepalive: true }).then(
    ({ status }) => status < 429,
    () => false,
  );
}
