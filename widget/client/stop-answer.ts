/** Ends an answer on a server that could not be reached when it was stopped: it goes on until then, and is paid for. */

import type { Attention } from './attention.ts';
import { askToStop } from './answer-events.ts';
import type { Send } from './send.ts';

/** With the waits below a quarter of an hour: no answer is longer. */
const mostAttempts = 60;
const firstWaitMs = 500;
const longestWaitMs = 15_000;

/** Never rejects; ends when the server has heard, or will not any more. */
export async function stopAnswer(url: string, send: Send | undefined, attention: Attention): Promise<void> {
  const { signal } = new AbortController();
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    await attention.pause(Math.min(longestWaitMs, firstWaitMs * 2 ** attempt), signal);
    const isHeard = askToStop(url, send).then(
      () => true,
      () => false,
    );
    if (await isHeard) return;
  }
}
