/** Upstreams behind an HTTP proxy that the environment names, as in a company's network. */

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { type AddressInfo, connect } from 'node:net';
import { after, before, test } from 'node:test';
import { createServer, type Server } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { ask } from '../support/ask.ts';
import { type ForkedServer, forkServer } from '../support/fork-server.ts';
import { upstreamSettings } from '../support/proxy.ts';
import { type ProxyProcess, startProxyProcess } from '../support/proxy-process.ts';
import { startUpstream, type Upstream } from '../support/start-upstream.ts';
import { addUp, readWire } from '../support/wire.ts';

const certificate = fileURLToPath(new URL('../fixtures/tls/certificate.pem', import.meta.url));
const PASSWORD = 'pass word';

let upstream: Upstream;
let forward: ForkedServer;
/** The upstream behind TLS. */
let secure: Server;
let proxy: ProxyProcess | undefined;

before(async () => {
  [upstream, forward] = await Promise.all([startUpstream(), forkServer('forward-proxy.mjs')]);
  const { port } = new URL(upstream.url);
  const key = await readFile(new URL('../fixtures/tls/key.pem', import.meta.url));
  secure = createServer({ key, cert: await readFile(certificate) }, client => {
    const onward = connect(Number(port), '127.0.0.1');
    client.on('error', () => {}).on('close', () => onward.destroy());
    onward.on('error', () => {}).on('close', () => client.destroy());
    client.pipe(onward).pipe(client);
  });
  secure.listen(0, '127.0.0.1');
  await once(secure, 'listening');
});
after(async () => {
  secure.close();
  await Promise.all([upstream.close(), forward.close()]);
});

test('HTTP_PROXY takes requests to http upstreams', async t => {
  const url = await start(t, upstream.url, { HTTP_PROXY: withPassword() });
  await checkTwoAnswers(url);
  assert.deepEqual(await seen(), { tunnels: 0, forwarded: 2, refused: 0 });
});

test('HTTPS_PROXY tunnels to https upstreams, and a tunnel is kept for the next request', async t => {
  const url = await start(t, secureUrl(), { HTTPS_PROXY: withPassword() });
  await checkTwoAnswers(url);
  assert.deepEqual(await seen(), { tunnels: 1, forwarded: 0, refused: 0 });
});

test('ALL_PROXY stands for both, and NO_PROXY names the upstreams that are asked without it', async t => {
  const all = await start(t, secureUrl(), { ALL_PROXY: withPassword() });
  await checkTwoAnswers(all);
  assert.deepEqual(await seen(), { tunnels: 1, forwarded: 0, refused: 0 });
  const none = await start(t, secureUrl(), { ALL_PROXY: withPassword(), NO_PROXY: '.example,127.0.0.1' });
  await checkTwoAnswers(none);
  assert.deepEqual(await seen(), { tunnels: 0, forwarded: 0, refused: 0 });
});

test('a proxy that lets nobody in, or is not there, is an error that shows neither it nor its password', async t => {
  const wrong = forward.origin.replace('//', `//me:${encodeURIComponent(`not ${PASSWORD}`)}@`);
  for (const [url, proxyUrl] of [
    [upstream.url, wrong],
    [secureUrl(), wrong],
    [secureUrl(), 'http://me:not%20pass%20word@127.0.0.1:9'],
  ]) {
    const base = await start(t, url!, { ALL_PROXY: proxyUrl! });
    const { status, text } = await ask(base, { model: 'ok' });
    assert.deepEqual([status, JSON.parse(text).error.code], [502, 'upstream_error']);
    proxy!.signal('SIGTERM');
    const { stdout, stderr } = await proxy!.ended;
    assert.match(stdout, /"reason":"(407|connection failed)/);
    for (const output of [text, stdout, stderr]) {
      assert.ok(!/pass word|pass%20word|upstream-says/.test(output.replace(/"reason":.*/, '')), output);
      assert.ok(!/pass word|pass%20word|me:|bWU6/.test(output), output);
    }
  }
});

test('a proxy that never opens the tunnel is waited for as a connection is', async t => {
  const url = await start(t, 'https://127.0.0.1:9/v1', { HTTPS_PROXY: withPassword() });
  const { status, text } = await ask(url, { model: 'ok' });
  assert.deepEqual([status, JSON.parse(text).error.code], [502, 'upstream_error']);
});

test('a proxy of another kind ends the start with one sentence', async t => {
  await assert.rejects(
    start(t, upstream.url, { ALL_PROXY: `socks5://me:${PASSWORD}@127.0.0.1:1080` }),
    error => {
      assert.match(
        (error as Error).message,
        /rivulet-chat: HTTP_PROXY or ALL_PROXY: must be an http or https URL; with NO_PROXY=127\.0\.0\.1 none is used\.\n/,
      );
      assert.ok(!(error as Error).message.includes(PASSWORD));
      return true;
    },
  );
});

async function start(
  t: { after(end: () => Promise<void>): void },
  upstreamUrl: string,
  env: Record<string, string>,
): Promise<string> {
  await seen();
  const settings = upstreamSettings(upstreamUrl, ['ok'], { retries: 0, timeouts: { connectMs: 1_000 } });
  const started = await startProxyProcess(settings, {
    arguments: ['--verbose'],
    env: { NODE_EXTRA_CA_CERTS: certificate, ...env },
  });
  t.after(() => started.close());
  proxy = started;
  return `${started.url}/v1`;
}

async function checkTwoAnswers(url: string): Promise<void> {
  for (let n = 0; n < 2; n++) {
    const { events, terminal } = readWire((await ask(url, { model: 'ok' })).text);
    assert.equal(terminal, 'done');
    assert.equal(addUp(events).content, 'Hello, world! 你好，世界 🌊');
  }
}

function withPassword(): string {
  return forward.origin.replace('//', `//me:${encodeURIComponent(PASSWORD)}@`);
}

function secureUrl(): string {
  return `https://127.0.0.1:${(secure.address() as AddressInfo).port}/v1`;
}

/** What the proxy has seen since it was asked before. */
async function seen(): Promise<unknown> {
  const stats = await fetch(`${forward.origin}/stats`, { headers: { connection: 'close' } });
  return stats.json();
}
