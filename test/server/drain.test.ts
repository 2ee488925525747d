/** The end of the process: nobody is cut off, nobody new is let in. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runtimes, startProxy, upstreamSettings } from '../support/proxy.ts';
import { startProxyProcess } from '../support/proxy-process.ts';
import { startUpstream } from '../support/start-upstream.ts';

const question = [{ role: 'user', content: 'Hello' }];

function ask(url: string, model: string): Promise<Response> {
  return fetch(`${url}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ model, messages: question, stream: true }),
  });
}

for (const runtime of runtimes) {
  test(`${runtime}: while draining, running answers finish, new ones are refused and probes are told`, async () => {
    const upstream = await startUpstream();
    const proxy = await startProxy(upstreamSettings(upstream.url, ['ok:40:20', 'ok']), { runtime });
    assert.equal((await fetch(`${proxy.url}/readyz`)).status, 200);
    const running = await ask(proxy.url, 'ok:40:20');
    const drained = proxy.drain();
    const refused = await ask(proxy.url, 'ok');
    assert.equal(refused.status, 503);
    assert.ok(Number(refused.headers.get('retry-after')) >= 1);
    assert.equal(((await refused.json()) as { error: { code: string } }).error.code, 'overloaded');
    const ready = await fetch(`${proxy.url}/readyz`);
    assert.equal(ready.status, 503);
    assert.equal((await fetch(`${proxy.url}/healthz`)).status, 200);
    const text = await running.text();
    assert.match(text, /id: 40\n/);
    assert.ok(text.endsWith('data: [DONE]\n\n'));
    await drained;
    await assert.rejects(fetch(`${proxy.url}/healthz`), 'the port is closed');
    await upstream.close();
  });

  test(`${runtime}: an answer that does not finish in time is told to be interrupted, and its upstream is let go`, async () => {
    const upstream = await startUpstream();
    const settings = { timeouts: { drainMs: 200 } };
    const proxy = await startProxy(upstreamSettings(upstream.url, ['hang-midway'], settings), { runtime });
    const running = await ask(proxy.url, 'hang-midway');
    await proxy.drain();
    const text = await running.text();
    assert.match(text, /event: error\ndata: \{"error":\{.*"code":"interrupted".*"retryable":true\}\}\n\n$/);
    assert.ok(!text.includes('[DONE]'));
    assert.equal((await upstream.stats()).open, 0);
    await upstream.close();
  });
}

test('the log of a process that is told to end has the line of its last answer', async () => {
  const upstream = await startUpstream();
  const proxy = await startProxyProcess(upstreamSettings(upstream.url, ['ok:40:20']));
  const running = await ask(proxy.url, 'ok:40:20');
  proxy.signal('SIGTERM');
  await running.text();
  const { code, stdout } = await proxy.ended;
  assert.equal(code, 0);
  const lines = stdout
    .trim()
    .split('\n')
    .map(line => JSON.parse(line));
  assert.deepEqual(
    lines.map(({ msg }) => msg),
    ['draining', 'request'],
  );
  assert.equal(lines[1].completionTokens, 40);
  await proxy.close();
  await upstream.close();
});
