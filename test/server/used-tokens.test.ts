/** What an answer counts in its client's tokens, however it went and whatever its upstream says of it. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApiError } from '../../server/errors.ts';
import type { Outcome } from '../../server/generations/generation.ts';
import { MemoryEventLog } from '../../server/generations/memory-event-log.ts';
import { encode } from '../../server/latin1.ts';
import { estimateTokens, promptTokens } from '../../server/limits/tokens.ts';
import { usedTokens } from '../../server/limits/used-tokens.ts';
import type { Usage } from '../../server/protocol.ts';

const texts: Array<[text: string, tokens: number]> = [
  ['', 0],
  ['word', 1],
  ['The quick brown fox jumps over the lazy dog.', 11],
  ['世界和平', 4],
  ['привет', 3],
  ['🌊', 2],
];
for (const [text, tokens] of texts) {
  test(`“${text}” is about ${tokens} tokens`, () => assert.equal(estimateTokens(text), tokens));
}

test('a prompt is its messages, with their parts and calls of tools, and what the operator puts before them', () => {
  const call = { id: 'c', type: 'function' as const, function: { name: 'f', arguments: '{}' } };
  const messages = [
    { role: 'user' as const, content: 'word' },
    { role: 'user' as const, content: [{ type: 'text' as const, text: 'word' }] },
    { role: 'assistant' as const, content: null, tool_calls: [call] },
  ];
  const asked = 3 * 4 + 2 + estimateTokens(JSON.stringify([call]));
  assert.equal(promptTokens({ messages }), asked);
  assert.equal(promptTokens({ messages }, 'word'), asked + 5);
});

const PROMPT = 10;
const usage = (prompt: unknown, completion: unknown, total: unknown = 0) =>
  ({ prompt_tokens: prompt, completion_tokens: completion, total_tokens: total }) as Usage;
const attempt = (usage: Usage | null) => ({
  ...{ model: 'other', provider: 'p', durationMs: 1, usage },
  error: new ApiError('upstream_error'),
});
const deltas = {
  said: [{ content: '世界' }, { reasoning_content: 'word' }, { content: '和平' }],
  nothing: [],
  noJson: null,
};

/** Said: four characters and a word, which are five tokens by our own count. */
const outcomes: Array<[name: string, outcome: Partial<Outcome>, said: keyof typeof deltas, tokens: number]> =
  [
    ['complete and counted', { usage: usage(7, 3) }, 'said', 10],
    ['complete, with thoughts that only the total has', { usage: usage(7, 3, 50) }, 'said', 50],
    ['complete and not counted', {}, 'said', PROMPT + 5],
    ['complete, and counted as nothing', { usage: usage(0, 0) }, 'said', PROMPT + 5],
    ['complete, and counted in words', { usage: usage('many', 'more') }, 'said', PROMPT + 5],
    ['complete, and counted below nothing', { usage: usage(-9, 3) }, 'said', PROMPT + 5],
    ['complete, and readable for nobody', {}, 'noJson', PROMPT + 2],
    ['stopped', { error: new ApiError('stopped') }, 'said', PROMPT + 5],
    [
      'stopped, with a count of its beginning',
      { error: new ApiError('stopped'), usage: usage(7, 1) },
      'said',
      PROMPT + 5,
    ],
    ['stopped, with a count of more', { error: new ApiError('stopped'), usage: usage(70, 9) }, 'said', 79],
    ['interrupted', { error: new ApiError('interrupted') }, 'said', PROMPT + 5],
    ['ended by the operator', { error: new ApiError('paused') }, 'said', PROMPT + 5],
    ['left before its first token', { model: null, error: new ApiError('abandoned') }, 'nothing', PROMPT],
    ['too slow', { model: null, error: new ApiError('upstream_timeout') }, 'nothing', PROMPT],
    ['failed', { model: null, error: new ApiError('upstream_error') }, 'nothing', 0],
    [
      'failed, and counted all the same',
      { model: null, error: new ApiError('upstream_error'), failed: [attempt(usage(7, 3)), attempt(null)] },
      'nothing',
      10,
    ],
    ['answered by the second', { usage: usage(7, 3), failed: [attempt(usage(4, 1))] }, 'said', 15],
  ];
for (const [name, outcome, said, tokens] of outcomes) {
  test(`an answer that is ${name} has used ${tokens} tokens`, () => {
    const log = new MemoryEventLog();
    const events = deltas[said]?.map(delta => encode(JSON.stringify({ choices: [{ delta }] })));
    log.append(events ?? ['{broken}', '{as well}']);
    const whole = { ttftMs: 1, durationMs: 1, model: 'm', failed: [], usage: null, error: null, ...outcome };
    assert.equal(usedTokens(whole, log, PROMPT), tokens);
  });
}
