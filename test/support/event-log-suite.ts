/** What every event log does, whatever keeps it: to the generation that writes it, and to readers wherever they are. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApiError } from '../../server/errors.ts';
import type { EventLog, WritableEventLog } from '../../server/generations/event-log.ts';
import { encode } from '../../server/latin1.ts';
import { seededRandom } from './random.ts';

export interface LogUnderTest {
  writer: WritableEventLog;
  /** The same log, as a reader that is not the writer has it. */
  reader: EventLog;
}

export function eventLogSuite(name: string, create: () => Promise<LogUnderTest>): void {
  test(`${name}: events are numbered from 1 and replayed after any number`, async () => {
    const { writer, reader } = await create();
    assert.equal(reader.last, 0);
    writer.append(['a', 'b']);
    writer.append(['c']);
    for (const log of [writer, reader]) {
      await until(log, () => log.last === 3);
      assert.deepEqual(log.after(0), ['a', 'b', 'c']);
      assert.deepEqual(log.after(2), ['c']);
      assert.deepEqual(log.after(3), []);
      assert.deepEqual(log.after(99), []);
    }
  });

  test(`${name}: the writer reads what it has written without a wait`, async () => {
    const { writer } = await create();
    writer.append(['a']);
    assert.deepEqual(writer.after(0), ['a']);
    writer.end({ done: true });
    assert.deepEqual(writer.terminal, { done: true });
  });

  test(`${name}: a reader that comes in the middle has each event once, with the ones to come`, async () => {
    const { writer, reader } = await create();
    writer.append(['a']);
    await until(reader, () => reader.last === 1);
    const read: string[] = [];
    const take = () => void read.push(...reader.after(read.length));
    take();
    const unsubscribe = reader.subscribe(take);
    writer.append(['b', 'c']);
    writer.append(['d']);
    await until(reader, () => reader.last === 4);
    assert.deepEqual(read, ['a', 'b', 'c', 'd']);
    unsubscribe();
    writer.append(['e']);
    await until(reader, () => reader.last === 5);
    assert.deepEqual(read, ['a', 'b', 'c', 'd']);
  });

  test(`${name}: every reader is woken, also when another one leaves meanwhile`, async () => {
    const { writer, reader } = await create();
    const woken: string[] = [];
    const leave = reader.subscribe(() => {
      woken.push('first');
      leave();
    });
    reader.subscribe(() => void woken.push('second'));
    writer.append(['a']);
    await until(reader, () => reader.last === 1);
    writer.append(['b']);
    await until(reader, () => reader.last === 2);
    assert.deepEqual(woken, ['first', 'second', 'second']);
  });

  test(`${name}: the first end holds, and nothing comes after it`, async () => {
    const { writer, reader } = await create();
    writer.append(['a']);
    writer.end({ done: false, error: new ApiError('stopped') });
    writer.end({ done: true });
    writer.append(['late']);
    await until(reader, () => reader.terminal !== null);
    let wakes = 0;
    for (const log of [writer, reader]) {
      log.subscribe(() => void wakes++);
      assert.ok(log.terminal && !log.terminal.done);
      assert.equal(log.terminal.error.code, 'stopped');
      assert.equal(log.terminal.error.message, new ApiError('stopped').message);
      assert.deepEqual(log.after(0), ['a']);
    }
    writer.append(['later']);
    assert.equal(wakes, 0);
  });

  test(`${name}: nothing wakes nobody`, async () => {
    const { writer } = await create();
    let wakes = 0;
    writer.subscribe(() => void wakes++);
    writer.append([]);
    assert.equal(wakes, 0);
  });

  test(`${name}: a long answer is the same to the byte, from any event on, and takes less room`, async () => {
    const { writer, reader } = await create();
    const random = seededRandom(4);
    const words = ['token', '你好', '🌊', '\\n', 'é', '', 'a, b', '👩‍👩‍👧', '{"', '1,2,'];
    const event = (n: number) => {
      const choices = [{ index: 0, delta: { content: words[n % 10]! + n }, finish_reason: null }];
      return encode(
        JSON.stringify({ id: 'chatcmpl-1', object: 'chat.completion.chunk', model: 'm', choices }),
      );
    };
    const events = Array.from({ length: 1_000 }, (_, n) => event(Math.floor(random() * 1_000) + n));
    for (let at = 0; at < events.length; ) {
      const together = 1 + Math.floor(random() * 40);
      writer.append(events.slice(at, at + together));
      at += together;
    }
    writer.end({ done: true });
    await until(reader, () => reader.terminal !== null);
    for (const log of [writer, reader]) {
      for (const from of [0, 1, 63, 64, 65, 500, 937, 999, 1_000]) {
        const read: string[] = [];
        for (let n = from; n < log.last; n = from + read.length) read.push(...log.after(n));
        assert.deepEqual(read, events.slice(from), `after ${from}`);
      }
    }
    assert.ok(writer.size < events.join('').length / 2, `${writer.size} bytes are kept`);
  });
}

/** Waits until it holds, looking after each change. */
export function until(log: EventLog, holds: () => boolean): Promise<void> {
  return new Promise(resolve => {
    const look = () => {
      if (!holds()) return;
      unsubscribe();
      resolve();
    };
    const unsubscribe = log.subscribe(look);
    look();
  });
}
