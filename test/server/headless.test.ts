/** The client and the conversation for somebody else’s interface, in Node, against a real proxy on a wire that breaks. */

import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { LEFT, type Send, streamAnswer, streamTurn, type TurnOptions } from '../../widget/client.ts';
import {
  apply,
  ask,
  type AssistantMessage,
  type Conversation,
  newConversation,
  readConversation,
} from '../../widget/conversation.ts';
import { MarkdownParser, toMarkdown, toPlainText } from '../../widget/markdown.ts';
import { afterEvent, beforeHeaders, insideCharacter, onWires } from '../support/cutting-proxy.ts';
import { eventually } from '../support/eventually.ts';
import { startProxy, type TestProxy, upstreamSettings } from '../support/proxy.ts';
import { startUpstream, type Upstream } from '../support/start-upstream.ts';

const SHORT = 'wide:20';
const SLOW = 'wide:60:20';

let upstream: Upstream;
let proxy: TestProxy;

before(async () => {
  upstream = await startUpstream();
  proxy = await startProxy(
    upstreamSettings(upstream.url, [SHORT, SLOW], { resume: { graceSeconds: 30, keepSeconds: 60 } }),
  );
});
after(async () => {
  await proxy.close();
  await upstream.close();
});
beforeEach(() => upstream.reset());

/** A connection for each request: cutting one cuts this one. */
const send: Send = (url, init) =>
  fetch(url, { ...init, headers: { ...(init.headers as Record<string, string>), connection: 'close' } });

/** Lets a turn run to its end, and gives the conversation as it is then. */
async function run(
  conversation: Conversation,
  options: TurnOptions,
  seen: (conversation: Conversation) => void = () => {},
): Promise<Conversation> {
  for await (const event of streamTurn(conversation, { send, ...options })) {
    conversation = apply(conversation, event);
    seen(conversation);
  }
  return conversation;
}

const asked = (question = 'Why?') => apply(newConversation(), ask(question));
const answerOf = ({ messages }: Conversation) => messages.at(-1) as AssistantMessage;

test('a turn on a wire that breaks again and again is whole, and was paid once', async () => {
  const whole = answerOf(await run(asked(), { endpoint: proxy.url, model: SHORT }));
  assert.equal(whole.status, 'complete');
  assert.equal(whole.model, SHORT);
  assert.ok(whole.usage);
  await upstream.reset();
  await onWires(proxy.url, [1], async wire => {
    wire.cutNext(beforeHeaders, afterEvent(2), insideCharacter(5), afterEvent(20));
    const cut = answerOf(await run(asked(), { endpoint: wire.url, model: SHORT }));
    assert.deepEqual([cut.status, cut.content], ['complete', whole.content]);
    assert.ok(cut.resumed);
  });
  assert.equal((await upstream.stats()).requests, 1);
});

test('what was said before is told, and a question after the answer is answered too', async () => {
  const first = await run(asked('One?'), { endpoint: proxy.url, model: SHORT });
  const second = await run(apply(first, ask('Two?')), {
    endpoint: proxy.url,
    model: SHORT,
    fields: { temperature: 0 },
  });
  assert.deepEqual(
    second.messages.map(({ role }) => role),
    ['user', 'assistant', 'user', 'assistant'],
  );
  const { body } = (await upstream.stats()).lastRequest ?? {};
  assert.equal(body?.temperature, 0);
  assert.deepEqual(
    (body?.messages as Array<{ content: string }>).map(({ content }) => content),
    ['One?', answerOf(first).content, 'Two?'],
  );
});

test('who aborts stops the answer at the upstream, and what has come is kept', async () => {
  const abort = new AbortController();
  const options = { endpoint: proxy.url, model: SLOW, signal: abort.signal };
  const stopped = answerOf(await run(asked(), options, now => answerOf(now).content && abort.abort()));
  assert.equal(stopped.status, 'stopped');
  assert.ok(stopped.content);
  await eventually(
    () => upstream.stats(),
    ({ aborted }) => aborted === 1,
  );
});

test('who leaves the loop stops the answer at the upstream', async () => {
  for await (const event of streamAnswer({
    endpoint: proxy.url,
    model: SLOW,
    send,
    messages: [{ role: 'user', content: 'Why?' }],
  }))
    if (event.type === 'delta') break;
  await eventually(
    () => upstream.stats(),
    ({ aborted }) => aborted === 1,
  );
});

test('who goes away goes on where they were, with what was kept as JSON', async () => {
  const whole = answerOf(await run(asked(), { endpoint: proxy.url, model: SLOW }));
  await upstream.reset();
  const left = new AbortController();
  const options = { endpoint: proxy.url, model: SLOW };
  const before = await run(asked(), { ...options, signal: left.signal }, now => {
    if (answerOf(now).content.length > 10) left.abort(LEFT);
  });
  assert.equal(answerOf(before).status, 'streaming');
  const kept = readConversation(JSON.parse(JSON.stringify(before)));
  const answer = answerOf(await run(kept!, options));
  assert.deepEqual([answer.status, answer.content], ['complete', whole.content]);
  assert.equal((await upstream.stats()).requests, 1);
});

test('a failure is an event: of a server that refuses, of one that is not there, of a question that is too long', async () => {
  const failure = async (options: TurnOptions) => answerOf(await run(asked(), options)).failure?.code;
  assert.equal(await failure({ endpoint: proxy.url, model: 'nobody' }), 'model_not_allowed');
  assert.equal(await failure({ endpoint: 'http://127.0.0.1:9', resumes: false }), 'disconnected');
  const limits = { messages: 100, bodyBytes: 10_010 };
  assert.equal(await failure({ endpoint: proxy.url, limits }), 'length_exceeded');
});

test('a conversation that waits for nothing has no events', async () => {
  assert.deepEqual((await streamTurn(newConversation(), { endpoint: proxy.url }).next()).done, true);
});

test('Markdown is read into a tree without a page, as it streams', () => {
  const parser = new MarkdownParser();
  for (const piece of ['# A **b', 'old** word\n\n- x', '\n- y']) parser.feed(piece);
  parser.end();
  assert.deepEqual(
    parser.root.children.map(({ type }) => type),
    ['heading', 'list'],
  );
  assert.equal(toMarkdown(parser.root), '# A **bold** word\n\n- x\n- y');
  assert.match(toPlainText(parser.root), /^A bold word\n/);
});
