/** How quick answers were and what a conversation has used. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readFigures } from '../../widget/client/figures.ts';
import type { AssistantMessage } from '../../widget/conversation/message.ts';
import { requestsOf, spentOn, statsOf } from '../../widget/conversation/stats.ts';
import { enStats } from '../../widget/locales/en-stats.ts';

function answer(parts: Partial<AssistantMessage>): AssistantMessage {
  return { id: 'a', role: 'assistant', content: 'So.', reasoning: '', status: 'complete', ...parts };
}
const usage = { prompt_tokens: 10, completion_tokens: 40, total_tokens: 50 };
const costing = (amount: number, currency: string) => ({ amount, currency });

describe('an answer has', () => {
  test('the times that were seen here, and the speed that the proxy saw', () => {
    const figures = { ttftMs: 200, durationMs: 1_000 };
    const times = { sentAt: 1_000, saidAt: 1_240, heardAt: 2_100 };
    assert.deepEqual(statsOf(answer({ ...times, usage, figures })), {
      ttftMs: 240,
      proxyTtftMs: 200,
      durationMs: 1_100,
      tokensPerSecond: 50,
      usage,
      costs: [],
    });
  });

  test('its first token when the model begins to think', () => {
    assert.equal(statsOf(answer({ sentAt: 0, thoughtAt: 300, saidAt: 900, heardAt: 950 })).ttftMs, 300);
  });

  test('the speed that was seen here, without a proxy', () => {
    assert.equal(statsOf(answer({ sentAt: 0, saidAt: 200, heardAt: 1_000, usage })).tokensPerSecond, 50);
  });

  test('the proxy’s times alone where its page was left meanwhile', () => {
    assert.deepEqual(statsOf(answer({ figures: { ttftMs: 200, durationMs: 900 } })), {
      proxyTtftMs: 200,
      durationMs: 900,
      costs: [],
    });
  });

  test('no speed where all came at once, nor times that cannot be', () => {
    assert.deepEqual(statsOf(answer({ sentAt: 0, saidAt: 10, heardAt: 20, usage })), {
      ttftMs: 10,
      durationMs: 20,
      usage,
      costs: [],
    });
    assert.deepEqual(statsOf(answer({ sentAt: 500, saidAt: 10, heardAt: 20 })), { costs: [] });
  });

  test('used what all of its requests have, and was as quick as they were', () => {
    const first = { ttftMs: 200, durationMs: 1_000, cost: costing(0.5, 'EUR') };
    const second = { ttftMs: 100, durationMs: 900, cost: costing(0.25, 'EUR') };
    const earlier = [{ usage, figures: first, seen: { ttftMs: 240, durationMs: 1_100 } }];
    const times = { sentAt: 5_000, saidAt: 240, heardAt: 6_000 };
    const continued = answer({ earlier, ...times, usage, figures: second });
    assert.deepEqual(statsOf(continued), {
      ttftMs: 240,
      proxyTtftMs: 200,
      durationMs: 2_100,
      tokensPerSecond: 50,
      usage: { prompt_tokens: 20, completion_tokens: 80, total_tokens: 100 },
      costs: [costing(0.75, 'EUR')],
    });
    assert.deepEqual(requestsOf(continued), [
      ...earlier,
      { usage, figures: second, seen: { durationMs: 1_000 } },
    ]);
  });

  test('no speed where one of its requests had none, and not less used where the last one was stopped', () => {
    const earlier = [{ usage }, { usage, figures: { durationMs: 5, cost: costing(0.5, 'EUR') } }];
    const stats = statsOf(answer({ earlier, sentAt: 0, saidAt: 100, heardAt: 900, status: 'stopped' }));
    assert.equal(stats.tokensPerSecond, undefined);
    assert.equal(stats.usage?.total_tokens, 100);
    assert.deepEqual(stats.costs, [costing(0.5, 'EUR')]);
  });
});

test('a conversation has used what an answer had used before it was asked for again, which is none of that answer’s', () => {
  const figures = { ttftMs: 900, durationMs: 1_000, cost: costing(0.5, 'EUR') };
  const earlier = [{ usage, figures, seen: { ttftMs: 950 }, thrownAway: true as const }];
  const again = answer({ earlier, sentAt: 0, saidAt: 240, heardAt: 1_000, usage });
  assert.deepEqual(statsOf(again), {
    ttftMs: 240,
    durationMs: 1_000,
    tokensPerSecond: usage.completion_tokens / 0.76,
    usage,
    costs: [],
  });
  const spent = { promptTokens: 20, completionTokens: 80, answers: 1, costs: [costing(0.5, 'EUR')] };
  assert.deepEqual(spentOn({ id: 'c', messages: [again] }), { ...spent, uncounted: 0 });
  const unknown = answer({ ...again, earlier: [...earlier, { thrownAway: true }] });
  assert.deepEqual(spentOn({ id: 'c', messages: [unknown] }), { ...spent, uncounted: 1 });
});

test('a conversation has used what its answers have, also those that are not shown', () => {
  const cost = (amount: number, currency: string) => ({
    figures: { durationMs: 1, cost: costing(amount, currency) },
  });
  const earlier = [{ usage, ...cost(0.25, 'USD') }];
  const spent = spentOn({
    id: 'c',
    messages: [
      { id: 'q', role: 'user', content: 'Why?' },
      answer({ usage, ...cost(0.5, 'EUR') }),
      answer({ usage, earlier, ...cost(0.25, 'USD') }),
      answer({ status: 'waiting' }),
    ],
    aside: [
      { after: 'q', messages: [answer({ usage, ...cost(0.25, 'EUR') }), answer({ status: 'stopped' })] },
    ],
  });
  assert.deepEqual(spent, {
    promptTokens: 40,
    completionTokens: 160,
    answers: 4,
    uncounted: 1,
    costs: [
      { amount: 0.75, currency: 'EUR' },
      { amount: 0.5, currency: 'USD' },
    ],
  });
});

describe('the proxy’s figures', () => {
  const rivulet = { ttft_ms: 200, duration_ms: 900, cost: { amount: 0.5, currency: 'CNY' } };
  test('are read', () => {
    const cost = { amount: 0.5, currency: 'CNY' };
    assert.deepEqual(readFigures({ rivulet }), { ttftMs: 200, durationMs: 900, cost });
    assert.deepEqual(readFigures({ rivulet: { ...rivulet, ttft_ms: null, cost: null } }), {
      durationMs: 900,
    });
  });
  test('are not believed where they cannot be', () => {
    for (const wrong of [
      null,
      42,
      'text',
      [],
      {},
      { rivulet: [] },
      { rivulet: { ...rivulet, duration_ms: -1 } },
    ])
      assert.equal(readFigures(wrong), undefined);
    for (const cost of [
      { amount: '1', currency: 'EUR' },
      { amount: 1, currency: 'euros' },
      { amount: NaN, currency: 'EUR' },
    ])
      assert.deepEqual(readFigures({ rivulet: { ...rivulet, cost } }), { ttftMs: 200, durationMs: 900 });
  });
});

test('numbers are short, and say what they are of', () => {
  assert.equal(enStats.ms(240.4), '240 ms');
  assert.equal(enStats.ms(1_234), '1.2 s');
  assert.equal(enStats.perSecond(61.7), '62 tok/s');
  assert.equal(enStats.money({ amount: 0.000_34, currency: 'USD' }), '$0.00034');
  assert.equal(enStats.money({ amount: 12.3, currency: 'CNY' }), 'CN¥12');
  assert.equal(enStats.inAndOut(12_345, 6), '12,345 in, 6 out');
});
