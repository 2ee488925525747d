/** What the operator sees of a running proxy: figures for Prometheus and the last hour, behind a token. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import type { StatusReport } from '../../server/protocol.ts';
import { ask, open, resume } from '../support/ask.ts';
import { eventually } from '../support/eventually.ts';
import { startProxy, type TestProxy, upstreamSettings } from '../support/proxy.ts';
import { startUpstream, type Upstream } from '../support/start-upstream.ts';

const TOKEN = 'a-token-of-the-operator';
const bearer = { Authorization: `Bearer ${TOKEN}` };
/** `input` of a million tokens at 2, `output` at 10. */
const priced = { id: 'ok', price: { input: 2, output: 10, currency: 'CNY' } };

let upstream: Upstream;
let proxy: TestProxy;
before(async () => {
  upstream = await startUpstream();
  proxy = await startProxy(
    upstreamSettings(upstream.url, [], {
      providers: { upstream: { baseUrl: upstream.url, models: [priced, 'ok:20:20', 'html-502'] } },
      metrics: { token: TOKEN },
      limits: { streamsTotal: 9, tokensPerDayTotal: 1_000_000 },
      retries: 0,
    }),
  );
});
after(async () => {
  await proxy.close();
  await upstream.close();
});

async function scrape(url = proxy.url): Promise<string> {
  const response = await fetch(`${url}/metrics`, { headers: bearer });
  assert.equal(response.status, 200);
  assert.match(response.headers.get('content-type') ?? '', /^text\/plain; version=0\.0\.4/);
  return response.text();
}

/** The value of one series: its name, and labels in any order. */
function valueOf(text: string, name: string, labels: Record<string, string> = {}): number | null {
  const line = text.split('\n').find(line => {
    const [, found, list = ''] = /^(\w+)(?:\{(.*)\})? /.exec(line) ?? [];
    return (
      found === name && Object.entries(labels).every(([key, value]) => list.includes(`${key}="${value}"`))
    );
  });
  return line === undefined ? null : Number(line.slice(line.lastIndexOf(' ') + 1));
}

async function hour(query = ''): Promise<StatusReport> {
  const response = await fetch(`${proxy.url}/status.json${query}`, { headers: bearer });
  return (await response.json()) as StatusReport;
}

test('an answer is counted with its first token, tokens, cost and end', async () => {
  const model = {
    gen_ai_request_model: 'ok',
    gen_ai_provider_name: 'upstream',
    gen_ai_operation_name: 'chat',
  };
  await ask(`${proxy.url}/v1`, { model: 'ok' });
  await ask(`${proxy.url}/v1`, { model: 'ok' });
  const text = await eventually(
    () => scrape(),
    text => valueOf(text, 'gen_ai_client_operation_duration_seconds_count', model) === 2,
  );
  const value = (name: string, labels = {}) => valueOf(text, name, { ...model, ...labels });
  assert.equal(value('gen_ai_client_operation_duration_seconds_count'), 2);
  assert.equal(value('gen_ai_client_operation_time_to_first_chunk_seconds_count'), 2);
  // The upstream counts 3 tokens of the prompt and 7 of the answer.
  assert.equal(value('gen_ai_client_token_usage_sum', { gen_ai_token_type: 'input' }), 6);
  assert.equal(value('gen_ai_client_token_usage_sum', { gen_ai_token_type: 'output' }), 14);
  assert.equal(
    value('rivulet_cost_total', { currency: 'CNY' })?.toFixed(9),
    ((6 * 2 + 14 * 10) / 1e6).toFixed(9),
  );
});

test('running answers and their places are seen while they run, and gone afterwards', async () => {
  const answer = open(`${proxy.url}/v1`, { model: 'ok:20:20', headers: { 'Rivulet-Resume': '1' } });
  await answer.until(text => text.includes('token 2 '));
  const during = await scrape();
  assert.equal(valueOf(during, 'rivulet_answers_running'), 1);
  assert.equal(valueOf(during, 'rivulet_leases'), 1);
  assert.equal((await hour()).running, 1);

  answer.hangUp();
  await resume(`${proxy.url}/v1`, await answer.id, 1).reply;
  const text = await eventually(
    () => scrape(),
    text => valueOf(text, 'rivulet_answers_running') === 0,
  );
  assert.equal(valueOf(text, 'rivulet_answers_running'), 0);
  assert.equal(valueOf(text, 'rivulet_leases'), 0);
  assert.equal(valueOf(text, 'rivulet_resumes_total'), 1);
  const speed = valueOf(text, 'rivulet_output_tokens_per_second_sum', { gen_ai_request_model: 'ok:20:20' });
  assert.ok(speed! > 0 && speed! < 60, `20 tokens, 20 ms apart: ${speed} a second`);
});

test('an upstream that fails is an error of its own, and no refusal', async () => {
  await ask(`${proxy.url}/v1`, { model: 'html-502' });
  const failed = { gen_ai_request_model: 'html-502', code: 'upstream_error' };
  const text = await eventually(
    () => scrape(),
    text => valueOf(text, 'rivulet_upstream_errors_total', failed) === 1,
  );
  assert.equal(valueOf(text, 'rivulet_upstream_errors_total', failed), 1);
  assert.equal(valueOf(text, 'rivulet_refusals_total', { code: 'upstream_error' }), null);
});

test('an answer of a model that stands in for another is its own, and the failure the other one has', async () => {
  const settings = { metrics: { token: TOKEN }, retries: 0, fallbacks: { 'html-502': ['ok'] } };
  const standing = await startProxy(upstreamSettings(upstream.url, ['html-502', 'ok'], settings));
  await ask(`${standing.url}/v1`, { model: 'html-502' });
  const ok = { gen_ai_request_model: 'ok' };
  const text = await eventually(
    () => scrape(standing.url),
    text => valueOf(text, 'gen_ai_client_operation_duration_seconds_count', ok) === 1,
  );
  await standing.close();
  assert.equal(valueOf(text, 'gen_ai_client_operation_duration_seconds_count', ok), 1);
  assert.equal(valueOf(text, 'rivulet_upstream_errors_total', { gen_ai_request_model: 'html-502' }), 1);
  assert.equal(valueOf(text, 'rivulet_upstream_errors_total', ok), null);
});

test('refusals are counted by code; what a visitor sends makes no new series', async () => {
  await ask(`${proxy.url}/v1`, { model: 'my-own-model', headers: { 'X-Forwarded-For': '203.0.113.9' } });
  const text = await scrape();
  assert.equal(valueOf(text, 'rivulet_refusals_total', { code: 'model_not_allowed' }), 1);
  for (const theirs of ['my-own-model', '203.0.113.9', '127.0.0.1'])
    assert.ok(!text.includes(theirs), theirs);
});

test('each figure that the dashboard shows is there, with the labels it asks for', async () => {
  const text = await scrape();
  const dashboard = readFileSync(new URL('../../server/telemetry/dashboard.json', import.meta.url), 'utf8');
  const { panels, templating } = JSON.parse(dashboard) as {
    panels: Array<{ targets: Array<{ expr: string }> }>;
    templating: { list: Array<{ definition?: string }> };
  };
  const queries = [
    ...panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
    ...templating.list.flatMap(({ definition }) => definition ?? []),
  ];
  let checked = 0;
  for (const query of queries) {
    const names = query.match(/\b(?:gen_ai_client|rivulet|nodejs|process)_\w+/g) ?? [];
    assert.notEqual(names.length, 0, query);
    for (const name of names) {
      assert.match(text, new RegExp(`^${name}[ {]`, 'm'), query);
      checked++;
    }
    const labels = [
      ...(/ by \(([^)]+)\)/.exec(query)?.[1]?.split(', ') ?? []),
      ...(query.match(/\w+(?==~)/g) ?? []),
    ];
    // `instance` is Prometheus' own.
    for (const label of labels.filter(label => label !== 'instance'))
      assert.match(text, new RegExp(`[{,]${label}="`), query);
  }
  assert.ok(checked > 15, `${checked} names`);
});

test('the last hour has a minute for each, and the answers of one model when asked', async () => {
  const all = await hour();
  assert.equal(all.minutes.length, 60);
  const sum = (report: StatusReport, key: 'answers' | 'failures' | 'refusals') =>
    report.minutes.reduce((total, minute) => total + minute[key], 0);
  assert.deepEqual([sum(all, 'answers'), sum(all, 'failures'), sum(all, 'refusals')], [4, 1, 1]);
  const one = all.models.find(({ model }) => model === 'ok');
  assert.equal(one?.answers, 2);
  assert.equal(one?.cost?.currency, 'CNY');
  assert.equal(sum(await hour('?model=ok'), 'answers'), 2);
});

test('what the site uses of its limits is reserved while an answer runs, and counted when it has ended', async () => {
  const before = (await hour()).limits;
  assert.deepEqual(before.streams, { used: 0, most: 9 });
  assert.equal(before.tokensPerDay?.most, 1_000_000);
  const answer = open(`${proxy.url}/v1`, { model: 'ok:20:20' });
  await answer.until(text => text.includes('id: 2'));
  const during = (await hour()).limits;
  assert.equal(during.streams.used, 1);
  assert.ok(during.tokensPerDay!.used > before.tokensPerDay!.used + 1_000, 'the longest answer is reserved');
  await answer.reply;
  // The upstream counts 3 tokens of the prompt and the 20 of the answer.
  const used = before.tokensPerDay!.used + 23;
  const after = await eventually(
    async () => (await hour()).limits,
    ({ streams, tokensPerDay }) => streams.used === 0 && tokensPerDay!.used === used,
  );
  assert.deepEqual(after, { streams: { used: 0, most: 9 }, tokensPerDay: { used, most: 1_000_000 } });
});

test('the token opens it in a header or as a password; nothing else does', async () => {
  const paths = ['/metrics', '/status', '/status.json', '/v1/probe'];
  const basic = (password: string) => ({ Authorization: `Basic ${btoa(`me:${password}`)}` });
  for (const path of paths) {
    for (const headers of [
      {},
      { Authorization: 'Bearer wrong' },
      basic('wrong'),
      { 'X-Forwarded-For': '127.0.0.1' },
    ]) {
      const response = await fetch(proxy.url + path, { headers: headers as Record<string, string> });
      assert.equal(response.status, 401, path);
      assert.match(response.headers.get('www-authenticate') ?? '', /^Basic /);
      assert.ok(!(await response.text()).includes('gen_ai'));
    }
  }
  assert.equal((await fetch(`${proxy.url}/metrics`, { headers: basic(TOKEN) })).status, 200);
  assert.ok(!JSON.stringify(proxy.logs).includes(TOKEN));
});

test('without a token set, all of it is closed, also to this machine', async () => {
  const closed = await startProxy({});
  for (const path of ['/metrics', '/status', '/status.json', '/v1/probe']) {
    const response = await fetch(closed.url + path, { headers: { Authorization: 'Bearer ' } });
    assert.equal(response.status, 404, path);
    assert.match(await response.text(), /METRICS_TOKEN/);
  }
  await closed.close();
});
