/** Several keys of one provider are used in turn; one that is refused rests; and none is ever shown. */

import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { ProviderAccess } from '../../server/config/models.ts';
import { Secret } from '../../server/config/secret.ts';
import { Keys } from '../../server/upstream/keys.ts';
import { ask } from '../support/ask.ts';
import { startProxy, upstreamSettings } from '../support/proxy.ts';
import { startProxyProcess } from '../support/proxy-process.ts';
import { startUpstream, type Upstream } from '../support/start-upstream.ts';

const GOOD = 'sk-good-0123456789';
const BAD = 'odd+bad/9876543210';
const OTHER = 'sk-other-555555555';

let upstream: Upstream;
before(async () => {
  upstream = await startUpstream();
});
beforeEach(() => upstream.reset());
after(() => upstream.close());

describe('over the wire:', () => {
  test('keys are used in turn', async () => {
    const proxy = await start(['ok'], [GOOD, OTHER]);
    for (let n = 0; n < 4; n++) await ask(proxy.url, { model: 'ok' });
    assert.deepEqual(await keysSeen(), [GOOD, OTHER, GOOD, OTHER]);
    await proxy.close();
  });

  for (const status of [401, 402, 403]) {
    test(`a key that is refused with ${status} rests, and the next one answers at once`, async () => {
      const model = `key:${status}:odd`;
      const proxy = await start([model], [BAD, GOOD]);
      for (let n = 0; n < 3; n++) assert.equal((await ask(proxy.url, { model })).status, 200);
      assert.deepEqual(await keysSeen(), [BAD, GOOD, GOOD, GOOD]);
      await proxy.close();
    });
  }

  test('too many requests with one key are no reason to wait before the next', async () => {
    const model = 'first:1:busy:20';
    const proxy = await start([model], [GOOD, OTHER]);
    assert.equal((await ask(proxy.url, { model })).status, 200);
    assert.deepEqual(await keysSeen(), [GOOD, OTHER]);
    await proxy.close();
  });

  test('where all keys are refused that is the error, and one of them is tried each time: it may have been mended', async () => {
    const proxy = await start(['quota', 'first:2:401'], [BAD, OTHER]);
    for (const model of ['quota', 'quota']) {
      const { status, text } = await ask(proxy.url, { model });
      assert.deepEqual([status, JSON.parse(text).error.code], [502, 'upstream_unauthorized']);
    }
    assert.deepEqual(await keysSeen(), [BAD, OTHER, BAD]);
    await upstream.reset();
    const answers = [];
    for (let n = 0; n < 3; n++) answers.push((await ask(proxy.url, { model: 'first:2:401' })).status);
    assert.deepEqual(answers, [502, 502, 200]);
    await proxy.close();
  });

  test('a text that is refused rests no key', async () => {
    const proxy = await start(['flagged', 'ok'], [GOOD, OTHER]);
    await ask(proxy.url, { model: 'flagged' });
    for (let n = 0; n < 2; n++) await ask(proxy.url, { model: 'ok' });
    assert.deepEqual(await keysSeen(), [GOOD, OTHER, GOOD]);
    await proxy.close();
  });
});

describe('in time:', () => {
  let now = 0;
  let keys: Keys;
  const none = new Set<never>();
  const provider = { apiKeys: [new Secret('a'), new Secret('b')] } as unknown as ProviderAccess;
  const take = (resting = false) => keys.take(provider, none, resting);
  const name = (key: ReturnType<typeof take>) => key?.secret?.reveal();
  beforeEach(() => {
    now = 0;
    keys = new Keys(() => now);
  });

  test('a refused key rests 10 minutes, then twice as long, and when it has worked 10 again', () => {
    const key = take()!;
    for (const minutes of [10, 20, 40, 80, 120, 120]) {
      const refusedAt = now;
      keys.refused(key);
      now = key.restsUntil - 1;
      assert.deepEqual([name(take()), name(take())], ['b', 'b']);
      now += 1;
      assert.ok([name(take()), name(take())].includes('a'));
      assert.equal(key.restsUntil - refusedAt, minutes * 60_000);
    }
    keys.worked(key);
    keys.refused(key);
    assert.equal(key.restsUntil - now, 600_000);
  });

  test('many who hear of one refusal make it no longer', () => {
    const key = take()!;
    for (let n = 0; n < 100; n++) keys.refused(key);
    assert.equal(key.restsUntil, 600_000);
  });

  test('of keys that all rest the one is taken that has rested longest, and only where resting ones are wanted', () => {
    const first = take()!;
    const second = take()!;
    keys.refused(second);
    now = 1;
    keys.refused(first);
    assert.equal(take(), null);
    assert.equal(take(true), second);
  });
});

describe('a key is never shown', () => {
  test('in anything that the process says, also verbosely, and when it crashes', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'rivulet-keys-'));
    const file = join(folder, 'keys');
    await writeFile(file, `${BAD}\n${GOOD}\n`);
    // Refusals that quote the key, in every place; and one that only a second key mends.
    const models = ['secret:401', 'secret:500', 'secret:first', 'secret:midway', 'key:401:odd', 'ok'];
    const { providers } = upstreamSettings(upstream.url, models) as { providers: { upstream: object } };
    const withFile = { ...providers.upstream, apiKey: undefined, apiKeyFile: file };
    const proxy = await startProxyProcess(
      { providers: { upstream: withFile }, retries: 1 },
      {
        arguments: ['--verbose'],
        nodeArguments: ['--import', crashOnSignal],
        env: { CRASH_WORDS: `${GOOD} ${BAD}` },
      },
    );
    let bodies = '';
    for (const model of models) bodies += (await ask(`${proxy.url}/v1`, { model })).text;
    proxy.signal('SIGUSR2');
    const { code, stdout, stderr } = await proxy.ended;
    assert.equal(code, 1);
    assert.match(stderr, /crash: \[redacted\] \[redacted\]/);
    assert.match(stdout, /\[redacted\]/);
    for (const key of [GOOD, BAD]) {
      for (const text of [stdout, stderr, bodies]) {
        assert.ok(!text.includes(key), text);
        assert.ok(!text.includes(Buffer.from(key).toString('base64')), text);
      }
    }
    await proxy.close();
    await rm(folder, { recursive: true });
  });
});

/** A fault of the process: an error that nobody catches, with keys in its words and in what hangs on it. */
const crashOnSignal = `data:text/javascript,process.on('SIGUSR2', () => { throw Object.assign(new Error('crash: ' + process.env.CRASH_WORDS), { headers: { authorization: 'Bearer ' + process.env.CRASH_WORDS } }) })`;

async function start(models: string[], apiKey: string[]) {
  const { providers } = upstreamSettings(upstream.url, models) as { providers: { upstream: object } };
  const proxy = await startProxy({ providers: { upstream: { ...providers.upstream, apiKey } } });
  return { url: `${proxy.url}/v1`, close: proxy.close };
}

async function keysSeen(): Promise<string[]> {
  return (await upstream.stats()).asked.map(({ key }) => key);
}
