/** Starts the upstream that misbehaves, as a process of its own, and asks it what it has seen. */

import { forkServer } from './fork-server.ts';

export interface UpstreamStats {
  /** Completions asked for. */
  requests: number;
  /** Each of them in its order, as the model and the key. */
  asked: Array<{ model: string; key: string }>;
  /** Answers being given now, and their models. */
  answering: number;
  models: string[];
  /** Answers whose hearer hung up before their end. */
  aborted: number;
  /** When the latest of those was noticed, as a time of `Date.now()`. */
  lastAbortAt: number;
  /** Requests that came to where only a followed redirect leads. */
  followedRedirects: number;
  /** Sockets that have carried a completion and are open, idle or not. */
  open: number;
  /** Open sockets that have never carried a request. */
  unused: number;
  /** What the latest answer to end had got rid of. */
  lastAnswerBytes: number;
  lastRequest: { path: string; headers: Record<string, string>; body: Record<string, unknown> } | null;
}

export interface Upstream {
  /** Base URL of the API, ending in `/v1`. */
  url: string;
  stats(): Promise<UpstreamStats>;
  /** Forgets what was seen; what is open stays. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

export async function startUpstream(): Promise<Upstream> {
  const { origin, close } = await forkServer('upstream.mjs');
  // Each call closes its connection, so that none of ours is among those counted or left.
  const call = (path: string, method = 'GET') =>
    fetch(`${origin}${path}`, { method, headers: { connection: 'close' } });

  return {
    url: `${origin}/v1`,
    stats: async () => (await (await call('/stats')).json()) as UpstreamStats,
    reset: async () => void (await call('/reset', 'POST')),
    close,
  };
}
