/** What visitors think of answers: a line of the audit, for those who may say it. */

import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import {
  type Feedback,
  MAX_REASON_CHARACTERS,
  type WidgetSettings,
  type WireError,
} from '../../server/protocol.ts';
import { ask } from '../support/ask.ts';
import { auditLines } from '../support/audit-lines.ts';
import { startProxy, type TestProxy, upstreamSettings } from '../support/proxy.ts';
import { startUpstream, type Upstream } from '../support/start-upstream.ts';

const SITE = 'https://site.example';

let upstream: Upstream;
let folder: string;
let file: string;
let proxy: TestProxy;
before(async () => {
  upstream = await startUpstream();
});
after(() => upstream.close());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rivulet-feedback-'));
  file = join(folder, 'audit.jsonl');
});
afterEach(async () => {
  await proxy.close();
  await rm(folder, { recursive: true });
});

const start = async (more: object = {}, audit: object | null = { file, feedback: true }) => {
  const settings = { allowedOrigins: [SITE], ...more, ...(audit && { audit }) };
  proxy = await startProxy(upstreamSettings(upstream.url, ['ok'], settings));
};
const settings = async () => (await (await fetch(`${proxy.url}/v1/widget`)).json()) as WidgetSettings;

const opinion: Feedback = { conversation: 'c1', message: 'm1', key: 'k1', rating: 'down', reason: 'Wrong.' };

function give(body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${proxy.url}/v1/feedback`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: SITE, ...headers },
    body: JSON.stringify(body),
  });
}

async function refusal(response: Response) {
  const { error } = (await response.json()) as WireError;
  return [response.status, error.code, error.param];
}

test('an opinion stands in the audit beside the answer that it is of, by the key of both', async () => {
  await start();
  assert.equal((await settings()).feedback, true);
  await ask(`${proxy.url}/v1`, { model: 'ok', headers: { 'Idempotency-Key': 'k1', Origin: SITE } });
  const response = await give(opinion);
  assert.equal(response.status, 204);
  assert.equal(response.headers.get('access-control-allow-origin'), SITE);
  assert.equal((await give({ ...opinion, rating: null, reason: undefined })).status, 204);
  const [answer, first, second] = await auditLines(file, 3);
  assert.equal(answer!.key, 'k1');
  const { time, requestId, client, ...line } = first!;
  assert.ok(Math.abs(Date.parse(String(time)) - Date.now()) < 60_000);
  assert.equal(requestId, response.headers.get('x-request-id'));
  assert.equal(client, answer!.client);
  const { key, ...feedback } = opinion;
  assert.deepEqual(line, { key, origin: SITE, feedback });
  assert.deepEqual(second!.feedback, { conversation: 'c1', message: 'm1', rating: null });
});

test('a bad opinion is refused by the name of its field, and nothing is written', async () => {
  await start();
  const bad: Array<[object, string]> = [
    [{ rating: 'great' }, 'rating'],
    [{ rating: undefined }, 'rating'],
    [{ message: '' }, 'message'],
    [{ conversation: 'x'.repeat(101) }, 'conversation'],
    [{ key: 'x'.repeat(256) }, 'key'],
    [{ reason: 'x'.repeat(MAX_REASON_CHARACTERS + 1) }, 'reason'],
    [{ reason: 7 }, 'reason'],
  ];
  for (const [change, param] of bad) {
    assert.deepEqual(await refusal(await give({ ...opinion, ...change })), [400, 'invalid_request', param]);
  }
  assert.equal((await give({ ...opinion, reason: 'x'.repeat(30_000) })).status, 413);
  assert.equal((await give(opinion, { origin: 'https://other.example' })).status, 403);
  assert.equal((await give(opinion, { 'content-type': 'text/plain' })).status, 400);
  await give({ ...opinion, more: 'of anything', reason: ' Right. ' });
  const lines = await auditLines(file, 1);
  assert.equal(lines.length, 1);
  assert.deepEqual(lines[0]!.feedback, {
    conversation: 'c1',
    message: 'm1',
    rating: 'down',
    reason: 'Right.',
  });
});

test('an address that says too much has to wait', async () => {
  await start({ limits: { feedbackPerMinute: 2 } });
  await give(opinion);
  await give(opinion);
  const refused = await give(opinion);
  assert.ok(Number(refused.headers.get('retry-after')) > 0);
  assert.deepEqual(await refusal(refused), [429, 'rate_limited', 'feedbackPerMinute']);
});

test('where there are sessions, it is the visitor who says it', async () => {
  await start({ session: { secret: 'a secret that is long enough for tests', required: true } });
  assert.deepEqual((await refusal(await give(opinion))).slice(0, 2), [401, 'unauthorized']);
  const session = await fetch(`${proxy.url}/v1/session`, { method: 'POST', headers: { origin: SITE } });
  const { token } = (await session.json()) as { token: string };
  assert.equal((await give(opinion, { authorization: `Bearer ${token}` })).status, 204);
  const [line] = await auditLines(file, 1);
  assert.match(String(line!.visitor), /^[0-9a-f]{12}$/);
});

for (const [where, isKept] of [
  ['without an audit', false],
  ['where the audit is of answers alone', true],
] as const) {
  test(`${where}, widgets do not ask and nothing is taken`, async () => {
    await start({}, isKept ? { file } : null);
    assert.equal((await settings()).feedback, undefined);
    assert.deepEqual((await refusal(await give(opinion))).slice(0, 2), [404, 'not_found']);
  });
}
