/** The splitter of an upstream's events: every case whole, byte by byte and at random cuts. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decode, encode } from '../../server/latin1.ts';
import { EventTooLarge, SseSplitter } from '../../server/upstream/sse-split.ts';
import { randomCuts, seededRandom } from '../support/random.ts';

interface SseEvent {
  data: string;
  name: string;
}

const event = (data: string, name = ''): SseEvent => ({ data, name });

const cases: Array<[name: string, text: string, events: SseEvent[]]> = [
  ['one event', 'data: a\n\n', [event('a')]],
  ['two events', 'data: a\n\ndata: b\n\n', [event('a'), event('b')]],
  ['no space after the colon', 'data:a\n\n', [event('a')]],
  ['only the first space is left out', 'data:  a\n\n', [event(' a')]],
  ['several data lines', 'data: a\ndata: b\n\n', [event('a b')]],
  ['an empty data line', 'data:\n\n', [event('')]],
  ['a data field without a colon', 'data\n\n', [event('')]],
  ['a named event', 'event: error\ndata: a\n\n', [event('a', 'error')]],
  ['the name holds for one event', 'event: error\ndata: a\n\ndata: b\n\n', [event('a', 'error'), event('b')]],
  ['a name without data', 'event: error\n\ndata: b\n\n', [event('b')]],
  ['comments', ': hello\n\n:\ndata: a\n: between\n\n', [event('a')]],
  ['other fields', 'id: 7\nretry: 10\nfoo: bar\ndata: a\n\n', [event('a')]],
  ['a field that only begins like data', 'database: x\n\ndata: a\n\n', [event('a')]],
  ['CRLF', 'data: a\r\n\r\ndata: b\r\n\r\n', [event('a'), event('b')]],
  ['CR', 'data: a\r\rdata: b\r\r', [event('a'), event('b')]],
  ['mixed line ends', 'data: a\r\n\rdata: b\n\r\ndata: c\r\n\n', [event('a'), event('b'), event('c')]],
  ['an event without its end is none', 'data: a\n\ndata: half\n', [event('a')]],
  ['half a line is none', 'data: a\n\ndata: ha', [event('a')]],
  ['a byte order mark', '\ufeffdata: a\n\ndata: b\n\n', [event('a'), event('b')]],
  ['a byte order mark is one at the beginning only', 'data: a\n\n\ufeffdata: b\n\n', [event('a')]],
  ['events of one line and of several', 'data: a\n\ndata: b\ndata: c\n\n', [event('a'), event('b c')]],
  ['emoji and Chinese', 'data: 👩‍👩‍👧 汉字\n\n', [event('👩‍👩‍👧 汉字')]],
  ['blank lines between', '\n\n\ndata: a\n\n\n\n', [event('a')]],
  ['CR LF CR LF after CR', 'data: a\r\n\r\n\r\n\r\ndata: b\r\n\r\n', [event('a'), event('b')]],
];

for (const [name, text, events] of cases) {
  test(`${name}, however it is cut`, () => {
    const bytes = encode(text);
    assert.deepEqual(split([bytes]), events, 'whole');
    assert.deepEqual(split([...bytes]), events, 'byte by byte');
    const random = seededRandom(1);
    for (let i = 0; i < 50; i++) assert.deepEqual(split(randomCuts(bytes, random)), events, 'at random cuts');
  });
}

test('an empty piece between CR and LF does not make a line of its own', () => {
  assert.deepEqual(split(['data: a\r', '', '\n', 'data: b\r\n\r\n']), [event('a b')]);
});

test('an event may be as large as the limit and no larger, its end seen or not', () => {
  assert.equal(split([`data: ${'x'.repeat(94)}\n\n`], 100)[0]?.data.length, 94);
  assert.throws(() => split([`data: ${'x'.repeat(95)}\n\n`], 100), EventTooLarge);
  assert.throws(() => split(Array(11).fill('data: xxxx'), 100), EventTooLarge);
  assert.throws(() => split(Array(30).fill('data: x\n'), 100), EventTooLarge);
});

test('comments for ever are no growing event', () => {
  assert.deepEqual(
    split([...Array(1_000).fill(': keep-alive\n\n'), ...Array(1_000).fill(': ping\n')], 100),
    [],
  );
});

function split(pieces: string[], limit = 1_000): SseEvent[] {
  const events: SseEvent[] = [];
  const splitter = new SseSplitter(limit, (data, name) => events.push(event(decode(data), name)));
  for (const piece of pieces) splitter.feed(piece);
  return events;
}
