/** Ends a connection that seems to be dead: it would not end by itself for minutes. */

import type { Attention } from './attention.ts';
import type { Connection } from './connection.ts';

/** The server pings after 15 s of silence. */
const LONGEST_SILENCE_MS = 25_000;

export function watch(connection: Connection, signal: AbortSignal, attention: Attention): void {
  const ended = AbortSignal.any([connection.signal, signal]);
  const end = () => connection.abort();
  let silence = setTimeout(end, LONGEST_SILENCE_MS);
  connection.alive = () => {
    clearTimeout(silence);
    if (!ended.aborted) silence = setTimeout(end, LONGEST_SILENCE_MS);
  };
  ended.addEventListener('abort', () => clearTimeout(silence));
  attention.onDoubt(end, ended);
}
