/** What every event log does, whatever keeps it. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApiError } from '../../server/errors.ts';
import type { WritableEventLog } from '../../server/generations/event-log.ts';

export function eventLogSuite(name: string, create: () => WritableEventLog): void {
  test(`${name}: events are numbered from 1 and replayed after any number`, () => {
    const log = create();
    assert.equal(log.last, 0);
    log.append(['a', 'b']);
    log.append(['c']);
    assert.equal(log.last, 3);
    assert.deepEqual(log.after(0), ['a', 'b', 'c']);
    assert.deepEqual(log.after(2), ['c']);
    assert.deepEqual(log.after(3), []);
    assert.deepEqual(log.after(99), []);
  });

  test(`${name}: a reader that comes in the middle has each event once, with the ones to come`, () => {
    const log = create();
    log.append(['a']);
    const read: string[] = [];
    const take = () => void read.push(...log.after(read.length));
    take();
    const unsubscribe = log.subscribe(take);
    log.append(['b', 'c']);
    log.append(['d']);
    assert.deepEqual(read, ['a', 'b', 'c', 'd']);
    unsubscribe();
    log.append(['e']);
    assert.deepEqual(read, ['a', 'b', 'c', 'd']);
  });

  test(`${name}: every reader is woken, also when another one leaves meanwhile`, () => {
    const log = create();
    const woken: string[] = [];
    const leave = log.subscribe(() => {
      woken.push('first');
      leave();
    });
    log.subscribe(() => void woken.push('second'));
    log.append(['a']);
    log.append(['b']);
    assert.deepEqual(woken, ['first', 'second', 'second']);
  });

  test(`${name}: the first end holds, and nothing comes after it`, () => {
    const log = create();
    let wakes = 0;
    log.subscribe(() => void wakes++);
    log.append(['a']);
    const error = new ApiError('stopped');
    log.end({ done: false, error });
    log.end({ done: true });
    log.append(['late']);
    assert.deepEqual(log.terminal, { done: false, error });
    assert.deepEqual(log.after(0), ['a']);
    assert.equal(wakes, 2);
  });

  test(`${name}: nothing wakes nobody`, () => {
    const log = create();
    let wakes = 0;
    log.subscribe(() => void wakes++);
    log.append([]);
    assert.equal(wakes, 0);
  });
}
