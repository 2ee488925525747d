/** The switch that stops all answers at once, and settings that change while answers run. */

import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, test, type TestContext } from 'node:test';
import type { WireError } from '../../server/protocol.ts';
import { ask, open, type Reply, resume } from '../support/ask.ts';
import { root } from '../support/clone.mjs';
import { eventually } from '../support/eventually.ts';
import { noSettings, run } from '../support/program.ts';
import { upstreamSettings } from '../support/proxy.ts';
import { type ProxyProcess, startProxyProcess } from '../support/proxy-process.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { startUpstream, type Upstream } from '../support/start-upstream.ts';
import { readWire } from '../support/wire.ts';

const LONG = 'ok:10000:5';
const resumes = { 'Rivulet-Resume': '1' };
const WORDS = 'We are back on Monday.';
const settings = (more: object = {}, models = [LONG, 'ok', 'echo']) =>
  upstreamSettings(upstream.url, models, { retries: 0, ...more });

let upstream: Upstream;
before(async () => {
  upstream = await startUpstream();
});
beforeEach(() => upstream.reset());
after(() => upstream.close());

async function started(t: TestContext, more: object = {}): Promise<ProxyProcess & { base: string }> {
  const process = await startProxyProcess(settings(more));
  t.after(() => process.close());
  return { ...process, base: `${process.url}/v1` };
}

/** Other settings, and the sentence by which the log says that they were read. */
async function configure(process: ProxyProcess, next: object | string, says: RegExp): Promise<void> {
  await process.configure(next);
  process.signal('SIGHUP');
  await process.says(says);
}

function assertPaused(reply: Reply, words: string | RegExp): void {
  const { error } = JSON.parse(reply.text) as WireError;
  assert.deepEqual(
    [reply.status, error.code, Number(reply.headers['retry-after']) > 1],
    [503, 'paused', true],
  );
  assert.match(error.message, new RegExp(words));
}

test('paused in the settings ends running answers, with their words, and lets nobody begin one', async t => {
  const proxy = await started(t);
  const { base } = proxy;
  const finished = { model: 'ok', headers: { ...resumes, 'Idempotency-Key': crypto.randomUUID() } };
  const { text: whole } = await ask(base, finished);
  const running = open(base, { model: LONG, headers: resumes });
  const waiting = ask(base, { model: LONG, stream: false });
  await running.until(text => text.includes('id: 5\n'));
  await configure(proxy, settings({ paused: WORDS }), /settings read again/);
  const { events, terminal } = readWire((await running.reply).text);
  assert.ok(events.length >= 5, 'what has arrived stays');
  assert.ok(terminal !== null && terminal !== 'done');
  assert.deepEqual([terminal.code, terminal.message, terminal.retryable], ['paused', WORDS, false]);
  assertPaused(await waiting, WORDS);
  await eventually(upstream.stats, ({ answering }) => answering === 0);
  assertPaused(await ask(base, { model: 'ok' }), WORDS);
  assert.equal((await ask(base, finished)).text, whole, 'who has an answer already may have it again');
  assert.equal((await upstream.stats()).requests, 3);
  const again = await resume(base, await running.id).reply;
  assert.equal(readWire(again.text).events.length, events.length, 'and can be read again');
  assert.equal((await fetch(`${base}/models`)).status, 200);

  await configure(proxy, settings(), /settings read again[^]*settings read again/);
  assert.equal((await ask(base, { model: 'ok' })).status, 200);
});

test('other settings hold for new answers, and a running one goes on with its own', async t => {
  const folder = await mkdtemp(join(tmpdir(), 'rivulet-keys-'));
  t.after(() => rm(folder, { recursive: true }));
  const apiKeyFile = join(folder, 'keys');
  await writeFile(apiKeyFile, 'sk-first');
  const provider = { baseUrl: upstream.url, apiKeyFile };
  const proxy = await startProxyProcess({
    providers: { upstream: { ...provider, models: ['ok:100:10', 'ok'] } },
    limits: { streamsPerClient: 1 },
  });
  t.after(() => proxy.close());
  const base = `${proxy.url}/v1`;
  const running = open(base, { model: 'ok:100:10' });
  await running.until(text => text.includes('id: 5\n'));
  assert.equal((await ask(base, { model: 'ok' })).status, 429);

  await writeFile(apiKeyFile, 'sk-second');
  const next = {
    providers: { upstream: { ...provider, models: ['echo'] } },
    ...{
      systemPrompt: 'Be brief.',
      allowedOrigins: ['https://new.example'],
      limits: { streamsPerClient: 2 },
    },
    ...{ host: '127.0.0.2', audit: { file: join(folder, 'audit') } },
  };
  await configure(proxy, next, /some hold from the next start on/);
  assert.match(await proxy.says(/waiting/), /"waiting":\["host","audit"\]/);
  const headers = { Origin: 'https://new.example' };
  const { text, status } = await ask(base, { model: 'echo', headers });
  assert.equal(status, 200);
  assert.match(text, /Be brief\./);
  assert.match(text, /Bearer sk-second/);
  assert.equal((await ask(base, { model: 'ok' })).status, 400, 'it is no longer offered');
  assert.equal((await ask(base, { model: 'echo', headers: { Origin: 'http://localhost' } })).status, 403);
  assert.equal(readWire((await running.reply).text).terminal, 'done');

  for (const [bad, names] of [
    ['{ "limits": ', /not valid JSON/],
    [{ limits: { streamsPerClient: 'many' } }, /limits\.streamsPerClient/],
    [
      { providers: { upstream: { ...provider, apiKeyFile: `${apiKeyFile}.gone` } } },
      /apiKeyFile.*cannot be read/,
    ],
  ] as const) {
    await configure(proxy, bad, names);
    assert.match(await proxy.says(names), /settings not read again: the old ones hold/);
    assert.equal((await ask(base, { model: 'echo', headers })).status, 200);
  }
});

test('the flag in Redis stops and starts all processes, as the command sets it or anybody', async t => {
  const redis: TestRedis = await startRedis();
  t.after(() => redis.close());
  const [one, other] = [await started(t, { redisUrl: redis.url }), await started(t, { redisUrl: redis.url })];
  const rivulet = (...args: string[]) =>
    run(process.execPath, ['--import', 'tsx', join(root, 'server/cli.ts'), ...args], {
      cwd: root,
      env: { ...noSettings, REDIS_URL: redis.url },
    });
  const running = [one, other].map(({ base }) => open(base, { model: LONG, headers: resumes }));
  for (const reply of running) await reply.until(text => text.includes('id: 5\n'));
  assert.deepEqual(await rivulet('pause', WORDS), { code: 0, stdout: '', stderr: '' });
  for (const reply of running) {
    const { terminal } = readWire((await reply.reply).text);
    assert.ok(terminal !== null && terminal !== 'done' && terminal.code === 'paused');
    assert.equal(terminal.message, WORDS);
  }
  for (const { base } of [one, other]) assertPaused(await ask(base, { model: 'ok' }), WORDS);
  assert.equal((await rivulet('resume')).code, 0);
  for (const { base } of [one, other]) {
    const reply = await eventually(
      () => ask(base, { model: 'ok' }),
      ({ status }) => status === 200,
    );
    assert.equal(reply.status, 200);
  }
  await redis.command(['SET', 'rivulet:paused', '']);
  await eventually(
    () => ask(one.base, { model: 'ok' }),
    ({ status }) => status === 503,
  );
  assertPaused(await ask(one.base, { model: 'ok' }), /paused/);
});

test('a pause that nobody can hear of is a failure', async () => {
  const env = { ...noSettings, REDIS_URL: 'redis://127.0.0.1:1' };
  const cli = ['--import', 'tsx', join(root, 'server/cli.ts'), 'pause'];
  const away = await run(process.execPath, cli, { cwd: root, env });
  assert.deepEqual([away.code, away.stderr], [1, 'rivulet-chat: Redis cannot be reached.\n']);
  const none = await run(process.execPath, cli, { cwd: root, env: noSettings });
  assert.equal(none.code, 1);
  assert.match(none.stderr, /redisUrl is not set/);
});
