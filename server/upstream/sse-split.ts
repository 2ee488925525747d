/**
 * Splits an event stream into its events, however it was cut. It reads bytes as text of one character each (latin1.ts).
 * The rules are those of https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation,
 * less `id` and `retry`, as an upstream's numbers and delays mean nothing to our clients; and an event is one line, as it
 * is JSON: between its tokens a line feed is a space, and inside its strings there is none.
 */

import { copy } from '../latin1.ts';

export class EventTooLarge extends Error {}

/**
 * @param data the `data:` lines, joined by spaces
 * @param name the `event:` field; empty where there is none
 */
export type TakeEvent = (data: string, name: string) => void;

const BYTE_ORDER_MARK = '\xef\xbb\xbf';
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

export class SseSplitter {
  readonly #maxEventBytes: number;
  readonly #take: TakeEvent;
  /** The line that has begun, in pieces, so that a line of many pieces is joined and searched only once. */
  #pieces: string[] = [];
  /** Bytes of the event that has begun; 0 between two events. */
  #size = 0;
  #name = '';
  #data: string[] = [];
  #begun = false;
  #afterCarriageReturn = false;

  constructor(maxEventBytes: number, take: TakeEvent) {
    this.#maxEventBytes = maxEventBytes;
    this.#take = take;
  }

  /**
   * Reads on, and gives each event that is whole to `take`.
   * @throws EventTooLarge when an event has more than `maxEventBytes`, its end seen or not
   */
  feed(bytes: string): void {
    if (bytes === '') return;
    const lineAlreadyEnded = this.#afterCarriageReturn && bytes.charCodeAt(0) === LINE_FEED;
    this.#afterCarriageReturn = bytes.charCodeAt(bytes.length - 1) === CARRIAGE_RETURN;
    if (lineAlreadyEnded) bytes = bytes.slice(1);
    // Nobody sends carriage returns but a few gateways; all others are searched for one character only.
    if (bytes.includes('\r')) bytes = bytes.replace(/\r\n?/g, '\n');

    for (let start = 0; start < bytes.length; ) {
      const end = bytes.indexOf('\n', start);
      if (end === -1) return this.#keep(start === 0 ? bytes : copy(bytes.slice(start)));
      if (this.#isWholeEvent(bytes, start, end)) {
        this.#count(end - start);
        this.#size = 0;
        this.#begun = true;
        this.#take(bytes.slice(start + 6, end), '');
        start = end + 2;
      } else {
        this.#keep(bytes.slice(start, end));
        this.#readLine();
        start = end + 1;
      }
    }
  }

  /** Whether this line is all of an event, as nearly all events are: these are not taken apart and put together. */
  #isWholeEvent(bytes: string, start: number, end: number): boolean {
    return this.#size === 0 && bytes.charCodeAt(end + 1) === LINE_FEED && bytes.startsWith('data: ', start);
  }

  #keep(piece: string): void {
    this.#count(piece.length);
    this.#pieces.push(piece);
  }

  #count(bytes: number): void {
    this.#size += bytes;
    if (this.#size > this.#maxEventBytes) {
      throw new EventTooLarge(`an event has more than ${this.#maxEventBytes} bytes`);
    }
  }

  #readLine(): void {
    let line = this.#pieces.length === 1 ? this.#pieces[0]! : this.#pieces.join('');
    this.#pieces = [];
    if (!this.#begun && line.startsWith(BYTE_ORDER_MARK)) line = line.slice(BYTE_ORDER_MARK.length);
    this.#begun = true;
    if (line !== '') return this.#readField(line);

    const [data, name] = [this.#data, this.#name];
    this.#data = [];
    this.#name = '';
    this.#size = 0;
    if (data.length > 0) this.#take(data.length === 1 ? data[0]! : data.join(' '), name);
  }

  #readField(line: string): void {
    if (line.startsWith('data:')) this.#data.push(line.slice(line[5] === ' ' ? 6 : 5));
    else if (line.startsWith('event:')) this.#name = line.slice(line[6] === ' ' ? 7 : 6);
    else if (line === 'data') this.#data.push('');
    // A comment is no part of an event: a stream of nothing but comments must not grow towards the limit.
    else if (line.startsWith(':')) this.#size -= line.length;
  }
}
