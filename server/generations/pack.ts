/**
 * Packs the events of an answer into one text, and gives them back to the byte. The events of an upstream differ in
 * little more than a token: what an event has in common with the one before it is kept as two lengths, and mostly these
 * are the same again. What other processes read is packed so too: another format needs other keys (redis/redis.ts).
 */

import { fromBytes } from '../latin1.ts';

const [LINE_FEED, COMMA] = [10, 44];
/** Two numbers of at most ten digits, and what stands between. */
const LENGTHS_BYTES = 24;

/**
 * Where texts are made, one after the other. As bytes: a string that grows is made of many small ones, and of pieces that
 * hold the chunks of the network in memory which they were cut from.
 */
let bytes = new Uint8Array(4_096);

/**
 * Each line is `start,end,middle`: so many bytes of the event before, those between, so many of its last ones. A length
 * that the line before has as well is left out.
 * @param events texts of one line each, of one character a byte (latin1.ts): a cut may fall into a character of theirs
 */
export function pack(events: readonly string[]): string {
  let at = 0;
  let before = '';
  let [startBefore, endBefore] = [0, 0];
  // What the events have begun and ended with lately: these are compared at once, and only what is between by its bytes.
  let head = '';
  let tail = '';
  for (const event of events) {
    const most = Math.min(before.length, event.length);
    // Equality of slices compares words of memory; `startsWith`, one character after the other.
    let start = event.slice(0, head.length) === head ? head.length : 0;
    while (start < most && before.charCodeAt(start) === event.charCodeAt(start)) start++;
    let end = event.slice(-tail.length) === tail ? Math.min(tail.length, most - start) : 0;
    while (
      end < most - start &&
      before.charCodeAt(before.length - 1 - end) === event.charCodeAt(event.length - 1 - end)
    )
      end++;

    if (start < head.length || head === '') head = event.slice(0, start);
    if (end < tail.length || tail === '') tail = event.slice(event.length - end);
    before = event;
    reserve(at, event.length - start - end + LENGTHS_BYTES);
    if (at > 0) bytes[at++] = LINE_FEED;
    if (start !== startBefore) at = writeNumber(at, start);
    bytes[at++] = COMMA;
    if (end !== endBefore) at = writeNumber(at, end);
    bytes[at++] = COMMA;
    startBefore = start;
    endBefore = end;
    for (let from = start; from < event.length - end; from++) bytes[at++] = event.charCodeAt(from);
  }
  return fromBytes(bytes.subarray(0, at));
}

export function unpack(packed: string): string[] {
  let before = '';
  let [start, end] = [0, 0];
  return packed.split('\n').map(line => {
    const first = line.indexOf(',');
    const second = line.indexOf(',', first + 1);
    if (first > 0) start = Number(line.slice(0, first));
    if (second > first + 1) end = Number(line.slice(first + 1, second));
    return (before = before.slice(0, start) + line.slice(second + 1) + before.slice(before.length - end));
  });
}

/** Makes room for so many bytes behind those that are there. */
function reserve(used: number, more: number): void {
  if (used + more <= bytes.length) return;
  const grown = new Uint8Array(Math.max(used + more, 2 * bytes.length));
  grown.set(bytes);
  bytes = grown;
}

/** In decimal digits; returns where they end. */
function writeNumber(at: number, number: number): number {
  if (number >= 10) at = writeNumber(at, Math.floor(number / 10));
  bytes[at] = 0x30 + (number % 10);
  return at + 1;
}
