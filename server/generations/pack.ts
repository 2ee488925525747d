/**
 * Packs the events of an answer into one text, and gives them back to the character. The events of an upstream differ in
 * little more than a token: what an event has in common with the one before it is kept as two lengths.
 */

/** @param events texts of one line each */
export function pack(events: readonly string[]): string {
  let before = '';
  // Joined, the text is also cut off from the chunks of the network that its pieces would hold in memory.
  return events.map(event => packAfter(before, (before = event))).join('\n');
}

export function unpack(packed: string): string[] {
  let before = '';
  return packed.split('\n').map(line => (before = unpackAfter(before, line)));
}

/** `start,end,middle`: so many characters of the event before, the text between, so many of its last ones. */
function packAfter(before: string, event: string): string {
  const most = Math.min(before.length, event.length);
  let start = 0;
  while (start < most && before.charCodeAt(start) === event.charCodeAt(start)) start++;
  let end = 0;
  while (
    end < most - start &&
    before.charCodeAt(before.length - 1 - end) === event.charCodeAt(event.length - 1 - end)
  )
    end++;
  // Half a character would not survive being written as UTF-8.
  if (start > 0 && isHighSurrogate(event.charCodeAt(start - 1))) start--;
  if (end > 0 && isLowSurrogate(event.charCodeAt(event.length - end))) end--;
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

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code < 0xdc00;
}

function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code < 0xe000;
}
