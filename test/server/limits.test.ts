/** How much a client may ask: of the requests of a minute and the tokens of a day, whatever it does to get more. */

import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { SignJWT } from 'jose';
import type { WireError } from '../../server/protocol.ts';
import { ask, open, type Question, type Reply } from '../support/ask.ts';
import { eventually } from '../support/eventually.ts';
import { startProxy, type TestProxy, upstreamSettings } from '../support/proxy.ts';
import { startUpstream, type Upstream } from '../support/start-upstream.ts';
import { readWire } from '../support/wire.ts';

const SECRET = 'the secret of these tests, which is long enough';
const SITE = 'https://site.example';
const OTHER_SITE = 'https://other.example';
/** Says that it took 3 tokens for the prompt and 5 for the answer. */
const FIVE = 'ok:5';
const LONG = 'ok:10000:5';
/** 600 characters, of which nobody says how many tokens they are. */
const UNCOUNTED = 'flood:100';
const models = [FIVE, LONG, UNCOUNTED, 'ok:20:10', 'hang-before-first', '500'];
/** Four characters and what says whose they are. */
const PROMPT = 5;
const MOST = 100;
const RESERVED = PROMPT + MOST;
const body = { messages: [{ role: 'user', content: 'word' }] };

let upstream: Upstream;
before(async () => {
  upstream = await startUpstream();
});
beforeEach(() => upstream.reset());
after(() => upstream.close());

/** Runs a proxy with these limits for as long as `use` takes. */
async function withProxy(
  limits: object,
  use: (url: string, proxy: TestProxy) => Promise<void>,
): Promise<void> {
  const settings = {
    ...{ trustedProxyHops: 1, retries: 0, allowedOrigins: [SITE, OTHER_SITE], session: { secret: SECRET } },
    limits: { streamsPerClient: 100, maxOutputTokens: MOST, ...limits },
  };
  const proxy = await startProxy(upstreamSettings(upstream.url, models, settings));
  try {
    await use(`${proxy.url}/v1`, proxy);
  } finally {
    await proxy.close();
  }
}

const from = (address: string, origin?: string) => ({
  'X-Forwarded-For': address,
  ...(origin && { Origin: origin }),
});

function answer(url: string, question: Question = {}): Promise<Reply> {
  return ask(url, { model: FIVE, body, headers: from('1.1.1.1'), ...question });
}

async function asVisitor(visitor: string, address: string, limits?: object) {
  const token = await new SignJWT({ origin: SITE, ...(limits && { limits }) })
    .setProtectedHeader({ alg: 'HS256' })
    .setAudience('rivulet-chat')
    .setSubject(visitor)
    .setIssuedAt()
    .setExpirationTime('10m')
    .sign(new TextEncoder().encode(SECRET));
  return { headers: { ...from(address), Authorization: `Bearer ${token}` } };
}

function assertRefused(reply: Reply, code: string, limit: string): void {
  const { error } = JSON.parse(reply.text) as WireError;
  assert.deepEqual([reply.status, error.code, error.param], [429, code, limit], reply.text);
  assert.match(String(reply.headers['retry-after']), /^[1-9]\d*$/);
  const wait = Number(reply.headers['retry-after']);
  if (code === 'rate_limited') assert.ok(wait <= 60, `${wait} s`);
  else assert.ok(wait > 86_000 && wait <= 86_400, `${wait} s`);
}

test('the requests of a minute are counted for each client, and those that are refused are not', async () => {
  await withProxy({ requestsPerMinute: 3, streamsPerClient: 1 }, async url => {
    const held = open(url, { model: LONG, headers: from('1.1.1.1') });
    await held.id;
    const otherFaults: Question[] = [{}, { model: 'not-offered' }, { body: { messages: [] } }];
    for (const question of [...otherFaults, ...otherFaults]) {
      assert.notEqual((await answer(url, question)).status, 200);
    }
    held.hangUp();
    await eventually(upstream.stats, ({ answering }) => answering === 0);
    for (let n = 0; n < 2; n++) assert.equal((await answer(url)).status, 200);
    assertRefused(await answer(url), 'rate_limited', 'requestsPerMinute');
    assert.equal((await answer(url, { headers: from('2.2.2.2') })).status, 200);
    assert.equal((await upstream.stats()).requests, 4);
  });
});

test('of a hundred requests at once no more get an answer than may', async () => {
  await withProxy({ requestsPerMinute: 30 }, async url => {
    const replies = await Promise.all(Array.from({ length: 100 }, () => answer(url)));
    assert.equal(replies.filter(({ status }) => status === 200).length, 30);
    assert.equal((await upstream.stats()).requests, 30);
    for (const refused of replies.filter(({ status }) => status !== 200)) {
      assertRefused(refused, 'rate_limited', 'requestsPerMinute');
    }
  });
});

test('another session for each request buys nothing, and what a session may have of its own is its own', async () => {
  await withProxy({ requestsPerMinute: 3, requestsPerMinutePerAddress: 5 }, async url => {
    for (let n = 0; n < 5; n++) {
      assert.equal((await answer(url, await asVisitor(`visitor ${n}`, '1.1.1.1'))).status, 200);
    }
    const refused = await answer(url, await asVisitor('another', '1.1.1.1'));
    assertRefused(refused, 'rate_limited', 'requestsPerMinutePerAddress');
    const limited = await asVisitor('limited', '2.2.2.2', { requestsPerMinute: 1 });
    assert.equal((await answer(url, limited)).status, 200);
    assertRefused(await answer(url, limited), 'rate_limited', 'requestsPerMinute');
    const travels = await asVisitor('limited', '3.3.3.3', { requestsPerMinute: 1 });
    assertRefused(await answer(url, travels), 'rate_limited', 'requestsPerMinute');
    for (let n = 0; n < 4; n++) {
      const generous = await asVisitor('generous', '2.2.2.2', { requestsPerMinute: 50 });
      assert.equal((await answer(url, generous)).status, 200);
    }
  });
});

test('tokens are reserved before an answer, and settled by what the upstream counts', async () => {
  // Three answers of 8 tokens, and room for a fourth.
  await withProxy({ tokensPerDay: RESERVED + 24 }, async url => {
    for (let n = 0; n < 4; n++) assert.equal((await answer(url)).status, 200);
    assertRefused(await answer(url), 'budget_exhausted', 'tokensPerDay');
    const shorter = { ...body, max_tokens: MOST - 10 };
    assert.equal((await answer(url, { body: shorter })).status, 200, 'who asks for less needs less');
    assert.equal((await answer(url, { headers: from('2.2.2.2') })).status, 200);
    assert.equal((await upstream.stats()).requests, 6);
  });
});

test('answers that run at the same time have each reserved what they may take', async () => {
  await withProxy({ tokensPerDay: 3 * RESERVED }, async url => {
    const running = Array.from({ length: 3 }, () =>
      open(url, { model: LONG, body, headers: from('1.1.1.1') }),
    );
    await Promise.all(running.map(({ id }) => id));
    assertRefused(await answer(url), 'budget_exhausted', 'tokensPerDay');
    for (const one of running) one.hangUp();
  });
});

test('who reads an answer and leaves before its count comes has used what was said', async () => {
  await withProxy({ tokensPerDay: RESERVED + 60 }, async url => {
    const cut = open(url, { model: LONG, body, headers: from('1.1.1.1') });
    await cut.until(text => text.includes('id: 40\n'));
    cut.hangUp();
    await eventually(upstream.stats, ({ answering }) => answering === 0);
    assertRefused(await answer(url), 'budget_exhausted', 'tokensPerDay');
  });
});

test('who leaves before the first token has used the prompt', async () => {
  await withProxy({ tokensPerDay: RESERVED }, async url => {
    const left = open(url, { model: 'hang-before-first', body, headers: from('1.1.1.1') });
    await eventually(upstream.stats, ({ answering }) => answering === 1);
    left.hangUp();
    await eventually(upstream.stats, ({ answering }) => answering === 0);
    assertRefused(await answer(url), 'budget_exhausted', 'tokensPerDay');
    assert.equal((await answer(url, { body: { ...body, max_tokens: MOST - PROMPT } })).status, 200);
  });
});

test('an upstream that does not count is counted by what it said', async () => {
  await withProxy({ tokensPerDay: RESERVED + PROMPT + 149 }, async url => {
    const { text } = await answer(url, { model: UNCOUNTED });
    assert.equal(readWire(text).terminal, 'done');
    assertRefused(await answer(url), 'budget_exhausted', 'tokensPerDay');
    assert.equal((await answer(url, { body: { ...body, max_tokens: MOST - 1 } })).status, 200);
  });
});

test('an upstream that fails before it says something costs no tokens', async () => {
  await withProxy({ tokensPerDay: RESERVED }, async url => {
    for (let n = 0; n < 5; n++) assert.equal((await answer(url, { model: '500' })).status, 502);
    assert.equal((await answer(url)).status, 200);
  });
});

test('a site has a share, what names no site has one together, and all have what there is', async () => {
  await withProxy({ tokensPerDayPerOrigin: RESERVED + 8, tokensPerDayTotal: RESERVED + 40 }, async url => {
    const ofSite = (address: string, origin?: string) => answer(url, { headers: from(address, origin) });
    for (const address of ['1.1.1.1', '2.2.2.2']) assert.equal((await ofSite(address, SITE)).status, 200);
    assertRefused(await ofSite('3.3.3.3', SITE), 'budget_exhausted', 'tokensPerDayPerOrigin');
    for (const address of ['1.1.1.1', '4.4.4.4']) assert.equal((await ofSite(address)).status, 200);
    assertRefused(await ofSite('5.5.5.5'), 'budget_exhausted', 'tokensPerDayPerOrigin');
    for (const address of ['1.1.1.1', '6.6.6.6']) {
      assert.equal((await ofSite(address, OTHER_SITE)).status, 200);
    }
    assertRefused(await ofSite('7.7.7.7', OTHER_SITE), 'budget_exhausted', 'tokensPerDayPerOrigin');
    const visitor = await asVisitor('of the first site', '8.8.8.8');
    assertRefused(await answer(url, visitor), 'budget_exhausted', 'tokensPerDayPerOrigin');
  });
  await withProxy({ tokensPerDayTotal: RESERVED + 8 }, async url => {
    for (const address of ['1.1.1.1', '2.2.2.2']) {
      assert.equal((await answer(url, { headers: from(address) })).status, 200);
    }
    assertRefused(await answer(url, { headers: from('3.3.3.3') }), 'budget_exhausted', 'tokensPerDayTotal');
  });
});

test('what can never fit is said to be too long, and no wait is promised', async () => {
  await withProxy({ tokensPerDay: 2 * MOST }, async url => {
    const long = { messages: [{ role: 'user', content: 'word'.repeat(MOST) }] };
    const reply = await answer(url, { body: long });
    assert.deepEqual([reply.status, reply.headers['retry-after']], [413, undefined]);
    assert.match(reply.text, /payload_too_large.*tokensPerDay/);
    assert.equal((await answer(url)).status, 200);
  });
});

for (const limits of [{ requestsPerMinute: 1 }, { tokensPerDay: RESERVED }]) {
  test(`with ${JSON.stringify(limits)}, a question that is sent again under its key is paid for once`, async () => {
    await withProxy(limits, async url => {
      const headers = { ...from('1.1.1.1'), 'Idempotency-Key': crypto.randomUUID(), 'Rivulet-Resume': '1' };
      const question = { model: 'ok:20:10', headers };
      const together = await Promise.all([answer(url, question), answer(url, question)]);
      const again = await answer(url, question);
      for (const { status, text } of [...together, again])
        assert.deepEqual([status, text], [200, again.text]);
      assert.equal((await answer(url)).status, 429);
    });
  });
}

test('a place that was taken over for a request that was then refused goes back to its answer', async () => {
  const limits = { streamsPerClient: 1, tokensPerDay: 2 * RESERVED - 1 };
  await withProxy(limits, async url => {
    const headers = { ...from('1.1.1.1'), 'Rivulet-Resume': '1' };
    const left = open(url, { model: LONG, body, headers });
    await left.until(text => text.includes('id: 3\n'));
    left.hangUp();
    const refused = await eventually(
      () => answer(url, { headers }),
      ({ text }) => text.includes('budget_exhausted'),
    );
    assertRefused(refused, 'budget_exhausted', 'tokensPerDay');
    assert.equal((await upstream.stats()).answering, 1, 'it goes on');
  });
});
