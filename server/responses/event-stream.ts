/** Writes an event log to a client as server-sent events, from any event on, replayed and live alike. */

import type { EventLog, Terminal } from '../generations/event-log.ts';
import { inBandError } from '../errors.ts';
import { encode } from '../latin1.ts';
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
 * @param letGo aborts when the client is to resume elsewhere: the response then ends without a terminal event
 * @returns a promise that settles when the response has ended or the client has left
 */
export function streamEvents(
  log: EventLog,
  after: number,
  out: StreamingResponse,
  pingMs: number,
  gone: AbortSignal,
  letGo: AbortSignal,
): Promise<void> {
  return new Promise(resolve => {
    let number = after;
    let waiting = false;
    let stopped = false;
    let stalled = 0;
    let lastWrite = performance.now();
    let timer = setTimeout(tick, pingMs);

    function write(text: string): void {
      lastWrite = performance.now();
      waiting = !out.write(text);
    }
    // All that has come since the last write leaves in one write: writes are what a proxy pays for. Of an old answer the
    // log gives only so much at a time, and a reader that has not taken it is given no more.
    function advance(): void {
      while (!waiting) {
        let text = '';
        for (const data of log.after(number)) text += `id: ${++number}\ndata: ${data}\n\n`;
        const terminal = number >= log.last ? log.terminal : null;
        if (terminal) text += terminalEvent(terminal);
        if (text !== '') write(text);
        if (terminal) return finish();
        if (number >= log.last) return;
      }
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
      stopped = true;
      clearTimeout(timer);
      unsubscribe();
      gone.removeEventListener('abort', stop);
      letGo.removeEventListener('abort', finish);
      resolve();
    };
    const finish = () => {
      stop();
      out.end();
    };

    const unsubscribe = log.subscribe(advance);
    gone.addEventListener('abort', stop);
    letGo.addEventListener('abort', finish);
    out.onDrain(() => {
      // A web stream also says so while it is being written to, and when nobody has waited; Node, while a response is
      // ended whose connection is closing.
      if (!waiting || stopped) return;
      waiting = false;
      stalled = 0;
      advance();
    });
    advance();
    // Headers that went out for a client that waits long for the first event need a body to be sent with.
    if (number === after && !log.terminal) write(PING);
    if (gone.aborted) stop();
    else if (letGo.aborted) finish();
  });
}

function terminalEvent(terminal: Terminal): string {
  if (terminal.done) return `data: ${DONE}\n\n`;
  return `event: ${ERROR_EVENT}\ndata: ${encode(JSON.stringify(inBandError(terminal.error)))}\n\n`;
}
