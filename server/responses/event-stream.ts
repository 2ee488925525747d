/** Writes an event log to a client as server-sent events, from any event on, replayed and live alike. */

import type { EventLog, Terminal } from '../generations/event-log.ts';
import { inBandError } from '../errors.ts';
import { DONE, ERROR_EVENT } from '../protocol.ts';
import type { StreamingResponse } from './connection.ts';

export const eventStreamHeaders = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  // Neither kept nor rewritten by anything on the way: a compressing or buffering proxy holds tokens back.
  'Cache-Control': 'no-store, no-transform',
  'X-Accel-Buffering': 'no',
  'X-Content-Type-Options': 'nosniff',
};

const PING = ': ping\n\n';
/** A reader that takes nothing for so many pings is let go. */
const STALLED_PINGS = 4;

/**
 * Writes the events after number `after`, then those to come, then the terminal event, and ends the response.
 * @param pingMs silence after which a comment keeps the connection alive, in milliseconds
 * @param gone aborts when the client has left
 * @returns a promise that settles when the response has ended or the client has left
 */
export function streamEvents(
  log: EventLog,
  after: number,
  out: StreamingResponse,
  pingMs: number,
  gone: AbortSignal,
): Promise<void> {
  return new Promise(resolve => {
    let number = after;
    let waiting = false;
    let stalled = 0;
    let lastWrite = performance.now();
    let timer = setTimeout(tick, pingMs);

    function write(text: string): void {
      lastWrite = performance.now();
      waiting = !out.write(text);
    }
    // All that has come since the last write leaves in one write: writes are what a proxy pays for.
    function advance(): void {
      if (waiting) return;
      const { terminal } = log;
      let text = '';
      for (const data of log.after(number)) text += `id: ${++number}\ndata: ${data}\n\n`;
      if (terminal) text += terminalEvent(terminal);
      if (text !== '') write(text);
      if (terminal) finish();
    }
    function tick(): void {
      // Noting the time of a write is cheaper than a new timer for each.
      const left = lastWrite + pingMs - performance.now();
      timer = setTimeout(tick, left > 0 ? left : pingMs);
      if (left > 0) return;
      if (!waiting) write(PING);
      else if (++stalled >= STALLED_PINGS) out.cut();
    }
    const stop = () => {
      clearTimeout(timer);
      unsubscribe();
      gone.removeEventListener('abort', stop);
      resolve();
    };
    const finish = () => {
      out.end();
      stop();
    };

    const unsubscribe = log.subscribe(advance);
    gone.addEventListener('abort', stop);
    out.onDrain(() => {
      // A web stream also says so while it is being written to, and when nobody has waited.
      if (!waiting) return;
      waiting = false;
      stalled = 0;
      advance();
    });
    advance();
    // Headers that went out for a client that waits long for the first event need a body to be sent with.
    if (number === after && !log.terminal) write(PING);
    if (gone.aborted) stop();
  });
}

function terminalEvent(terminal: Terminal): string {
  if (terminal.done) return `data: ${DONE}\n\n`;
  return `event: ${ERROR_EVENT}\ndata: ${JSON.stringify(inBandError(terminal.error))}\n\n`;
}
