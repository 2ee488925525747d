/** Images on their way through the proxy: which are let through, what they count, and where they must never stand. */

import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import type { WidgetSettings, WireError } from '../../server/protocol.ts';
import { ask } from '../support/ask.ts';
import { imagePart, pictureUrl } from '../support/pictures.ts';
import { startProxy, type TestProxy, UPSTREAM_KEY } from '../support/proxy.ts';
import { startUpstream, type Upstream } from '../support/start-upstream.ts';

const FOREIGN = 'https://cdn.example';
const limits = {
  maxAttachments: 2,
  maxImageBytes: 20_000,
  maxBodyBytes: 2_000,
  maxMessageCharacters: 500,
  maxOutputTokens: 50,
};

let upstream: Upstream;
let proxy: TestProxy;
before(async () => {
  upstream = await startUpstream();
  proxy = await startProxy(seeing({ allowedImageOrigins: [FOREIGN] }));
});
after(async () => {
  await proxy.close();
  await upstream.close();
});
beforeEach(() => upstream.reset());

/** Of its models `ok` and `401` see images, and `echo` does not. */
function seeing(settings: object = {}): object {
  const models = [{ id: 'ok', vision: true }, 'echo', { id: '401', vision: true }];
  const provider = { baseUrl: upstream.url, apiKey: UPSTREAM_KEY, models };
  return { providers: { upstream: provider }, limits, ...settings };
}

const said = (text: string) => ({ type: 'text', text }) as const;
const asking = (...parts: unknown[]) => ({ messages: [{ role: 'user', content: parts }] });

async function refusal(
  body: Record<string, unknown>,
  { url } = proxy,
): Promise<WireError['error'] & { status: number }> {
  const { status, text } = await ask(`${url}/v1`, { model: 'ok', stream: false, body });
  assert.notEqual(status, 200, text);
  return { status, ...(JSON.parse(text) as WireError).error };
}

for (const kind of ['png', 'jpeg', 'gif', 'webp'] as const) {
  test(`a ${kind} reaches the upstream as it was sent, beside its text`, async () => {
    const parts = [said('What is this?'), imagePart(pictureUrl(kind))];
    const { status } = await ask(`${proxy.url}/v1`, { model: 'ok', body: asking(...parts) });
    assert.equal(status, 200);
    assert.deepEqual((await upstream.stats()).lastRequest?.body.messages, asking(...parts).messages);
  });
}

test('an image of an allowed origin is named to the upstream, with the detail that is asked for', async () => {
  const image = { type: 'image_url', image_url: { url: `${FOREIGN}/a.png`, detail: 'low' } };
  assert.equal((await ask(`${proxy.url}/v1`, { model: 'ok', body: asking(image) })).status, 200);
  const { body } = (await upstream.stats()).lastRequest!;
  assert.deepEqual(body.messages, asking(image).messages);
});

const url = 'messages.0.content.0.image_url.url';
const refused: Array<[name: string, part: unknown, param: string, words: RegExp]> = [
  ['an SVG', imagePart(`data:image/svg+xml;base64,${btoa('<svg/>')}`), url, /png, image\/jpeg/],
  ['a PNG that says it is a JPEG', imagePart(pictureUrl('png', 1, 'jpeg')), url, /is no JPEG/],
  ['a JPEG that says it is a WebP', imagePart(pictureUrl('jpeg', 1, 'webp')), url, /is no WEBP/],
  [
    'a page that says it is a PNG',
    imagePart(`data:image/png;base64,${btoa('<html>'.repeat(9))}`),
    url,
    /PNG/,
  ],
  ['an image that is not base64', imagePart(`${pictureUrl('png')}!!!!`), url, /not valid base64/],
  ['half of an image’s base64', imagePart(pictureUrl('png').slice(0, -2)), url, /not valid base64/],
  ['an image in percents', imagePart('data:image/png,%89PNG'), url, /must be a data: URL/],
  ['an image of nobody', imagePart('data:;base64,AAAA'), url, /must be a data: URL/],
  ['an empty URL', imagePart(''), url, /must be a data: URL/],
  [
    'an image of another site',
    imagePart('https://evil.example/a.png'),
    url,
    /or be of https:\/\/cdn\.example/,
  ],
  ['an image of a host that begins alike', imagePart(`${FOREIGN}.evil.example/a.png`), url, /must be/],
  ['an image of that site without TLS', imagePart('http://cdn.example/a.png'), url, /must be/],
  ['an image of this machine', imagePart('file:///etc/passwd'), url, /must be/],
  [
    'an image whose URL is no text',
    { type: 'image_url', image_url: { url: 1 } },
    'messages.0.content',
    /parts/,
  ],
  ['a file', { type: 'file', file: { file_data: 'x' } }, 'messages.0.content', /must be a text, or a list/],
];

for (const [name, part, param, words] of refused) {
  test(`${name} is refused, by the name of the field`, async () => {
    const error = await refusal(asking(part));
    assert.deepEqual([error.status, error.code, error.param], [400, 'invalid_request', param]);
    assert.match(error.message, words);
    assert.equal((await upstream.stats()).requests, 0);
  });
}

test('images are of visitors alone', async () => {
  const content = [imagePart(pictureUrl('png'))];
  for (const message of [
    { role: 'assistant', content },
    { role: 'tool', content, tool_call_id: 'c' },
  ]) {
    const { status, param } = await refusal({ messages: [message, { role: 'user', content: 'So?' }] });
    assert.deepEqual([status, param], [400, 'messages.0.content']);
  }
});

test('too many images in a message, and too many bytes of them in all, are refused with the limit', async () => {
  const image = imagePart(pictureUrl('jpeg'));
  const many = await refusal(asking(image, image, image));
  assert.deepEqual([many.status, many.param], [400, 'messages.0.content']);
  assert.match(many.message, /at most 2 images/);
  const large = { role: 'user', content: [imagePart(pictureUrl('jpeg', 8))] };
  const heavy = await refusal({ messages: [large, large] });
  assert.deepEqual([heavy.status, heavy.param], [400, 'messages']);
  assert.match(heavy.message, /at most 20000 bytes of images; leave out the oldest/);
});

test('a body may be larger by its images, and by nothing else', async () => {
  const image = imagePart(pictureUrl('jpeg', 10));
  const body = { ...asking(said('So?'), image), filler: 'x'.repeat(1_000) };
  assert.equal((await ask(`${proxy.url}/v1`, { model: 'ok', body })).status, 200);
  for (const filler of ['x'.repeat(2_000), 'x'.repeat(30_000)]) {
    const error = await refusal({ ...asking(said('So?'), image), filler });
    assert.deepEqual([error.status, error.code], [413, 'payload_too_large']);
  }
});

test('a model that cannot see is not sent an image, nor is one that stands in', async () => {
  const body = asking(imagePart(pictureUrl('png')));
  const blind = await refusal({ ...body, model: 'echo' });
  assert.deepEqual([blind.status, blind.param], [400, 'messages']);
  assert.match(blind.message, /echo cannot see images/);
  assert.equal((await upstream.stats()).requests, 0);

  const falling = await startProxy(seeing({ fallbacks: { '401': ['echo', 'ok'] } }));
  const answered = await ask(`${falling.url}/v1`, { model: '401', body });
  await falling.close();
  assert.deepEqual([answered.status, answered.headers['rivulet-model']], [200, 'ok']);
  assert.deepEqual(
    (await upstream.stats()).asked.map(({ model }) => model),
    ['401', 'ok'],
  );
});

test('where no files may be attached, an image is none of what a message may say', async () => {
  const closed = await startProxy(seeing({ limits: { ...limits, maxAttachments: 0 } }));
  const error = await refusal(asking(imagePart(pictureUrl('png'))), closed);
  const settings = (await (await fetch(`${closed.url}/v1/widget`)).json()) as WidgetSettings;
  await closed.close();
  assert.equal(error.param, 'messages.0.content');
  assert.match(error.message, /a list of text parts/);
  assert.equal(settings.attachments, undefined);
});

test('the widget is told what may go along, and which models see it', async () => {
  const told = async (of: TestProxy) =>
    ((await (await fetch(`${of.url}/v1/widget`)).json()) as WidgetSettings).attachments;
  assert.deepEqual(await told(proxy), {
    count: 2,
    characters: 500,
    imageBytes: 20_000,
    seeing: ['', 'ok', '401'],
  });
  const blind = await startProxy(seeing({ defaultModel: 'echo' }));
  assert.deepEqual((await told(blind))?.seeing, ['ok', '401']);
  await blind.close();
});

test("an image takes tokens of the day's budget before it is asked about", async () => {
  const budget = await startProxy(seeing({ limits: { ...limits, tokensPerDay: 1_000 } }));
  const error = await refusal(asking(imagePart(pictureUrl('png'))), budget);
  assert.deepEqual([error.status, error.code], [413, 'payload_too_large']);
  assert.equal((await ask(`${budget.url}/v1`, { model: 'ok', body: asking(said('Hello')) })).status, 200);
  await budget.close();
});

test('a key that was used with another image is not given the answer of that', async () => {
  const headers = { 'Idempotency-Key': crypto.randomUUID() };
  const once = (kilobytes: number) =>
    ask(`${proxy.url}/v1`, {
      model: 'ok',
      headers,
      body: asking(said('So?'), imagePart(pictureUrl('png', kilobytes))),
    });
  const first = await once(1);
  assert.deepEqual([first.status, (await once(1)).text], [200, first.text]);
  const other = await once(2);
  assert.equal(other.status, 400);
  assert.match(other.text, /Idempotency-Key was used for another request/);
  assert.equal((await upstream.stats()).requests, 1);
});

test('neither the log nor the audit holds an image; the audit says what it was', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'rivulet-attachments-'));
  const file = join(folder, 'audit.jsonl');
  const audited = await startProxy(seeing({ audit: { file, content: true } }), { verbose: true });
  const image = pictureUrl('webp', 3);
  await ask(`${audited.url}/v1`, { model: 'ok', body: asking(said('So?'), imagePart(image)) });
  await refusal(asking(imagePart(`${image}!!!!`)), audited);
  await audited.drain();
  const line = await readFile(file, 'utf8');
  await rm(folder, { recursive: true });
  const recorded = imagePart(`data:image/webp, ${image.length} characters`);
  assert.deepEqual(JSON.parse(line).messages, asking(said('So?'), recorded).messages);
  for (const text of [line, JSON.stringify(audited.logs)]) assert.ok(!text.includes('base64,'), text);
});

test('the demo model says what has arrived, and that it cannot look at it', async () => {
  const demo = await startProxy();
  const text = 'Look\n\nFile "notes.txt":\n````\na ``` b\nc\n````\n\nFile "x":\n```\ny\n```';
  const body = asking(said(text), imagePart(pictureUrl('jpeg', 240)));
  const { text: json } = await ask(`${demo.url}/v1`, { stream: false, body });
  const plain = await ask(`${demo.url}/v1`, { stream: false, body: asking(said('/attachments')) });
  await demo.close();
  const { content } = JSON.parse(json).choices[0].message;
  assert.match(content, /^I have 3 files from you\. A demo cannot look at them/);
  assert.match(content, /- an image \(JPEG\), 240 kilobytes\n/);
  assert.match(content, /- the text file “notes\.txt”, 9 characters in 2 lines\n/);
  assert.match(content, /- the text file “x”, 1 character in 1 line$/);
  assert.match(plain.text, /paperclip/);
});
