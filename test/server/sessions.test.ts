/** Sessions: who gets one, what a token has to be, and what is a visitor's wherever they are. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import type { SessionToken, WidgetSettings, WireError } from '../../server/protocol.ts';
import { ask, open, resume, stop } from '../support/ask.ts';
import { startCaptcha, startHonestCaptcha } from '../support/captcha.ts';
import { startProxy, type TestProxy, upstreamSettings } from '../support/proxy.ts';
import { startUpstream, type Upstream } from '../support/start-upstream.ts';
import { readWire } from '../support/wire.ts';

const SECRET = 'the secret of these tests, which is long enough';
const OLD_SECRET = 'the secret before it, which was long enough as well';
const SITE = 'https://site.example';
const OTHER_SITE = 'https://other.example';
const MODEL = 'ok:5:0';
const SLOW = 'ok:2000:10';
const HANGS = 'hang-before-first';

let upstream: Upstream;
let proxy: TestProxy;
const session = { secret: SECRET, previousSecret: OLD_SECRET, required: true };
const settings = {
  allowedOrigins: [SITE, OTHER_SITE],
  trustedProxyHops: 1,
  session,
  limits: { sessionsPerMinute: 50 },
  timeouts: { firstTokenMs: 500 },
};
const start = (more: object = {}) =>
  startProxy(upstreamSettings(upstream.url, [MODEL, SLOW, HANGS], { ...settings, ...more }));

before(async () => {
  upstream = await startUpstream();
  proxy = await start();
});
after(async () => {
  await proxy.close();
  await upstream.close();
});

interface Asking {
  origin?: string | null;
  before?: string;
  proof?: string;
  from?: string;
}

function askSession(
  url: string,
  { origin = SITE, before, proof, from = '1.1.1.1' }: Asking = {},
): Promise<Response> {
  return fetch(`${url}/v1/session`, {
    method: 'POST',
    headers: {
      ...(proof && { 'Content-Type': 'application/json' }),
      'X-Forwarded-For': from,
      ...(origin && { Origin: origin }),
      ...(before && bearer(before)),
    },
    ...(proof && { body: JSON.stringify({ proof }) }),
  });
}

async function newToken(url = proxy.url, asking: Asking = {}): Promise<string> {
  const response = await askSession(url, asking);
  assert.equal(response.status, 200, await response.clone().text());
  return ((await response.json()) as SessionToken).token;
}

function bearer(token: string): { Authorization: string } {
  return { Authorization: `Bearer ${token}` };
}

function claimsOf(token: string): JWTPayload & { origin: string } {
  return JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString());
}

const now = () => Math.floor(Date.now() / 1_000);

/** A token as a backend makes it, but for what is changed. */
function sign(changes: Record<string, unknown> = {}, secret = SECRET, alg = 'HS256'): Promise<string> {
  const claims = { aud: 'rivulet-chat', sub: 'ann', origin: SITE, iat: now(), exp: now() + 600, ...changes };
  const given = Object.entries(claims).filter(([, value]) => value !== undefined);
  return new SignJWT(Object.fromEntries(given))
    .setProtectedHeader({ alg })
    .sign(new TextEncoder().encode(secret));
}

async function refusal(response: Response): Promise<string> {
  return ((await response.json()) as WireError).error.code;
}

const models = (token: string, headers: Record<string, string> = {}, url = proxy.url) =>
  fetch(`${url}/v1/models`, { headers: { ...bearer(token), ...headers } });

test('a page gets a session for its visitor, and the widget is told that there are sessions', async () => {
  const told = (await (await fetch(`${proxy.url}/v1/widget`)).json()) as WidgetSettings;
  assert.equal(told.session, true);
  const response = await askSession(proxy.url);
  assert.equal(response.headers.get('Cache-Control'), 'no-store');
  const { token, expires_in } = (await response.json()) as SessionToken;
  const { sub, iat, exp, jti, aud, origin } = claimsOf(token);
  assert.deepEqual([aud, origin, exp! - iat!, expires_in], ['rivulet-chat', SITE, 600, 600]);
  assert.match(`${sub} ${jti}`, /^[\da-f-]{36} [\da-f-]{36}$/);
  assert.notEqual(claimsOf(await newToken()).sub, sub);
  const { status } = await ask(`${proxy.url}/v1`, {
    model: MODEL,
    headers: { ...bearer(token), Origin: SITE },
  });
  assert.equal(status, 200);
});

test('without a session nothing is answered, in plain words', async () => {
  for (const path of ['/v1/models', `/v1/streams/${crypto.randomUUID()}`]) {
    const response = await fetch(`${proxy.url}${path}`, { headers: { Origin: SITE } });
    assert.deepEqual([response.status, response.headers.get('WWW-Authenticate')], [401, 'Bearer'], path);
    assert.equal(response.headers.get('Access-Control-Allow-Origin'), SITE);
    const { error } = (await response.json()) as WireError;
    assert.equal(error.code, 'unauthorized');
    assert.match(error.message, /needs a session.*POST \/v1\/session/);
  }
  const asked = await ask(`${proxy.url}/v1`, { model: MODEL });
  assert.equal(asked.status, 401);
  assert.equal((await stop(`${proxy.url}/v1`, crypto.randomUUID())).status, 401);
});

test('a browser may send the token', async () => {
  const response = await fetch(`${proxy.url}/v1/chat/completions`, {
    method: 'OPTIONS',
    headers: {
      Origin: SITE,
      'Access-Control-Request-Method': 'POST',
      'Access-Control-Request-Headers': 'authorization,content-type,rivulet-resume',
    },
  });
  assert.equal(response.status, 204);
  assert.match(response.headers.get('Access-Control-Allow-Headers') ?? '', /authorization/i);
});

const forged: Array<[name: string, token: () => Promise<string> | string]> = [
  ['no token at all', () => 'x'],
  [
    'of the algorithm "none"',
    () =>
      new UnsecuredJWT({ sub: 'ann', origin: SITE })
        .setAudience('rivulet-chat')
        .setIssuedAt()
        .setExpirationTime('10m')
        .encode(),
  ],
  ['of another algorithm', () => sign({}, SECRET.padEnd(64), 'HS512')],
  ['of another secret', () => sign({}, 'another secret that is long enough for anybody')],
  ['for another audience', () => sign({ aud: 'another' })],
  ['for no audience', () => sign({ aud: undefined })],
  ['that has expired', () => sign({ iat: now() - 700, exp: now() - 100 })],
  ['that never expires', () => sign({ exp: undefined })],
  ['that does not say when it was made', () => sign({ iat: undefined })],
  ['that was made too long ago, whatever it says', () => sign({ iat: now() - 3_700, exp: now() + 999_999 })],
  ['that will be made', () => sign({ iat: now() + 300 })],
  ['that is not valid yet', () => sign({ nbf: now() + 300 })],
  ['for nobody', () => sign({ sub: undefined })],
  ['for an empty visitor', () => sign({ sub: '' })],
  ['for no site', () => sign({ origin: undefined })],
  ['for another site', () => sign({ origin: OTHER_SITE })],
  ['with a limit of nothing', () => sign({ limits: { streams: 0 } })],
  ['with a limit that is no number', () => sign({ limits: { streams: '3' } })],
  ['with a limit that does not exist', () => sign({ limits: { steams: 3 } })],
];

for (const [name, token] of forged) {
  test(`a token ${name} is refused`, async () => {
    const response = await models(await token(), { Origin: SITE });
    assert.deepEqual([response.status, await refusal(response)], [401, 'unauthorized']);
    assert.equal(response.headers.get('WWW-Authenticate'), 'Bearer');
  });
}

test('a token whose claims were changed is refused, and a refusal names the claim', async () => {
  const [header, , signature] = (await sign()).split('.');
  const claims = Buffer.from(JSON.stringify({ ...claimsOf(await sign()), sub: 'bob' })).toString('base64url');
  assert.equal((await models(`${header}.${claims}.${signature}`)).status, 401);
  const words = async (changes: object) =>
    ((await (await models(await sign({ ...changes }))).json()) as WireError).error.message;
  assert.match(await words({ limits: { streams: -1 } }), /its claim limits\.streams/);
  assert.match(await words({ aud: 'x' }), /its claim aud/);
  assert.match(await words({ exp: now() - 60 }), /has expired/);
});

test('what a backend makes is accepted, with the new secret and the one before', async () => {
  for (const secret of [SECRET, OLD_SECRET]) {
    const response = await models(await sign({ limits: { streams: 2, requestsPerMinute: 5 } }, secret), {
      Origin: SITE,
    });
    assert.equal(response.status, 200, await response.text());
  }
});

test('the newest secret signs', async () => {
  const rotated = await start({ session: { secret: OLD_SECRET, required: true } });
  assert.equal((await models(await newToken(), {}, rotated.url)).status, 401);
  assert.equal((await models(await newToken(rotated.url))).status, 200);
  await rotated.close();
});

test('a renewed token is the same visitor, shortly after its end too', async () => {
  const first = await newToken();
  const second = claimsOf(await newToken(proxy.url, { before: first }));
  assert.equal(second.sub, claimsOf(first).sub);
  assert.notEqual(second.jti, claimsOf(first).jti);

  const claims = { ...claimsOf(first), iat: now() - 1_500, exp: now() - 900 };
  assert.equal(claimsOf(await newToken(proxy.url, { before: await sign(claims) })).sub, claims.sub);
  const renewed = async (changes: object, asking: Asking = {}, secret = SECRET) => {
    const token = await sign({ ...claimsOf(first), ...changes }, secret);
    return claimsOf(await newToken(proxy.url, { before: token, ...asking })).sub === claims.sub;
  };
  assert.equal(await renewed({}), true);
  assert.equal(await renewed({}, {}, OLD_SECRET), true);
  assert.equal(await renewed({ iat: now() - 9_000, exp: now() - 8_400 }), false, 'long ago');
  assert.equal(await renewed({ auth_time: now() - 90_000 }), false, 'renewed for more than a day');
  assert.equal(await renewed({}, { origin: OTHER_SITE }), false, 'of another site');
  assert.equal(await renewed({ iss: undefined }), false, "a backend's token");
  assert.equal(await renewed({}, {}, 'another secret that is long enough for anybody'), false);
});

test('only a page of an allowed site gets a session', async () => {
  const refused = async (origin: string | null) => {
    const response = await askSession(proxy.url, { origin });
    return [response.status, await refusal(response)];
  };
  assert.deepEqual(await refused('https://evil.example'), [403, 'origin_not_allowed']);
  assert.deepEqual(await refused(null), [403, 'origin_not_allowed']);
  assert.deepEqual(await refused('null'), [403, 'origin_not_allowed']);
});

test('an address begins so many sessions in a minute, and is told how long to wait', async () => {
  const strict = await start({ limits: { sessionsPerMinute: 2 } });
  const statuses = async (from: string) => {
    const responses = await Promise.all([1, 2, 3].map(() => askSession(strict.url, { from })));
    return responses.map(({ status }) => status).sort();
  };
  assert.deepEqual(await statuses('1.1.1.1'), [200, 200, 429]);
  const response = await askSession(strict.url, { from: '1.1.1.1' });
  assert.equal(await refusal(response), 'rate_limited');
  const seconds = Number(response.headers.get('Retry-After'));
  assert.ok(seconds >= 1 && seconds <= 60, `${seconds} s`);
  assert.deepEqual(await statuses('2.2.2.2'), [200, 200, 429], 'each address by itself');
  await strict.close();
});

test('where the site alone makes tokens, the proxy gives none', async () => {
  const members = await start({ session: { ...session, anonymous: false } });
  const response = await askSession(members.url);
  assert.deepEqual([response.status, await refusal(response)], [401, 'unauthorized']);
  assert.equal((await models(await sign(), {}, members.url)).status, 200);
  await members.close();
});

test('without a secret there are no sessions, and what is sent as a key is nobody’s business', async () => {
  const plain = await start({ session: {} });
  assert.equal((await askSession(plain.url)).status, 404);
  assert.equal((await models('sk-anything', {}, plain.url)).status, 200);
  const told = (await (await fetch(`${plain.url}/v1/widget`)).json()) as WidgetSettings;
  assert.equal('session' in told, false);
  await plain.close();
});

test('where sessions are not required they still count: a bad one is refused, and none is an address', async () => {
  const optional = await start({ session: { secret: SECRET } });
  assert.equal((await fetch(`${optional.url}/v1/models`)).status, 200);
  assert.equal((await models('sk-anything', {}, optional.url)).status, 401);
  const basic = await fetch(`${optional.url}/v1/models`, { headers: { Authorization: 'Basic eDp5' } });
  assert.equal(basic.status, 200);
  await optional.close();
});

const phone = (token: string, from: string) => ({ ...bearer(token), 'X-Forwarded-For': from });

test('a phone that changes its network resumes and stops its answer; nobody else finds it', async () => {
  const token = await newToken();
  const url = `${proxy.url}/v1`;
  const headers = { ...phone(token, '1.1.1.1'), 'Rivulet-Resume': '1' };
  const reply = open(url, { model: SLOW, headers });
  await reply.until(text => readWire(text.slice(0, text.lastIndexOf('\n\n') + 2)).events.length >= 5);
  const id = await reply.id;
  reply.hangUp();

  for (const other of [phone(await newToken(), '1.1.1.1'), phone(await sign(), '1.1.1.1')]) {
    const { status, text } = await resume(url, id, 5, other).reply;
    assert.equal(status, 404);
    const never = await resume(url, crypto.randomUUID(), 5, other).reply;
    assert.deepEqual([never.status, never.text], [status, text], 'as one that never was');
    assert.equal((await stop(url, id, other)).status, 404);
  }
  // Renewed meanwhile, and from elsewhere.
  const renewed = phone(await newToken(proxy.url, { before: token }), '2001:db8::1');
  const rest = resume(url, id, 5, renewed);
  await rest.until(text => text.includes('id: 20\n'));
  assert.equal((await stop(url, id, renewed)).status, 204);
  const { terminal } = readWire((await rest.reply).text, 5);
  assert.equal(terminal !== 'done' && terminal?.code, 'stopped');
});

test('an idempotency key is its visitor’s, wherever they are', async () => {
  await upstream.reset();
  const [ann, bob] = [await newToken(), await newToken()];
  const key = { 'Idempotency-Key': crypto.randomUUID(), 'Rivulet-Resume': '1' };
  const id = async (token: string, from: string) => {
    const { headers } = await ask(`${proxy.url}/v1`, {
      model: MODEL,
      headers: { ...phone(token, from), ...key },
    });
    return headers['rivulet-stream'];
  };
  const first = await id(ann, '1.1.1.1');
  assert.equal(await id(ann, '2.2.2.2'), first);
  assert.notEqual(await id(bob, '1.1.1.1'), first);
  assert.equal((await upstream.stats()).requests, 2);
});

/** How each of several answers that run at once is received: 504 for one that has a place, as the model says nothing. */
async function received(url: string, clients: Array<Record<string, string>>): Promise<number[]> {
  const replies = clients.map(headers => ask(`${url}/v1`, { model: HANGS, headers }));
  return (await Promise.all(replies)).map(({ status }) => status).sort();
}

test('a new token buys nothing, nor does a new address', async () => {
  const limited = await start({ limits: { streamsPerClient: 2 } });
  const tokens = await Promise.all([1, 2, 3].map(() => newToken(limited.url)));
  assert.deepEqual(
    await received(
      limited.url,
      tokens.map(token => phone(token, '1.1.1.1')),
    ),
    [429, 504, 504],
  );
  const addresses = ['1.1.1.1', '2.2.2.2', '3.3.3.3'];
  assert.deepEqual(
    await received(
      limited.url,
      addresses.map(from => phone(tokens[0]!, from)),
    ),
    [429, 504, 504],
  );
  await limited.close();
});

test('a token lowers what its visitor may have, or raises it to what the address may have', async () => {
  const limited = await start({ limits: { streamsPerClient: 2, streamsPerAddress: 3 } });
  const statuses = async (limits: object | undefined, count: number) => {
    const token = await sign({ sub: crypto.randomUUID(), limits });
    return received(limited.url, Array(count).fill(phone(token, '1.1.1.1')));
  };
  assert.deepEqual(await statuses(undefined, 3), [429, 504, 504]);
  assert.deepEqual(await statuses({ streams: 1 }, 2), [429, 504]);
  assert.deepEqual(await statuses({ streams: 9 }, 4), [429, 504, 504, 504]);
  await limited.close();
});

test('a session begins when the captcha is passed, and is renewed without another', async () => {
  const captcha = await startHonestCaptcha();
  const guarded = await start({
    session: { ...session, captcha: { verifyUrl: captcha.verifyUrl, secret: 'its secret' } },
  });
  const token = await newToken(guarded.url, { proof: 'a person' });
  assert.deepEqual(Object.fromEntries(captcha.asked[0]!), { secret: 'its secret', response: 'a person' });
  const before = captcha.asked.length;
  await newToken(guarded.url, { before: token });
  assert.equal(captcha.asked.length, before);
  for (const proof of ['a machine', undefined]) {
    const response = await askSession(guarded.url, proof ? { proof } : {});
    const { error } = (await response.json()) as WireError;
    assert.deepEqual([response.status, error.code], [401, 'unauthorized']);
    assert.match(error.message, /check of the visitor/);
  }
  await guarded.close();
  captcha.close();
});

test('a captcha that cannot be asked is nobody’s fault, and its words stay here', async () => {
  const failures = [null, { status: 500, body: 'Broken: its secret' }, { body: '{"error":"its secret"}' }];
  for (const failure of failures) {
    const captcha = await startCaptcha(() => failure);
    const guarded = await start({
      session: { ...session, checkMs: 200, captcha: { verifyUrl: captcha.verifyUrl, secret: 'its secret' } },
    });
    const response = await askSession(guarded.url, { proof: 'a person' });
    const text = await response.text();
    assert.deepEqual([response.status, JSON.parse(text).error.code], [503, 'overloaded']);
    assert.ok(response.headers.get('Retry-After'));
    assert.doesNotMatch(text, /secret|127\.0\.0\.1/);
    await guarded.close();
    captcha.close();
  }
});

test('no token and no address reaches the log', async () => {
  const token = await newToken(proxy.url, { from: '203.0.113.7' });
  await models(token, { 'X-Forwarded-For': '203.0.113.7' });
  await models(`${token}x`);
  const log = JSON.stringify(proxy.logs);
  for (const secret of [token, SECRET, OLD_SECRET, '203.0.113.7', String(claimsOf(token).sub)]) {
    assert.equal(log.includes(secret), false, secret);
  }
});
