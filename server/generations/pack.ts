/**
 * Packs the events of an answer into one text, and gives them back to the byte. The events of an upstream differ in
 * little more than a token: what an event has in common with the one before it is kept as two lengths.
 */

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

/** Packs one event after the other. */
export class Packer {
  readonly #lines: string[] = [];
  #before = '';
  /** What the events have begun and ended with lately: these are compared at once, and only what is between by its bytes. */
  #head = '';
  #tail = '';
  #size = 0;

  get length(): number {
    return this.#lines.length;
  }

  /** Bytes of the text. */
  get size(): number {
    return this.#size;
  }

  /** Joined, it is also cut off from the chunks of the network that its pieces would hold in memory. */
  get text(): string {
    return this.#lines.join('\n');
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
    const line = `${start},${end},${event.slice(start, event.length - end)}`;
    this.#before = event;
    this.#lines.push(line);
    this.#size += line.length + 1;
  }
}

function unpackAfter(before: string, line: string): string {
  const first = line.indexOf(',');
  const second = line.indexOf(',', first + 1);
  const end = Number(line.slice(first + 1, second));
  return (
    before.slice(0, Number(line.slice(0, first))) + line.slice(second + 1) + before.slice(before.length - end)
  );
}
