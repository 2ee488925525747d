/** What the doctor sees: a real nginx that is set up well or badly, and providers that fail in each way. */

import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { checkChain } from '../../server/commands/doctor/chain.ts';
import type { Finding } from '../../server/commands/doctor/finding.ts';
import { checkProviders } from '../../server/commands/doctor/providers.ts';
import { loadConfig } from '../../server/config/load.ts';
import { nodeTransports } from '../../server/node.ts';
import { assertWell, diagnose, theIllness } from '../support/diagnosis.ts';
import { startNginx } from '../support/nginx.ts';
import { startProxy, type TestProxy } from '../support/proxy.ts';

const TOKEN = 'a-token-of-the-operator';
const SITE = 'https://example.com';
const FORWARDED = 'proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;';
const WELL = `proxy_http_version 1.1; proxy_set_header Connection ""; ${FORWARDED}`;

let proxy: TestProxy;
before(async () => {
  proxy = await startProxy({ allowedOrigins: [SITE], metrics: { token: TOKEN }, trustedProxyHops: 1 });
});
after(() => proxy.close());

interface Patient {
  /** Directives of nginx, beside or in place of those that are as they should be. */
  nginx: string;
  inPlace?: boolean;
  origins?: string[];
  token?: string;
}

async function findings({ nginx, inPlace, origins = [SITE], token = TOKEN }: Patient): Promise<Finding[]> {
  const front = await startNginx(proxy.url, inPlace ? nginx : `${WELL} ${nginx}`);
  return diagnose(front, { token, origins });
}

async function illness(patient: Patient): Promise<Finding> {
  return theIllness(await findings(patient));
}

for (const nginx of ['proxy_buffering off;', 'proxy_buffering on;']) {
  test(`of an nginx as the README has it with ${nginx} all is well, as it reads X-Accel-Buffering`, async () => {
    assertWell(await findings({ nginx }));
  });
}

test('an nginx that buffers', async () => {
  // What comes in chunks it passes on at once, also when it buffers; but it speaks HTTP 1.0 unless it is told to.
  const nginx = `proxy_ignore_headers X-Accel-Buffering; ${FORWARDED}`;
  const { says, advice } = await illness({ nginx, inPlace: true });
  assert.match(says, /chain buffers/);
  // It says that it is an nginx: nothing is said of others.
  assert.deepEqual(advice, [
    'nginx: proxy_buffering off; proxy_http_version 1.1; no proxy_ignore_headers X-Accel-Buffering;',
  ]);
});

test('an nginx that compresses', async () => {
  const { says, advice } = await illness({
    nginx: 'gzip on; gzip_types text/event-stream; gzip_proxied any;',
  });
  assert.match(says, /compresses streams \(gzip\)/);
  assert.match(advice!.join(), /gzip_types/);
});

test('an nginx that cuts a stream which is silent', async () => {
  const { says, advice } = await illness({ nginx: 'proxy_read_timeout 1s;' });
  assert.match(says, /cuts long streams: one of 1\.5 s with an event every 1\.5 s ended after [\d.]+ s/);
  assert.match(advice!.join(), /proxy_read_timeout 700s/);
});

test('an nginx that drops headers, of requests and of responses', async () => {
  const { says } = await illness({
    nginx: 'proxy_set_header Last-Event-ID ""; proxy_hide_header Rivulet-Stream;',
  });
  assert.match(says, /Last-Event-ID \(request\), Rivulet-Stream\.$/);
});

test('an nginx that adds a CORS header of its own, and so a second one', async () => {
  const { says, advice } = await illness({ nginx: 'add_header Access-Control-Allow-Origin *;' });
  assert.match(says, /keeps pages of https:\/\/example\.com out: .* is https:\/\/example\.com, \*/);
  assert.match(advice!.join(), /no add_header Access-Control/);
});

test('an nginx that knows no DELETE', async () => {
  const { says } = await illness({ nginx: 'limit_except GET POST OPTIONS { deny all; }' });
  assert.match(says, /Stop out: it answers DELETE with 403/);
});

test('an origin that is not let in, and who is let in by whom', async () => {
  const all = await findings({ nginx: '', origins: ['https://other.example'] });
  const [ill] = all.filter(({ state }) => state === 'ill');
  assert.match(ill!.says, /https:\/\/other\.example are not let in/);
  assert.match(ill!.advice!.join(), /ALLOWED_ORIGINS=https:\/\/other\.example/);
});

test('an nginx that hides who the visitors are', async () => {
  const bare = await startNginx(proxy.url, 'proxy_buffering off;');
  const all = await checkChain(new URL(`${bare.url}/`), {
    token: TOKEN,
    origins: [],
    longMs: 1_000,
    silenceMs: 500,
  });
  await bare.close();
  const [ill] = all.filter(({ state }) => state === 'ill');
  assert.match(ill!.says, /X-Forwarded-For has 0 addresses here, and trustedProxyHops is 1/);
});

test('a token that is wrong, or none', async () => {
  assert.match((await illness({ nginx: '', token: 'wrong' })).says, /token is refused \(401\)/);
  const unseen = (await findings({ nginx: '', token: '' })).filter(({ state }) => state === 'unseen');
  assert.match(unseen[0]!.says, /METRICS_TOKEN/);
});

test('a URL where no proxy is', async () => {
  const [gone] = await checkChain(new URL('http://127.0.0.1:9/'), {
    token: '',
    origins: [],
    longMs: 1_000,
    silenceMs: 50,
  });
  assert.match(gone!.says, /no connection to 127\.0\.0\.1:9 \(ECONNREFUSED\)/);
  const site = createServer((_, response) => response.end('<h1>Welcome'));
  const [other] = await checkChain(new URL(`${await listen(site)}/`), {
    token: '',
    origins: [],
    longMs: 1_000,
    silenceMs: 50,
  });
  site.close();
  assert.match(other!.says, /no Rivulet/);
});

// ---- Providers ----

function listen(server: Server | ReturnType<typeof createTlsServer>): Promise<string> {
  return new Promise(resolve =>
    server.listen(0, '127.0.0.1', () =>
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    ),
  );
}

async function provider(name: string, baseUrl: string): Promise<Finding> {
  const providers = { [name]: { baseUrl, apiKey: 'sk-good', models: ['alpha', 'beta'] } };
  const config = loadConfig({ name: 'c', text: JSON.stringify({ providers }) }, {});
  const [finding] = await checkProviders(config.models.values(), nodeTransports(config));
  return finding!;
}

test('providers are told apart by how they fail', async () => {
  const list = (...ids: string[]) => JSON.stringify({ object: 'list', data: ids.map(id => ({ id })) });
  const answers: Record<string, [number, string]> = {
    '/good/models': [200, list('alpha', 'models/beta', 'gamma')],
    '/unknown/models': [200, list('alpha', 'gamma')],
    '/broke/models': [402, '{}'],
    '/busy/models': [429, '{}'],
    '/down/models': [503, 'down'],
    '/page/models': [200, '<html>'],
  };
  const server = createServer((request, response) => {
    const [status, text] = answers[request.url!] ?? [404, '{}'];
    const allowed =
      request.headers.authorization === 'Bearer sk-good' && !request.url!.startsWith('/refusing');
    response.writeHead(allowed ? status : 401).end(text);
  });
  const url = await listen(server);
  const said = async (path: string, name = 'mine') => {
    const { state, says } = await provider(name, `${url}/${path}`);
    return `${state}: ${says}`;
  };
  assert.match(await said('good'), /^well: mine: it takes the key and has alpha, beta\.$/);
  assert.match(await said('unknown'), /^ill: .*unknown model beta\./);
  assert.match(await said('refusing'), /^ill: .*key is refused \(401\)/);
  assert.match(await said('refusing', 'openrouter'), /^unseen: .*bench --runs 1/);
  assert.match(await said('broke'), /^ill: .*no credit/);
  assert.match(await said('busy'), /^unseen: .*429/);
  assert.match(await said('down'), /^ill: .*503/);
  assert.match(await said('page'), /^unseen: .*no list of models/);
  assert.match(await said('missing'), /^unseen: .*no list of models \(404\)/);
  server.close();
  server.closeAllConnections();
});

test('no DNS, no TLS and no connection are told apart', async () => {
  assert.match(
    (await provider('mine', 'https://no-such-host.invalid/v1')).says,
    /no DNS: .*no-such-host\.invalid/,
  );
  assert.match(
    (await provider('mine', 'http://127.0.0.1:9/v1')).says,
    /no connection to 127\.0\.0\.1:9 \(ECONNREFUSED\)/,
  );
  // It speaks HTTP where TLS is asked for.
  const plain = createServer();
  const url = await listen(plain);
  assert.match((await provider('mine', `${url.replace('http', 'https')}/v1`)).says, /TLS: /);
  plain.close();
});
