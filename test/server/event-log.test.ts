/** The event logs: one suite for all of them; and what only the one in Redis has to stand. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ApiError } from '../../server/errors.ts';
import { MemoryEventLog } from '../../server/generations/memory-event-log.ts';
import { RedisAnswers } from '../../server/generations/redis-answers.ts';
import { RedisEventLog } from '../../server/generations/redis-event-log.ts';
import { connectRedis } from '../../server/node/redis.ts';
import { keys, type Redis } from '../../server/redis/redis.ts';
import { eventually } from '../support/eventually.ts';
import { eventLogSuite, until } from '../support/event-log-suite.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';

const quiet = { debug() {}, info() {}, warn() {}, error() {} };
const options = { answerMs: 60_000, keepMs: 60_000 };
/** Of a log that is written as if by a process of its own. */
const written = { owner: 'me', lifeMs: 60_000, keepMs: 60_000, isDoubted: () => false, onEnded: () => {} };

let server: TestRedis;
const connections: Redis[] = [];

before(async () => {
  server = await startRedis();
});
after(async () => {
  for (const redis of connections) redis.close();
  await server.close();
});

async function connect(): Promise<Redis> {
  const redis = connectRedis(server.url, quiet);
  connections.push(redis);
  if (!redis.up) await new Promise<void>(resolve => redis.onUp(resolve));
  return redis;
}

/** As a process of its own has them. */
async function connectAnswers(): Promise<RedisAnswers> {
  return new RedisAnswers(await connect(), options);
}

eventLogSuite('memory', async () => {
  const log = new MemoryEventLog();
  return { writer: log, reader: log };
});

eventLogSuite('redis', async () => {
  const [here, there] = [await connectAnswers(), await connectAnswers()];
  const id = crypto.randomUUID();
  const writer = here.createLog(id, 'me', null);
  await writer.write();
  const answer = await there.find(id, 'me');
  assert.ok(answer);
  answer.join();
  return { writer, reader: answer.log };
});

test('memory: a writer waits while none of the readers can take more, and no longer', async () => {
  const log = new MemoryEventLog();
  assert.equal(log.append(['a']), undefined, 'nobody reads');
  let take = () => {};
  const taken = new Promise<void>(resolve => {
    take = resolve;
  });
  log.subscribe(() => taken);
  const leave = log.subscribe(() => {});
  assert.equal(log.append(['b']), undefined, 'one of two can');
  leave();
  const wait = log.append(['c']);
  assert.ok(wait);
  take();
  await wait;
});

test('memory: a writer that waits goes on for a reader who comes', async () => {
  const log = new MemoryEventLog();
  log.subscribe(() => new Promise(() => {}));
  const wait = log.append(['a']);
  assert.ok(wait);
  log.subscribe(() => {});
  await wait;
});

test('redis: a late writer adds nothing to an answer that was ended, and is told', async () => {
  const redis = await connect();
  const id = crypto.randomUUID();
  let told = 0;
  const answer = { ...written, id, onEnded: () => void told++ };
  const late = new RedisEventLog(redis, { ...answer, process: 'late' });
  late.append(['{"a":1}']);
  await late.write();
  await server.command(['HSET', keys.answer(id), 'end', '{"code":"interrupted","message":"x"}']);
  const before = await server.command(['XRANGE', keys.events(id), '-', '+']);
  late.append(['{"a":2}']);
  late.end({ done: true });
  await late.write();
  assert.equal(told, 1);
  const other = new RedisEventLog(redis, { ...answer, process: 'other' });
  await other.write();
  assert.equal(told, 2, 'nor is an answer another process’s to write');
  assert.deepEqual(await server.command(['XRANGE', keys.events(id), '-', '+']), before);
});

test('redis: a process that others may have taken for dead tells its readers nothing but what theirs are told', async () => {
  const redis = await connect();
  for (const wasEnded of [false, true]) {
    const id = crypto.randomUUID();
    let doubted = false;
    const log = new RedisEventLog(redis, { ...written, id, process: 'p', isDoubted: () => doubted });
    log.append(['a']);
    await log.write();
    const text = '{"code":"interrupted","message":"x"}';
    if (wasEnded) await server.command(['HSET', keys.answer(id), 'end', text]);
    doubted = true;
    log.append(['b']);
    log.append(['c']);
    log.end({ done: true });
    assert.deepEqual([log.last, log.terminal], [1, null]);
    await until(log, () => log.terminal !== null);
    assert.deepEqual([log.last, log.terminal?.done], wasEnded ? [1, false] : [3, true]);
  }
});

test('redis: what Redis lost is written again, and a reader has each event once', async () => {
  const [here, there] = [await connectAnswers(), await connectAnswers()];
  const id = crypto.randomUUID();
  const writer = here.createLog(id, 'me', null);
  for (const event of ['a', 'b', 'c']) {
    writer.append([event]);
    await writer.write();
  }
  const answer = await there.find(id, 'me');
  answer!.join();
  await until(answer!.log, () => answer!.log.last === 3);
  await server.stop();
  writer.append(['d', 'e']);
  await server.start();
  await until(answer!.log, () => answer!.log.last === 5);
  writer.append(['f']);
  writer.end({ done: false, error: new ApiError('upstream_error') });
  await until(answer!.log, () => answer!.log.terminal !== null);
  assert.deepEqual(answer!.log.after(0), ['a', 'b', 'c', 'd', 'e', 'f']);
  const again = await there.find(id, 'me');
  assert.ok(again && !again.reaches(7) && again.reaches(6));

  await server.stop();
  await server.start();
  const ended = await eventually(
    () => there.find(id, 'me').catch(() => null),
    found => found !== null && !found.reaches(7),
  );
  assert.ok(ended?.reaches(6), 'also what had ended before');
});

test('redis: a reader of an answer that Redis has no more is let go, and waits for nothing', async () => {
  const [here, there] = [await connectAnswers(), await connectAnswers()];
  const id = crypto.randomUUID();
  const log = here.createLog(id, 'me', null);
  log.append(['a']);
  log.end({ done: true });
  await log.write();
  const answer = await there.find(id, 'me');
  // Its time is over just as it was found.
  here.forget(id);
  await eventually(
    () => server.command(['EXISTS', keys.answer(id)]),
    there => there === 0,
  );
  let told = 0;
  answer!.join(() => void told++);
  await eventually(
    async () => told,
    told => told > 0,
    25_000,
  );
  assert.ok(told > 0);
});

test('redis: nothing is left of an answer when its time is over', async () => {
  const redis = await connect();
  const id = crypto.randomUUID();
  const brief = { ...written, id, process: 'p', keepMs: 300 };
  const log = new RedisEventLog(redis, brief);
  log.append(['a']);
  log.end({ done: true });
  await log.write();
  const left = await eventually(
    async () => (await server.command(['KEYS', `rivulet:*:${id}`])) as string[],
    left => left.length === 0,
  );
  assert.deepEqual(left, []);
});
