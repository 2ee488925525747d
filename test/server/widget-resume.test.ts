/** The widget's client on a wire that breaks: each word once, in order, and paid once. */

import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { answerEvents, type Resuming } from '../../widget/client/answer-events.ts';
import { LEFT } from '../../widget/client/left.ts';
import type { Attention } from '../../widget/client/attention.ts';
import { resumeAnswer } from '../../widget/client/resume-answer.ts';
import { stopAnswer } from '../../widget/client/stop-answer.ts';
import { watch } from '../../widget/client/watch.ts';
import {
  afterEvent,
  beforeFirstEvent,
  beforeHeaders,
  type Cut,
  insideCharacter,
  insideEvent,
  onWires,
} from '../support/cutting-proxy.ts';
import { eventually } from '../support/eventually.ts';
import { startProxy, type TestProxy, upstreamSettings } from '../support/proxy.ts';
import { startUpstream, type Upstream } from '../support/start-upstream.ts';

const EVENTS = 200;
const AT_ONCE = `wide:${EVENTS - 2}`;
const ONE_BY_ONE = `wide:${EVENTS - 2}:2`;
const SLOWLY = `wide:${EVENTS - 2}:50`;

let upstream: Upstream;
let proxy: TestProxy;

before(async () => {
  upstream = await startUpstream();
  const models = [AT_ONCE, ONE_BY_ONE, SLOWLY, 'ok', 'slow-first:300'];
  const settings = { limits: { streamsPerClient: 100 }, resume: { graceSeconds: 30, keepSeconds: 60 } };
  proxy = await startProxy(upstreamSettings(`${upstream.url}`, models, settings));
});
after(async () => {
  await proxy.close();
  await upstream.close();
});
beforeEach(() => upstream.reset());

// A connection for each request: cutting one cuts this one.
const fetchKept = globalThis.fetch;
globalThis.fetch = (url, init) =>
  fetchKept(url, { ...init, headers: { ...(init?.headers as Record<string, string>), connection: 'close' } });

/** A visitor who is always there, and does not wait long. */
const attention: Attention = {
  awake: async () => {},
  pause: () => wait(5),
  onDoubt() {},
};

const resuming: Resuming = {
  watch: (connection, signal) => watch(connection, signal, attention),
  resume: course => resumeAnswer(course, attention),
  stop: (url, send) => stopAnswer(url, send, attention),
};

interface Told {
  content: string;
  reconnected: number;
  end: string;
}

interface Asking {
  endpoint: string;
  model: string;
  signal?: AbortSignal;
  stream?: { id: string; last: number };
  onContent?: (content: string) => void;
}

async function tell({ endpoint, model, signal, stream, onContent }: Asking): Promise<Told> {
  const told: Told = { content: '', reconnected: 0, end: 'none' };
  // What watches a connection does so until its page goes: afterwards, this one.
  const page = new AbortController();
  const request = {
    endpoint,
    model,
    messages: [{ role: 'user' as const, content: 'Why?' }],
    key: crypto.randomUUID(),
    signal: AbortSignal.any([page.signal, ...(signal ? [signal] : [])]),
    ...(stream && { stream }),
    loadResuming: async () => resuming,
  };
  for await (const event of answerEvents(request)) {
    assert.equal(told.end, 'none', 'nothing comes after the end');
    if (event.type === 'delta') {
      told.content += event.content ?? '';
      onContent?.(told.content);
    } else if (event.type === 'reconnecting') told.reconnected += 1;
    else if (event.type === 'done') told.end = 'done';
    else if (event.type === 'failed') told.end = event.failure.code;
  }
  page.abort(LEFT);
  return told;
}

/** Cut so, the answer is the uncut one, and the upstream was asked once. */
function isWhole(model: string, ...cuts: Cut[]): Promise<void> {
  return areWhole(model, [1], () => cuts);
}

/** The same for an answer that is cut at each of these numbers. */
async function areWhole(model: string, numbers: number[], cuts: (n: number) => Cut[]): Promise<void> {
  const uncut = await tell({ endpoint: proxy.url, model });
  await upstream.reset();
  await onWires(proxy.url, numbers, async (wire, n) => {
    wire.cutNext(...cuts(n));
    const { content, end, reconnected } = await tell({ endpoint: wire.url, model });
    assert.deepEqual([end, content], ['done', uncut.content], `cut at ${n}`);
    assert.ok(reconnected >= 1, `cut at ${n}`);
  });
  assert.equal((await upstream.stats()).requests, numbers.length);
}

for (const [where, cuts, last] of [
  ['after each event', n => [afterEvent(n)]],
  ['after each event, and again after the next', n => [afterEvent(n), afterEvent(n + 1)]],
  ['in the middle of each event', n => [insideEvent(n)]],
  ['in the middle of a character of each event', n => [insideCharacter(n)], EVENTS - 2],
] as Array<[where: string, cuts: (n: number) => Cut[], last?: number]>) {
  test(`an answer cut ${where} is whole, and was asked for once`, async () => {
    const numbers = Array.from({ length: last ?? EVENTS - 1 }, (_, index) => index + 1);
    await areWhole(AT_ONCE, numbers, cuts);
  });
}

test('an answer cut while it is still coming is whole as well', async () => {
  const numbers = Array.from({ length: EVENTS - 1 }, (_, index) => index + 1);
  await areWhole(ONE_BY_ONE, numbers, n => [afterEvent(n), beforeFirstEvent, afterEvent(n + 2)]);
});

test('an answer cut before its headers, its first event or its end is whole', async () => {
  await isWhole('slow-first:300', beforeHeaders);
  await isWhole('slow-first:300', beforeHeaders, beforeHeaders);
  await isWhole(AT_ONCE, beforeFirstEvent);
  await isWhole(AT_ONCE, afterEvent(EVENTS));
});

test('a wire that opens and brings nothing, again and again, is given up', async () => {
  await onWires(proxy.url, [1], async wire => {
    wire.cutNext(afterEvent(3), ...Array<Cut>(40).fill(beforeFirstEvent));
    const { end, reconnected } = await tell({ endpoint: wire.url, model: AT_ONCE });
    assert.equal(end, 'disconnected');
    assert.ok(reconnected < 15, `${reconnected}`);
  });
});

test('a stop ends the answer at the upstream, also one that comes before the first byte of it', async () => {
  for (const early of [true, false]) {
    await upstream.reset();
    const abort = new AbortController();
    // The request is on its way then, and nothing of it can be here yet.
    if (early) setImmediate(() => abort.abort());
    await tell({ endpoint: proxy.url, model: SLOWLY, signal: abort.signal, onContent: () => abort.abort() });
    const stats = await eventually(
      () => upstream.stats(),
      ({ aborted }) => aborted === 1,
    );
    assert.deepEqual([stats.requests, stats.aborted], [1, 1], `early: ${early}`);
  }
});

test('who leaves finds the answer where it was', async () => {
  const uncut = await tell({ endpoint: proxy.url, model: ONE_BY_ONE });
  await upstream.reset();
  const abort = new AbortController();
  const place = { id: '', last: 0 };
  let before = '';
  const request = {
    endpoint: proxy.url,
    model: ONE_BY_ONE,
    messages: [{ role: 'user' as const, content: 'Why?' }],
    key: crypto.randomUUID(),
    signal: abort.signal,
    loadResuming: async () => resuming,
  };
  for await (const event of answerEvents(request)) {
    if (event.type === 'opened') place.id = event.streamId!;
    if (event.type !== 'delta') continue;
    before += event.content ?? '';
    place.last = event.number!;
    if (place.last > 50) abort.abort(LEFT);
  }
  const { content, end } = await tell({ endpoint: proxy.url, model: ONE_BY_ONE, stream: place });
  assert.deepEqual([end, before + content], ['done', uncut.content]);
  assert.equal((await upstream.stats()).requests, 1);
});

test('an answer that is no longer kept is forgotten', async () => {
  const { end } = await tell({
    endpoint: proxy.url,
    model: 'ok',
    stream: { id: crypto.randomUUID(), last: 3 },
  });
  assert.equal(end, 'forgotten');
});
