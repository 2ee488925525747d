/**
 * Packs the events of an answer into one text, and gives them back to the byte. The events of an upstream differ in
 * little more than a token: what an event has in common with the one before it is kept as two lengths.
 */

/** @param events texts of one line each, of one character a byte (latin1.ts): a cut may fall into a character of theirs */
export function pack(events: readonly string[]): string {
  let before = '';
  return events.map(event => packAfter(before, (before = event))).join('\n');
}

export function unpack(packed: string): string[] {
  let before = '';
  return packed.split('\n').map(line => (before = unpackAfter(before, line)));
}

/** One line of a packed text, `start,end,middle`: so many bytes of the event before, those between, so many of its last. */
export function packAfter(before: string, event: string): string {
  const most = Math.min(before.length, event.length);
  let start = 0;
  while (start < most && before.charCodeAt(start) === event.charCodeAt(start)) start++;
  let end = 0;
  while (
    end < most - start &&
    before.charCodeAt(before.length - 1 - end) === event.charCodeAt(event.length - 1 - end)
  )
    end++;
  return `${start},${end},${event.slice(start, event.length - end)}`;
}

function unpackAfter(before: string, line: string): string {
  const first = line.indexOf(',');
  const second = line.indexOf(',', first + 1);
  const end = Number(line.slice(first + 1, second));
  return (
    before.slice(0, Number(line.slice(0, first))) + line.slice(second + 1) + before.slice(before.length - end)
  );
}
