/** The audit: a line for each answer, in order, in a file that may be moved away or fill its disk. */

import assert from 'node:assert/strict';
import { mkdtemp, readFile, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { ask, open, stop } from '../support/ask.ts';
import { auditLines, readAudit } from '../support/audit-lines.ts';
import { eventually } from '../support/eventually.ts';
import { startProxy, type TestProxyOptions, upstreamSettings } from '../support/proxy.ts';
import { startProxyProcess } from '../support/proxy-process.ts';
import { startUpstream, type Upstream } from '../support/start-upstream.ts';

let upstream: Upstream;
let folder: string;
let file: string;
before(async () => {
  upstream = await startUpstream();
});
after(() => upstream.close());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rivulet-audit-'));
  file = join(folder, 'audit.jsonl');
});
afterEach(() => rm(folder, { recursive: true }));

const models = ['ok', 'ok:100:10', 'html-502'];
const settings = (audit: object) => upstreamSettings(upstream.url, models, { audit });
const start = (audit: object, options?: TestProxyOptions) => startProxy(settings(audit), options);

test('each answer is a line with how it ended, and without what was said', async () => {
  const proxy = await start({ file });
  const headers = { Origin: 'http://localhost:8000', 'X-Request-Id': 'asked-first' };
  const body = { messages: [{ role: 'user', content: 'my private question' }] };
  await ask(`${proxy.url}/v1`, { model: 'ok', headers, body });
  await ask(`${proxy.url}/v1`, { model: 'html-502' });
  const stopped = open(`${proxy.url}/v1`, { model: 'ok:100:10' });
  await stop(`${proxy.url}/v1`, await stopped.id);
  await stopped.reply;
  await ask(`${proxy.url}/v1`, { model: 'not-offered' });
  await proxy.drain();

  const [first, failed, ended, ...more] = await auditLines(file, 3);
  assert.deepEqual([failed!.outcome, ended!.outcome, more.length], ['upstream_error', 'stopped', 0]);
  const { time, client, ttftMs, durationMs, ...rest } = first!;
  assert.ok(Math.abs(Date.parse(String(time)) - Date.now()) < 60_000);
  assert.match(String(client), /^[0-9a-f]{12}$/);
  assert.equal(client, proxy.logs[0]!.client, 'the log names the same client alike');
  for (const figure of [ttftMs, durationMs]) assert.ok(Number.isInteger(figure));
  assert.deepEqual(rest, {
    requestId: 'asked-first',
    origin: 'http://localhost:8000',
    model: 'ok',
    answeredBy: 'ok',
    outcome: 'complete',
    promptTokens: 3,
    completionTokens: 7,
    costs: [{ model: 'ok' }],
    failed: [],
  });
  assert.ok(!(await readFile(file, 'utf8')).includes('private'));
  assert.equal((await stat(file)).mode & 0o077, 0, 'only its owner may read it');
});

test('what was said stands in it only when that is asked for', async () => {
  const proxy = await start({ file, content: true });
  await ask(`${proxy.url}/v1`, { model: 'ok' });
  await proxy.drain();
  const [line] = await auditLines(file, 1);
  assert.deepEqual(line!.messages, [{ role: 'user', content: 'Hello?' }]);
  assert.match(JSON.stringify(line!.answer), /Hello, world! 你好，世界 🌊/);
});

test('without the setting there is none, and a file that cannot be written stops the start', async () => {
  await assert.rejects(
    start({ file: join(folder, 'no-such-folder/audit.jsonl') }),
    /^Error: audit\.file: .*ENOENT/,
  );
  const proxy = await startProxy(upstreamSettings(upstream.url, models));
  await ask(`${proxy.url}/v1`, { model: 'ok' });
  await proxy.close();
  await assert.rejects(stat(file), /ENOENT/);
});

test('after SIGHUP it goes on in a new file, and all is written before the process ends', async () => {
  const proxy = await startProxyProcess(settings({ file }));
  try {
    await ask(`${proxy.url}/v1`, { model: 'ok' });
    await auditLines(file, 1);
    await rename(file, `${file}.1`);
    proxy.signal('SIGHUP');
    await eventually(
      () =>
        stat(file).then(
          () => true,
          () => false,
        ),
      Boolean,
    );
    await ask(`${proxy.url}/v1`, { model: 'html-502' });
    proxy.signal('SIGTERM');
    assert.equal((await proxy.ended).code, 0);
    assert.deepEqual(
      (await readAudit(`${file}.1`)).map(({ outcome }) => outcome),
      ['complete'],
    );
    assert.deepEqual(
      (await readAudit(file)).map(({ outcome }) => outcome),
      ['upstream_error'],
    );
  } finally {
    await proxy.close();
  }
});

test('a full disk is one warning, and answers go on', { skip: process.platform !== 'linux' }, async () => {
  const proxy = await start({ file: '/dev/full' });
  for (let i = 0; i < 3; i++) assert.equal((await ask(`${proxy.url}/v1`, { model: 'ok' })).status, 200);
  const warnings = () => proxy.logs.filter(({ level }) => level === 'warn');
  // The disk says so in its own time.
  const [first] = await eventually(
    async () => warnings(),
    ({ length }) => length > 0,
  );
  assert.equal(first?.reason, 'ENOSPC');
  await proxy.close();
  assert.equal(warnings().length, 1);
});
