/**
 * Packs the events of an answer into one text, and gives them back to the byte. The events of an upstream differ in
 * little more than a token: what an event has in common with the one before it is kept as two lengths.
 */

import { fromBytes } from '../latin1.ts';

/** @param events texts of one line each, of one character a byte (latin1.ts): a cut may fall into a character of theirs */
export function pack(events: readonly string[]): string {
  const packer = new Packer();
  for (const event of events) packer.add(event);
  return packer.text;
}

export function unpack(packed: string): string[] {
  let before = '';
  return packed.split('\n').map(line => (before = unpackAfter(before, line)));
}

/** Bytes at first; a text of many tokens soon has some kilobytes. */
const FIRST_BYTES = 256;
const [LINE_FEED, COMMA] = [10, 44];

/**
 * Packs one event after the other. Until it is wanted, the text is bytes: a string that grows is made of many small ones,
 * and of pieces that hold the chunks of the network in memory which they were cut from.
 */
export class Packer {
  #bytes = new Uint8Array(FIRST_BYTES);
  #size = 0;
  #length = 0;
  #before = '';
  /** What the events have begun and ended with lately: these are compared at once, and only what is between by its bytes. */
  #head = '';
  #tail = '';

  /** Events so far. */
  get length(): number {
    return this.#length;
  }

  /** Bytes of the text. */
  get size(): number {
    return this.#size;
  }

  get text(): string {
    return fromBytes(this.#bytes.subarray(0, this.#size));
  }

  /** Gives the text away and begins a new one. */
  take(): string {
    const { text } = this;
    this.#size = this.#length = 0;
    this.#before = this.#head = this.#tail = '';
    return text;
  }

  /** Each line is `start,end,middle`: so many bytes of the event before, those between, so many of its last ones. */
  add(event: string): void {
    const before = this.#before;
    const most = Math.min(before.length, event.length);
    // Equality of slices compares words of memory; `startsWith`, one character after the other.
    let start = event.slice(0, this.#head.length) === this.#head ? this.#head.length : 0;
    while (start < most && before.charCodeAt(start) === event.charCodeAt(start)) start++;
    let end = event.slice(-this.#tail.length) === this.#tail ? Math.min(this.#tail.length, most - start) : 0;
    while (
      end < most - start &&
      before.charCodeAt(before.length - 1 - end) === event.charCodeAt(event.length - 1 - end)
    )
      end++;

    if (start < this.#head.length || this.#head === '') this.#head = event.slice(0, start);
    if (end < this.#tail.length || this.#tail === '') this.#tail = event.slice(event.length - end);
    this.#before = event;
    this.#write(start, end, event);
  }

  #write(start: number, end: number, event: string): void {
    // Two numbers of at most ten digits, and what stands between.
    const most = this.#size + event.length - start - end + 24;
    if (most > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(most, 2 * this.#bytes.length));
      grown.set(this.#bytes);
      this.#bytes = grown;
    }
    const bytes = this.#bytes;
    let at = this.#size;
    if (this.#length++ > 0) bytes[at++] = LINE_FEED;
    at = writeNumber(bytes, at, start);
    bytes[at++] = COMMA;
    at = writeNumber(bytes, at, end);
    bytes[at++] = COMMA;
    for (let from = start; from < event.length - end; from++) bytes[at++] = event.charCodeAt(from);
    this.#size = at;
  }
}

/** In decimal digits; returns where they end. */
function writeNumber(bytes: Uint8Array, at: number, number: number): number {
  if (number >= 10) at = writeNumber(bytes, at, Math.floor(number / 10));
  bytes[at] = 0x30 + (number % 10);
  return at + 1;
}

function unpackAfter(before: string, line: string): string {
  const first = line.indexOf(',');
  const second = line.indexOf(',', first + 1);
  const end = Number(line.slice(first + 1, second));
  return (
    before.slice(0, Number(line.slice(0, first))) + line.slice(second + 1) + before.slice(before.length - end)
  );
}
