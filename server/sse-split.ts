/**
 * Splits the text of an event stream into its events, however the text was cut: an upstream's in the proxy, the
 * proxy's in the widget. The rules are those of
 * https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation, but that an `id` is that
 * of its event alone, and `retry` means nothing: who asks again decides when.
 */

export interface SseEvent {
  /** The `id:` field; empty where there is none. */
  id: string;
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
  #id = '';
  #event = '';
  #data: string[] = [];
  #afterCarriageReturn = false;

  constructor(maxEventCharacters: number) {
    this.#maxEventCharacters = maxEventCharacters;
  }

  /**
   * Takes the next text, without a byte order mark, and yields the events that it completes.
   * @throws EventTooLarge when an event has more than `maxEventCharacters`, its end seen or not
   */
  *feed(text: string): Generator<SseEvent, void> {
    if (text === '') return;
    const lineAlreadyEnded = this.#afterCarriageReturn && text.startsWith('\n');
    this.#afterCarriageReturn = text.endsWith('\r');
    if (lineAlreadyEnded) text = text.slice(1);
    // Nobody sends carriage returns but a few gateways; all others are searched for one character only.
    if (text.includes('\r')) text = text.replace(/\r\n?/g, '\n');

    let start = 0;
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
      this.#take(text.slice(start, end));
      const line = this.#pieces.length === 1 ? this.#pieces[0]! : this.#pieces.join('');
      this.#pieces = [];
      start = end + 1;
      if (line !== '') this.#readField(line);
      else if (this.#data.length > 0) yield this.#dispatch();
      else this.#reset();
    }
    if (start < text.length) this.#take(text.slice(start));
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
    else if (line.startsWith('id:')) this.#id = line.slice(line[3] === ' ' ? 4 : 3);
    else if (line === 'data') this.#data.push('');
    // A comment is no part of an event: a stream of nothing but comments must not grow towards the limit.
    else if (line.startsWith(':')) this.#size -= line.length;
  }

  #dispatch(): SseEvent {
    const event = {
      id: this.#id,
      event: this.#event,
      data: this.#data.length === 1 ? this.#data[0]! : this.#data.join('\n'),
    };
    this.#reset();
    return event;
  }

  #reset(): void {
    this.#id = '';
    this.#event = '';
    this.#data = [];
    this.#size = 0;
  }
}
