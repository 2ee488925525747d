/**
 * The splitter of event streams: every case whole, unit by unit and at random cuts, and made ones against a parser
 * that others wrote.
 */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createParser } from 'eventsource-parser';
import { EventTooLarge, type SseEvent, SseSplitter } from '../../server/sse-split.ts';
import { randomCuts, seededRandom } from '../support/random.ts';

const event = (data: string, name = '', id = ''): SseEvent => ({ id, event: name, data });

const cases: Array<[name: string, text: string, events: SseEvent[]]> = [
  ['one event', 'data: a\n\n', [event('a')]],
  ['two events', 'data: a\n\ndata: b\n\n', [event('a'), event('b')]],
  ['no space after the colon', 'data:a\n\n', [event('a')]],
  ['only the first space is left out', 'data:  a\n\n', [event(' a')]],
  ['several data lines', 'data: a\ndata: b\n\n', [event('a\nb')]],
  ['an empty data line', 'data:\n\n', [event('')]],
  ['a data field without a colon', 'data\n\n', [event('')]],
  ['a named event', 'event: error\ndata: a\n\n', [event('a', 'error')]],
  ['the name holds for one event', 'event: error\ndata: a\n\ndata: b\n\n', [event('a', 'error'), event('b')]],
  ['a name without data', 'event: error\n\ndata: b\n\n', [event('b')]],
  ['comments', ': hello\n\n:\ndata: a\n: between\n\n', [event('a')]],
  ['other fields', 'retry: 10\nfoo: bar\ndata: a\n\n', [event('a')]],
  ['a number', 'id: 7\ndata: a\n\n', [event('a', '', '7')]],
  ['a number without a space, after the data', 'data: a\nid:7\n\n', [event('a', '', '7')]],
  ['the number is that of one event', 'id: 7\ndata: a\n\ndata: b\n\n', [event('a', '', '7'), event('b')]],
  ['a number without data', 'id: 7\n\ndata: b\n\n', [event('b')]],
  ['a field that only begins like data', 'database: x\n\ndata: a\n\n', [event('a')]],
  ['CRLF', 'data: a\r\n\r\ndata: b\r\n\r\n', [event('a'), event('b')]],
  ['CR', 'data: a\r\rdata: b\r\r', [event('a'), event('b')]],
  ['mixed line ends', 'data: a\r\n\rdata: b\n\r\ndata: c\r\n\n', [event('a'), event('b'), event('c')]],
  ['an event without its end is none', 'data: a\n\ndata: half\n', [event('a')]],
  ['half a line is none', 'data: a\n\ndata: ha', [event('a')]],
  ['emoji and Chinese', 'data: 👩‍👩‍👧 汉字\n\n', [event('👩‍👩‍👧 汉字')]],
  ['blank lines between', '\n\n\ndata: a\n\n\n\n', [event('a')]],
  ['CR LF CR LF after CR', 'data: a\r\n\r\n\r\n\r\ndata: b\r\n\r\n', [event('a'), event('b')]],
];

for (const [name, text, events] of cases) {
  test(`${name}, however it is cut`, () => {
    assert.deepEqual(split([text]), events, 'whole');
    assert.deepEqual(split([...Array(text.length).keys()].map(i => text[i]!)), events, 'unit by unit');
    const random = seededRandom(1);
    for (let i = 0; i < 50; i++) assert.deepEqual(split(randomCuts(text, random)), events, 'at random cuts');
  });
}

test('an empty piece between CR and LF does not make a line of its own', () => {
  assert.deepEqual(split(['data: a\r', '', '\n', 'data: b\r\n\r\n']), [event('a\nb')]);
});

test('events that came with one that is too large are there before it', () => {
  const seen: string[] = [];
  assert.throws(() => {
    for (const { data } of new SseSplitter(20).feed(`data: a\n\ndata: ${'x'.repeat(20)}`)) seen.push(data);
  }, EventTooLarge);
  assert.deepEqual(seen, ['a']);
});

test('made streams have the events that eventsource-parser finds in them', () => {
  const random = seededRandom(2);
  const parts = [
    'data',
    'data:',
    'event:',
    'id:',
    'retry: 9',
    ':',
    ' ',
    'a',
    'b7',
    '汉',
    '\n',
    '\n',
    '\r',
    '\r\n',
    '\n\n',
  ];
  let found = 0;
  for (let i = 0; i < 2_000; i++) {
    const made = Array.from({ length: 40 }, () => parts[Math.floor(random() * parts.length)]!).join('');
    // What is held until the stream ends differs, and matters to nobody: half an event is none.
    const text = `${made}\n\ndata: end\n\n`;
    const expected: SseEvent[] = [];
    const parser = createParser({
      onEvent: ({ id = '', event = '', data }) => expected.push({ id, event, data }),
    });
    parser.feed(text);
    found += expected.length;
    assert.deepEqual(split(randomCuts(text, random)), expected, JSON.stringify(text));
  }
  assert.ok(found > 4_000, `${found} events`);
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
  const splitter = new SseSplitter(limit);
  return pieces.flatMap(piece => [...splitter.feed(piece)]);
}
