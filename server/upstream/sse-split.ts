/**
 * Splits the text of an event stream into its events, however the text was cut.
 * The rules are those of https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation,
 * less `id` and `retry`: an upstream's numbers and delays mean nothing to our clients.
 */

export interface SseEvent {
  /** The `event:` field; empty where there is none. */
  event: string;
  /** The `data:` lines, joined by line feeds. */
  data: string;
}

export class EventTooLarge extends Error {}

export class SseSplitter {
  readonly #maxEventCharacters: number;
  /** The line that has begun, in pieces, so that a line of many pieces is joined and searched only once. */
  #pieces: string[] = [];
  #size = 0;
  #event = '';
  #data: string[] = [];
  #afterCarriageReturn = false;

  constructor(maxEventCharacters: number) {
    this.#maxEventCharacters = maxEventCharacters;
  }

  /**
   * Takes the next text, without a byte order mark, and returns the events that it completes.
   * @throws EventTooLarge when an event has more than `maxEventCharacters`, its end seen or not
   */
  feed(text: string): SseEvent[] {
    if (text === '') return [];
    const lineAlreadyEnded = this.#afterCarriageReturn && text.startsWith('\n');
    this.#afterCarriageReturn = text.endsWith('\r');
    if (lineAlreadyEnded) text = text.slice(1);
    // Nobody sends carriage returns but a few gateways; all others are searched for one character only.
    if (text.includes('\r')) text = text.replace(/\r\n?/g, '\n');

    const events: SseEvent[] = [];
    let start = 0;
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
      this.#take(text.slice(start, end));
      const line = this.#pieces.length === 1 ? this.#pieces[0]! : this.#pieces.join('');
      this.#pieces = [];
      start = end + 1;
      if (line !== '') this.#readField(line);
      else if (this.#data.length > 0) events.push(this.#dispatch());
      else this.#reset();
    }
    if (start < text.length) this.#take(text.slice(start));
    return events;
  }

  #take(piece: string): void {
    this.#size += piece.length;
    if (this.#size > this.#maxEventCharacters) {
      throw new EventTooLarge(`an event has more than ${this.#maxEventCharacters} characters`);
    }
    this.#pieces.push(piece);
  }

  #readField(line: string): void {
    if (line.startsWith('data:')) this.#data.push(line.slice(line[5] === ' ' ? 6 : 5));
    else if (line.startsWith('event:')) this.#event = line.slice(line[6] === ' ' ? 7 : 6);
    else if (line === 'data') this.#data.push('');
    // A comment is no part of an event: a stream of nothing but comments must not grow towards the limit.
    else if (line.startsWith(':')) this.#size -= line.length;
  }

  #dispatch(): SseEvent {
    const event = {
      event: this.#event,
      data: this.#data.length === 1 ? this.#data[0]! : this.#data.join('\n'),
    };
    this.#reset();
    return event;
  }

  #reset(): void {
    this.#event = '';
    this.#data = [];
    this.#size = 0;
  }
}
