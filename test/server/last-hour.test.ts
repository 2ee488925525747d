/** The last hour, with a clock of the test's: minutes that pass, that are empty, and that are overwritten. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Model } from '../../server/config/models.ts';
import { ApiError } from '../../server/errors.ts';
import { MemoryEventLog } from '../../server/generations/memory-event-log.ts';
import { LastHour } from '../../server/telemetry/last-hour.ts';
import type { EndedAnswer } from '../../server/telemetry/observer.ts';
import { TimeHistogram } from '../../server/telemetry/time-histogram.ts';

const MINUTE = 60_000;
const START = 1_000 * MINUTE;

function answer(ttftMs: number | null, model = 'one', error: ApiError | null = null): EndedAnswer {
  return {
    requestId: '',
    asker: { client: '' },
    origin: null,
    models: [{ id: model, price: { input: 1, output: 2 } } as Model],
    request: { messages: [] },
    outcome: {
      ttftMs,
      model,
      failed: [],
      durationMs: (ttftMs ?? 0) + 1_000,
      usage: { prompt_tokens: 10, completion_tokens: 50, total_tokens: 60 },
      error,
    },
    log: new MemoryEventLog(),
  };
}

test('answers are in the minute in which they ended, load in all in which they ran', () => {
  let now = START;
  const hour = new LastHour(() => now);
  hour.answerStarted();
  hour.answerStarted();
  now += 3 * MINUTE;
  hour.answerEnded(answer(200));
  now += MINUTE;
  const { minutes, running, at } = hour.report();
  assert.equal(at, now);
  assert.equal(running, 1);
  const last = minutes.slice(-5).map(({ answers, running }) => [answers, running]);
  assert.deepEqual(last, [
    [0, 2],
    [0, 2],
    [0, 2],
    [1, 2],
    [0, 1],
  ]);
  assert.deepEqual(
    minutes.map(({ at }) => at),
    Array.from({ length: 60 }, (_, i) => (1_004 - 59 + i) * MINUTE),
  );
});

test('what is an hour old is gone', () => {
  let now = START;
  const hour = new LastHour(() => now);
  hour.answerStarted();
  hour.answerEnded(answer(100));
  hour.requestRefused();
  now += 59 * MINUTE;
  assert.equal(hour.report().minutes[0]!.answers, 1);
  assert.equal(hour.report().minutes[0]!.refusals, 1);
  now += MINUTE;
  assert.deepEqual(hour.report().models, []);
  hour.answerStarted();
  hour.answerEnded(answer(300));
  assert.equal(hour.report().models[0]!.answers, 1);
});

test('a model has its figures over the hour, and a minute those of all models', () => {
  let now = START;
  const hour = new LastHour(() => now);
  for (const ended of [
    answer(100, 'one'),
    answer(900, 'two'),
    answer(null, 'two', new ApiError('upstream_error')),
  ]) {
    hour.answerStarted();
    hour.answerEnded(ended);
  }
  now += MINUTE;
  hour.answerStarted();
  hour.answerEnded(answer(100, 'one', new ApiError('stopped')));
  const [one, two] = hour.report().models;
  assert.deepEqual([one!.answers, one!.failures, two!.answers, two!.failures], [2, 0, 2, 1]);
  assert.equal(Math.round(one!.tokensPerSecond!), 50);
  assert.equal(one!.cost!.amount.toFixed(6), '0.000220');
  assert.equal(hour.report().minutes.at(-2)!.answers, 3);
  assert.equal(hour.report('two').minutes.at(-2)!.answers, 2);
  assert.equal(hour.report('two').minutes.at(-1)!.ttftMs, null);
});

test('a quantile of the histogram is at most 4 % off, from a millisecond to two minutes', () => {
  for (const [from, count] of [
    [1, 1],
    [5, 11],
    [240, 101],
    [100_000, 21],
  ] as const) {
    const histogram = new TimeHistogram();
    const times = Array.from({ length: count }, (_, i) => from * (1 + i / 100));
    for (const ms of times.toReversed()) histogram.add(ms);
    for (const q of [0.5, 0.95, 1]) {
      const exact = times[Math.ceil(count * q) - 1]!;
      const found = histogram.quantile(q)!;
      assert.ok(Math.abs(found - exact) <= Math.max(exact * 0.04, 0.5), `${found} for ${exact}`);
    }
  }
  assert.equal(new TimeHistogram().quantile(0.5), null);
});
