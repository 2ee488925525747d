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

/** One client's reading of a log. It holds nothing of the client's request: that is over long before the stream is. */
export class EventStream {
  readonly #log: EventLog;
  readonly #pingMs: number;
  /** Of the last event that was written. */
  #number: number;
  /** Null before the response has begun, and after its end. */
  #out: StreamingResponse | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #unsubscribe = nothing;
  /** Settles what is waited for: the first event, then the end. */
  #settle = nothing;
  #isGone = false;
  #isLetGo = false;
  /** Whether the client is to take first what it was given. */
  #waiting = false;
  /** When it has, for those that it keeps waiting, and what settles that. */
  #drain: Promise<void> | undefined;
  #settleDrain = nothing;
  #stalledPings = 0;
  #lastWrite = 0;

  /**
   * @param after the number of the last event that the client has
   * @param pingMs silence after which a comment keeps the connection alive, in milliseconds
   */
  constructor(log: EventLog, after: number, pingMs: number) {
    this.#log = log;
    this.#number = after;
    this.#pingMs = pingMs;
  }

  /** Settles when there is something to write or nobody to write it to, and after `pingMs` at the latest. */
  async untilBegun(): Promise<void> {
    if (this.#log.last > this.#number || this.#log.terminal || this.#isGone || this.#isLetGo) return;
    await new Promise<void>(resolve => {
      this.#settle = resolve;
      this.#timer = setTimeout(resolve, this.#pingMs);
      this.#unsubscribe = this.#log.subscribe(resolve);
    });
    this.#stop();
  }

  /** Writes the events, then the terminal one, and ends the response; settles when it has ended or the client has gone. */
  write(out: StreamingResponse): Promise<void> {
    return new Promise(resolve => {
      this.#settle = resolve;
      this.#out = out;
      this.#unsubscribe = this.#log.subscribe(() => this.#advance());
      this.#lastWrite = performance.now();
      this.#timer = setTimeout(() => this.#tick(), this.#pingMs);
      out.onDrain(() => this.#drained());
      const from = this.#number;
      this.#advance();
      // Headers that went out for a client that waits long for the first event need a body to be sent with.
      if (this.#number === from && !this.#log.terminal) this.#write(PING);
      if (this.#isGone) this.#stop();
      else if (this.#isLetGo) this.#finish();
    });
  }

  /** The client has gone away. */
  gone(): void {
    this.#isGone = true;
    this.#stop();
  }

  /** The client is to resume elsewhere: the response ends without a terminal event. */
  letGo(): void {
    this.#isLetGo = true;
    this.#finish();
  }

  /**
   * All that has come since the last write leaves in one write: writes are what a proxy pays for. Of an old answer the
   * log gives only so much at a time, and a reader that has not taken it is given no more.
   */
  #advance(): Promise<void> | undefined {
    const log = this.#log;
    while (!this.#waiting) {
      let text = '';
      for (const data of log.after(this.#number)) text += `id: ${++this.#number}\ndata: ${data}\n\n`;
      const terminal = this.#number >= log.last ? log.terminal : null;
      if (terminal) text += terminalEvent(terminal);
      if (text !== '') this.#write(text);
      if (terminal) this.#finish();
      if (terminal || this.#number >= log.last) break;
    }
    return this.#waiting ? this.#untilDrained() : undefined;
  }

  #untilDrained(): Promise<void> {
    return (this.#drain ??= new Promise(resolve => {
      this.#settleDrain = resolve;
    }));
  }

  #write(text: string): void {
    this.#lastWrite = performance.now();
    this.#waiting = !this.#out!.write(text);
  }

  #drained(): void {
    // A web stream also says so while it is being written to, and when nobody has waited.
    if (!this.#waiting || !this.#out) return;
    this.#waiting = false;
    this.#stalledPings = 0;
    this.#drain = undefined;
    this.#settleDrain();
    this.#advance();
  }

  #tick(): void {
    // Noting the time of a write is cheaper than a new timer for each.
    const left = this.#lastWrite + this.#pingMs - performance.now();
    this.#timer = setTimeout(() => this.#tick(), left > 0 ? left : this.#pingMs);
    if (left > 0) return;
    if (!this.#waiting) this.#write(PING);
    else if (++this.#stalledPings >= STALLED_PINGS) this.#out!.cut();
  }

  #finish(): void {
    const out = this.#out;
    // Node says that there is room also while a response is ended whose connection is closing.
    this.#out = null;
    out?.end();
    this.#stop();
  }

  #stop(): void {
    clearTimeout(this.#timer);
    this.#unsubscribe();
    this.#unsubscribe = nothing;
    // Nobody waits for who has left.
    this.#settleDrain();
    this.#settle();
  }
}

function nothing(): void {}

function terminalEvent(terminal: Terminal): string {
  const { figures } = terminal;
  const told = figures ? `: ${JSON.stringify({ rivulet: figures })}\n\n` : '';
  if (terminal.done) return `${told}data: ${DONE}\n\n`;
  return `${told}event: ${ERROR_EVENT}\ndata: ${encode(JSON.stringify(inBandError(terminal.error)))}\n\n`;
}
