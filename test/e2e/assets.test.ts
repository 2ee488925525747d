/** The widget's files and the demo page, as the proxy serves them. */

import assert from 'node:assert/strict';
import { get, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { after, before, test } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { startProxy, type TestProxy } from '../support/proxy.ts';

let proxy: TestProxy;
before(async () => {
  proxy = await startProxy({ allowedOrigins: ['https://example.com'] });
});
after(() => proxy.close());

/** Not `fetch`, which takes compression upon itself. */
async function load(path: string, headers: OutgoingHttpHeaders = {}) {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get(`${proxy.url}${path}`, { headers }, resolve).on('error', reject);
  });
  const pieces: Buffer[] = [];
  for await (const piece of response) pieces.push(piece as Buffer);
  return { status: response.statusCode, headers: response.headers, body: Buffer.concat(pieces) };
}

async function chatFile(): Promise<string> {
  const { body } = await load('/widget.js');
  const [path] = /widget\/chat-[\w-]+\.js/.exec(body.toString()) ?? [];
  assert.ok(path, 'widget.js names the chat');
  return `/${path}`;
}

test('the script tag is for pages of any origin and never out of date', async () => {
  const { status, headers } = await load('/widget.js', { origin: 'https://another.example' });
  assert.equal(status, 200);
  assert.match(headers['content-type'] ?? '', /^text\/javascript/);
  assert.equal(headers['access-control-allow-origin'], '*');
  assert.equal(headers['cross-origin-resource-policy'], 'cross-origin');
  assert.equal(headers['cache-control'], 'no-cache');
  assert.equal(headers['x-content-type-options'], 'nosniff');
  const again = await load('/widget.js', { 'if-none-match': headers.etag });
  assert.deepEqual([again.status, again.body.length], [304, 0]);
});

test('a file with a hash in its name is kept for ever, for pages of any origin', async () => {
  const { status, headers } = await load(await chatFile());
  assert.equal(status, 200);
  assert.equal(headers['cache-control'], 'public, max-age=31536000, immutable');
  assert.equal(headers.etag, undefined, 'nobody asks for it again');
  assert.equal(headers['access-control-allow-origin'], '*');
});

test('files come compressed as the browser can take them, and are the same', async () => {
  const path = await chatFile();
  const plain = await load(path);
  const brotli = await load(path, { 'accept-encoding': 'gzip, br' });
  const gzip = await load(path, { 'accept-encoding': 'gzip' });
  assert.equal(plain.headers['content-encoding'], undefined);
  assert.equal(brotli.headers['content-encoding'], 'br');
  assert.equal(gzip.headers['content-encoding'], 'gzip');
  assert.match(brotli.headers.vary ?? '', /accept-encoding/i);
  assert.deepEqual(brotliDecompressSync(brotli.body), plain.body);
  assert.deepEqual(gunzipSync(gzip.body), plain.body);
});

test('the demo page may not be framed by other sites', async () => {
  const { status, headers } = await load('/');
  assert.equal(status, 200);
  assert.match(headers['content-type'] ?? '', /^text\/html/);
  assert.equal(headers['x-frame-options'], 'SAMEORIGIN');
});

for (const path of [
  '/../package.json',
  '/%2e%2e/package.json',
  '/widget/../../package.json',
  '/widget/..%2f..%2fserver/cli.js',
  '/widget/%00',
  '/server/cli.js',
]) {
  test(`${path} leads nowhere`, async () => {
    const { status, body } = await load(path);
    assert.equal(status, 404, body.toString().slice(0, 100));
  });
}
