/** The parser of event streams reads the same without what the build takes out of it. */

import assert from 'node:assert/strict';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { withoutUnused } from '../../vite.unused.ts';
import { randomCuts, seededRandom } from '../support/random.ts';

type CreateParser = typeof createParser;

const maxBufferSize = 400;
let folder: string;
let createStripped: CreateParser;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rivulet-unused-'));
  const dist = dirname(fileURLToPath(import.meta.resolve('eventsource-parser')));
  const source = join(dist, 'parse.js');
  const { transform } = withoutUnused();
  assert.ok(typeof transform === 'object');
  const strip = transform.handler as (code: string, id: string) => string;
  await copyFile(join(dist, 'errors.js'), join(folder, 'errors.js'));
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  await writeFile(join(folder, 'parse.js'), strip(await readFile(source, 'utf8'), source));
  ({ createParser: createStripped } = (await import(pathToFileURL(join(folder, 'parse.js')).href)) as {
    createParser: CreateParser;
  });
});

after(() => rm(folder, { recursive: true }));

/** What a parser tells of a stream that comes in these pieces. */
function told(create: CreateParser, pieces: readonly string[]): unknown[] {
  const events: unknown[] = [];
  const parser = create({
    maxBufferSize,
    onEvent: (event: EventSourceMessage) => events.push(event),
    onError: ({ type }) => type === 'max-buffer-size-exceeded' && events.push(type),
  });
  for (const piece of pieces) {
    if (events.at(-1) === 'max-buffer-size-exceeded') break;
    parser.feed(piece);
  }
  return events;
}

const lines = [
  ...[
    'data: {"a":"😀"}',
    'data:x',
    'data',
    'data: ',
    'data:  two',
    'id: 17',
    'id',
    'id: a\0b',
    'event: error',
  ],
  ...[
    'event:',
    'event',
    ': ping',
    ':',
    'retry: 10',
    'retry: x',
    'unknown: y',
    'date: x',
    'dat',
    'i',
    'x',
    '',
  ],
  ...['', '', '', 'data: [DONE]'],
];
const ends = ['\n', '\n', '\n', '\r\n', '\r'];

test('whatever comes, and however it is cut', () => {
  for (let seed = 1; seed <= 3000; seed++) {
    const random = seededRandom(seed);
    const pick = (from: readonly string[]) => from[Math.floor(random() * from.length)]!;
    const end = seed % 2 ? pick(ends) : undefined;
    let text = '';
    for (let count = random() * 20; count > 0; count--) text += pick(lines) + (end ?? pick(ends));
    for (const pieces of [[text], [...text], randomCuts(text, random)])
      assert.deepEqual(told(createStripped, pieces), told(createParser, pieces), JSON.stringify(pieces));
  }
});

test('what is too long ends the stream', () => {
  for (const text of [`data: ${'x'.repeat(500)}`, `data: ${'x'.repeat(300)}\n`.repeat(2)])
    for (const pieces of [[text], [...text]])
      assert.deepEqual(told(createStripped, pieces), ['max-buffer-size-exceeded']);
});
