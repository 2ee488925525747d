/** What the operator sees: one line a request, and never content or a key. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRedactor } from '../../server/telemetry/log.ts';
import { startProxy, upstreamSettings, UPSTREAM_KEY } from '../support/proxy.ts';
import { startUpstream } from '../support/start-upstream.ts';

async function logged(model: string, verbose: boolean) {
  const upstream = await startUpstream();
  const proxy = await startProxy(upstreamSettings(upstream.url, [model]), { verbose });
  const response = await fetch(`${proxy.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Request-Id': 'my-request' },
    body: JSON.stringify({ messages: [{ role: 'user', content: 'my private question' }], stream: true }),
  });
  const body = await response.text();
  while (proxy.logs.length === 0) await new Promise(resolve => setTimeout(resolve, 5));
  await proxy.close();
  await upstream.close();
  return { lines: proxy.logs, body };
}

test('a finished answer is one line with its figures', async () => {
  const { lines } = await logged('replay:openai', false);
  assert.equal(lines.length, 1);
  const { client, durationMs, stream, ttftMs, ...line } = lines[0]!;
  assert.match(String(client), /^[0-9a-f]{12}$/);
  for (const figure of [durationMs, ttftMs]) assert.ok(Number.isInteger(figure));
  assert.equal(typeof stream, 'string');
  assert.deepEqual(Object.keys(line).sort(), [
    'completionTokens',
    'level',
    'method',
    'model',
    'msg',
    'path',
    'promptTokens',
    'requestId',
    'status',
  ]);
  assert.equal(line.requestId, 'my-request');
  assert.ok(!JSON.stringify(lines).includes('127.0.0.1'), 'no address');
});

test('content never stands in the log, nor does a key that an upstream sends back', async () => {
  for (const verbose of [false, true]) {
    for (const model of ['ok', 'secret', 'error-midway', 'invalid-json', 'echo']) {
      const { lines, body } = await logged(model, verbose);
      const text = JSON.stringify(lines);
      assert.ok(!text.includes('my private question'), `${model}: ${text}`);
      assert.ok(!text.includes(UPSTREAM_KEY), `${model}: ${text}`);
      if (model !== 'echo') assert.ok(!body.includes(UPSTREAM_KEY), model);
    }
  }
});

test('why an upstream failed is told only to those who ask for it', async () => {
  const quiet = await logged('html-502', false);
  assert.equal(quiet.lines[0]!.error, 'upstream_error');
  assert.equal(quiet.lines[0]!.level, 'warn');
  assert.equal(quiet.lines[0]!.reason, undefined);
  const verbose = await logged('html-502', true);
  assert.match(String(verbose.lines[0]!.reason), /^502 .*</s);
});

test('what looks like a key is left out, known or not', () => {
  const redact = createRedactor(['my+odd.key', '']);
  const text = 'my+odd.key; Bearer abc.def; sk-proj-abcdefgh123; https://x.example/?a=1&key=zzz&b=2';
  assert.equal(
    redact(text),
    '[redacted]; Bearer [redacted]; [redacted]; https://x.example/?a=1&key=[redacted]&b=2',
  );
  assert.equal(redact('x'.repeat(5_000)).length, 1_000);
});
