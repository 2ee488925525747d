/** What those who read an answer are told of how it went: once, before its end, and all of them the same. */

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { AnswerFigures } from '../../server/protocol.ts';
import { ask, open, resume, stop } from '../support/ask.ts';
import { startProxy, type TestProxy, upstreamSettings } from '../support/proxy.ts';
import { startUpstream, type Upstream } from '../support/start-upstream.ts';
import { readWire } from '../support/wire.ts';

const PRICED = 'slow-first:100';
const FAILING = '503';
const price = { input: 2, output: 10, currency: 'EUR' };
const resumes = { 'Rivulet-Resume': '1' };

let upstream: Upstream;
let proxy: TestProxy;
let url: string;

before(async () => {
  upstream = await startUpstream();
  const models = ['ok', 'hang-midway', { id: PRICED, price }, { id: FAILING, price }];
  const settings = upstreamSettings(upstream.url, models, { fallbacks: { [FAILING]: [PRICED] }, retries: 0 });
  proxy = await startProxy(settings);
  url = `${proxy.url}/v1`;
});
after(async () => {
  await proxy.close();
  await upstream.close();
});

const figuresOf = (text: string): AnswerFigures => readWire(text).figures!;

describe('the figures of an answer are', () => {
  test('when its first token came, when its last, and what it cost in the currency of its price', async () => {
    const { ttft_ms, duration_ms, cost } = figuresOf((await ask(url, { model: PRICED })).text);
    assert.ok(ttft_ms! >= 100 && duration_ms >= ttft_ms!, `${ttft_ms} of ${duration_ms} ms`);
    assert.deepEqual(cost, { amount: (3 * 2 + 7 * 10) / 1_000_000, currency: 'EUR' });
  });

  test('without a cost where no price is known', async () => {
    assert.equal(figuresOf((await ask(url, { model: 'ok' })).text).cost, null);
  });

  test('those of the model that answered', async () => {
    const { ttft_ms, cost } = figuresOf((await ask(url, { model: FAILING })).text);
    assert.ok(ttft_ms! >= 100);
    assert.equal(cost?.currency, 'EUR');
  });

  test('told also of one that was stopped', async () => {
    const answer = open(url, { model: 'hang-midway', headers: resumes });
    await answer.until(text => text.includes('world'));
    await stop(url, await answer.id);
    const { figures, terminal } = readWire((await answer.reply).text);
    assert.equal(terminal !== 'done' && terminal?.code, 'stopped');
    assert.equal(figures?.cost, null);
    assert.ok(figures && figures.duration_ms >= figures.ttft_ms!);
  });

  test('the same for who comes later', async () => {
    const first = open(url, { model: PRICED, headers: resumes });
    const { text } = await first.reply;
    assert.deepEqual(readWire((await resume(url, await first.id, 2).reply).text, 2).figures, figuresOf(text));
  });

  test('not in the way of a client that does not stream', async () => {
    const { text } = await ask(url, { model: PRICED, stream: false });
    assert.equal(JSON.parse(text).choices[0].message.content, 'Hello, world! 你好，世界 🌊');
  });
});
