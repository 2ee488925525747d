/** Forms for a person: checked, signed, delivered once, tried again, and never silently lost. */

import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, afterEach, before, test } from 'node:test';
import { ConfigError, loadConfig } from '../../server/config/load.ts';
import { sign } from '../../server/contact/webhook.ts';
import type { ContactRequest, WidgetSettings, WireError } from '../../server/protocol.ts';
import { eventually } from '../support/eventually.ts';
import { startProxy, type TestProxy, upstreamSettings } from '../support/proxy.ts';
import { startUpstream, type Upstream } from '../support/start-upstream.ts';
import { type Answer, startWebhook, WEBHOOK_SECRET, type Webhook } from '../support/webhook.ts';

const SITE = 'https://site.example';

let upstream: Upstream;
let webhook: Webhook;
let proxy: TestProxy;
before(async () => {
  upstream = await startUpstream();
});
after(() => upstream.close());
afterEach(async () => {
  await proxy.close();
  webhook.close();
});

async function start(answer?: Parameters<typeof startWebhook>[0], contact: object = {}, more: object = {}) {
  webhook = await startWebhook(answer);
  const settings = {
    allowedOrigins: [SITE],
    limits: { contactsPerMinute: 100, maxMessages: 3 },
    contact: { webhookUrl: webhook.url, webhookSecret: WEBHOOK_SECRET, ...contact },
    ...more,
  };
  proxy = await startProxy(upstreamSettings(upstream.url, ['ok'], settings), { verbose: true });
}

const form: ContactRequest = {
  fields: { name: 'Ann', email: 'ann@example.com', message: 'Call me.' },
  conversation: { id: 'c1', messages: [{ role: 'user', content: 'Why?', at: 5 }] },
};

function send(body: unknown, key: string | null = 'k1', headers: Record<string, string> = {}) {
  return fetch(`${proxy.url}/v1/contact`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      origin: SITE,
      ...(key !== null && { 'idempotency-key': key }),
      ...headers,
    },
    body: JSON.stringify(body),
  });
}

async function refusal(response: Response) {
  const { error } = (await response.json()) as WireError;
  return [response.status, error.code, error.param];
}

const messageOf = ({ body }: { body: string }) => JSON.parse(body) as { data: Record<string, unknown> };

test('a form is delivered with the conversation, signed as the standard has it', async () => {
  await start();
  const response = await send(form);
  assert.equal(response.status, 204);
  const [{ headers, body, path }] = webhook.received as [Webhook['received'][0]];
  assert.equal(path, '/contact');
  const { timestamp, ...message } = JSON.parse(body);
  assert.ok(Math.abs(Date.parse(timestamp) - Date.now()) < 60_000);
  assert.deepEqual(message, {
    type: 'contact.submitted',
    data: { ...form, origin: SITE, visitor: null, requestId: response.headers.get('x-request-id') },
  });
  const { 'webhook-id': id, 'webhook-timestamp': sentAt, 'webhook-signature': signature } = headers;
  assert.ok(Math.abs(Number(sentAt) - Date.now() / 1_000) < 60);
  const key = Buffer.from(WEBHOOK_SECRET.replace('whsec_', ''), 'base64');
  const expected = createHmac('sha256', key).update(`${id}.${sentAt}.${body}`).digest('base64');
  assert.equal(signature, `v1,${expected}`);
});

test("the signature is that of the standard's own libraries", async () => {
  await start();
  // https://github.com/standard-webhooks/standard-webhooks/blob/main/libraries/javascript/src/webhook.test.ts
  const text = 'msg_p5jXN8AQM9LWM0D4loKWxJek.1614265330.{"test": 2432232314}';
  assert.equal(await sign(WEBHOOK_SECRET, text), 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
});

test('a receiver that fails twice gets it at last, as the same message', async () => {
  await start(number => ({ status: [500, 429][number - 1] ?? 200 }));
  assert.equal((await send(form)).status, 204);
  assert.equal(webhook.received.length, 3);
  assert.equal(new Set(webhook.received.map(({ headers }) => headers['webhook-id'])).size, 1);
  assert.equal(new Set(webhook.received.map(({ body }) => body)).size, 1);
});

test('a double click is one form, also when it comes later; another text is another form', async () => {
  let go = () => {};
  const gate = new Promise<void>(resolve => (go = resolve));
  await start(() => gate.then(() => ({ status: 200 })));
  const both = [send(form), send(form)];
  await eventually(
    async () => webhook.received.length,
    count => count > 0,
  );
  go();
  for (const response of await Promise.all(both)) assert.equal(response.status, 204);
  assert.equal((await send(form)).status, 204);
  assert.equal(webhook.received.length, 1);
  const changed = { ...form, fields: { ...form.fields, message: 'Write to me.' } };
  assert.equal((await send(changed)).status, 204);
  assert.equal((await send(form, null)).status, 204);
  assert.equal(new Set(webhook.received.map(({ headers }) => headers['webhook-id'])).size, 3);
});

test('it is delivered when the visitor has left in the meantime', async () => {
  await start(number => ({ status: number === 1 ? 503 : 204 }));
  const leaving = new AbortController();
  const sent = fetch(`${proxy.url}/v1/contact`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: SITE, 'idempotency-key': 'k1' },
    body: JSON.stringify(form),
    signal: leaving.signal,
  });
  await eventually(
    async () => webhook.received.length,
    count => count === 1,
  );
  leaving.abort();
  await assert.rejects(sent);
  const count = await eventually(
    async () => webhook.received.length,
    count => count === 2,
  );
  assert.equal(count, 2);
});

const unhelpful: Array<[string, Answer]> = [
  ['a refusal', { status: 400 }],
  ['a redirect', { status: 307, headers: { location: '/elsewhere' } }],
  ['a wait of minutes', { status: 503, headers: { 'retry-after': '300' } }],
];
for (const [what, answer] of unhelpful) {
  test(`${what} is told to the visitor, who may try again`, async () => {
    await start(number => (number === 1 ? answer : { status: 204 }));
    const response = await send(form);
    const { error } = (await response.json()) as WireError;
    assert.deepEqual([response.status, error.code], [502, 'upstream_error']);
    assert.ok(!error.message.includes('127.0.0.1'));
    const line = await eventually(async () => proxy.logs.find(({ path }) => path === '/v1/contact'), Boolean);
    assert.equal(line?.reason, `webhook: status ${answer?.status}, at attempt 1`);
    assert.equal((await send(form)).status, 204);
    assert.deepEqual(
      webhook.received.map(({ path }) => path),
      ['/contact', '/contact'],
    );
  });
}

test('a process that is told to end delivers first, and does not wait for ever', async () => {
  let go = () => {};
  const gate = new Promise<void>(resolve => (go = resolve));
  await start(() => gate.then(() => ({ status: 200 })));
  const sent = send(form);
  await eventually(
    async () => webhook.received.length,
    count => count === 1,
  );
  const drained = proxy.drain();
  assert.deepEqual((await refusal(await send(form, 'k2'))).slice(0, 2), [503, 'overloaded']);
  go();
  assert.equal((await sent).status, 204);
  await drained;
  webhook.close();

  await start(() => null, {}, { timeouts: { drainMs: 100 } });
  const hanging = send(form);
  await eventually(
    async () => webhook.received.length,
    count => count === 1,
  );
  const ended = proxy.drain();
  assert.equal((await hanging).status, 502);
  await ended;
});

test('a bad form is refused by the name of its field', async () => {
  await start();
  const { fields, conversation } = form;
  const said = (content: string, role = 'user') => ({ id: 'c1', messages: [{ role, content }] });
  const bad: Array<[object, string]> = [
    [{ conversation }, 'fields'],
    [{ fields: { ...fields, email: undefined } }, 'fields.email'],
    [{ fields: { ...fields, email: 'ann' } }, 'fields.email'],
    [{ fields: { ...fields, message: '  ' } }, 'fields.message'],
    [{ fields: { ...fields, name: 'x'.repeat(501) } }, 'fields.name'],
    [{ fields: { ...fields, message: 'x'.repeat(10_001) } }, 'fields.message'],
    [{ fields: { ...fields, more: 'x' } }, 'fields'],
    [{ fields, conversation: said('Hi', 'system') }, 'conversation.messages.0.role'],
    [
      { fields, conversation: { id: 'c', messages: Array(4).fill(said('Hi').messages[0]) } },
      'conversation.messages',
    ],
  ];
  for (const [body, param] of bad) {
    assert.deepEqual(await refusal(await send(body)), [400, 'invalid_request', param]);
  }
  assert.equal((await send(form, 'x'.repeat(256))).status, 400);
  assert.equal((await send(form, 'k1', { origin: 'https://other.example' })).status, 403);
  assert.deepEqual(webhook.received, []);
  const least = { fields: { email: ' ann@example.com ', message: 'Hi' } };
  assert.equal((await send(least)).status, 204);
  const { data } = messageOf(webhook.received[0]!);
  assert.deepEqual(data.fields, { email: 'ann@example.com', message: 'Hi' });
  assert.equal(data.conversation, undefined);
});

test('the widget is told of the fields, and of nothing else', async () => {
  const fields = [
    { name: 'order', label: 'Order number', required: true },
    { name: 'phone', kind: 'tel' },
  ];
  await start(undefined, { fields });
  const response = await fetch(`${proxy.url}/v1/widget`);
  const { contact } = (await response.json()) as WidgetSettings;
  assert.deepEqual(contact, {
    fields: [
      { name: 'order', label: 'Order number', kind: 'text', required: true },
      { name: 'phone', kind: 'tel', required: false },
    ],
  });
  assert.equal((await send({ fields: { order: '7' } })).status, 204);
  assert.deepEqual((await refusal(await send(form))).slice(0, 2), [400, 'invalid_request']);
});

test('an address that sends too many has to wait', async () => {
  await start(undefined, {}, { limits: { contactsPerMinute: 1 } });
  assert.equal((await send(form)).status, 204);
  const refused = await send(form, 'k2');
  assert.ok(Number(refused.headers.get('retry-after')) > 0);
  assert.deepEqual(await refusal(refused), [429, 'rate_limited', 'contactsPerMinute']);
});

test('a wrong setting stops the start with a sentence that names it', async () => {
  await start();
  const good = { webhookUrl: 'https://example.com/hook', webhookSecret: WEBHOOK_SECRET };
  const bad: Array<[object, RegExp]> = [
    [{ webhookUrl: 'ftp://example.com' }, /contact\.webhookUrl: must be an http or https URL/],
    [{ webhookSecret: 'secret' }, /contact\.webhookSecret: must be whsec_ and 24 to 64 bytes in base64/],
    [{ webhookSecret: 'whsec_c2hvcnQ=' }, /contact\.webhookSecret/],
    [{ fields: [{ name: '1' }] }, /contact\.fields\.0\.name/],
    [{ fields: [{ name: 'a' }, { name: 'a' }] }, /contact\.fields: must have different names/],
    [{ fields: [{ name: 'a', kind: 'file' }] }, /contact\.fields\.0\.kind/],
  ];
  const load = (contact: object) => loadConfig({ name: 'f', text: JSON.stringify({ contact }) }, {});
  for (const [change, words] of bad) {
    const isRight = (error: Error) => error instanceof ConfigError && words.test(error.message);
    assert.throws(() => load({ ...good, ...change }), isRight);
  }
  const { contact, secrets } = load(good);
  assert.ok(!JSON.stringify(contact).includes('MfKQ'));
  assert.ok(secrets.includes(WEBHOOK_SECRET));
});
