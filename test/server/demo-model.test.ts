/** The built-in demo model: it says what it is, and plays what it is asked for. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startProxy, type TestProxy } from '../support/proxy.ts';

let proxy: TestProxy;
before(async () => {
  // Its words come no faster than a visitor reads, so that all of a test's answers are asked for at once.
  proxy = await startProxy({ limits: { streamsPerClient: 50 } });
});
after(() => proxy.close());

function ask(content: unknown, fields: object = {}): Promise<Response> {
  return fetch(`${proxy.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ messages: [{ role: 'user', content }], ...fields }),
  });
}

async function answer(content: unknown, fields: object = {}) {
  const response = await ask(content, fields);
  assert.equal(response.status, 200);
  const { choices } = (await response.json()) as {
    choices: Array<{ message: { content: string; reasoning_content?: string }; finish_reason: string }>;
  };
  return { ...choices[0]!.message, finish: choices[0]!.finish_reason };
}

test('it says that it is a demo, in the language of the question', async () => {
  const questions = ['Hello', '你好', [{ type: 'text', text: '你好' }]];
  const [english, chinese, parts] = await Promise.all(questions.map(content => answer(content)));
  assert.match(english!.content, /built-in demo model/);
  assert.match(chinese!.content, /演示模型/);
  assert.match(parts!.content, /演示模型/);
});

test('every word that /help lists plays something', async () => {
  const help = (await answer('/help')).content;
  const words = [...help.matchAll(/^- `\/(\w+)`/gm)].map(([, word]) => word!);
  assert.ok(words.length >= 10);
  const plain = answer('Hello');
  const played = words
    .filter(word => !['slow', 'long', 'hang', 'flaky'].includes(word))
    .map(async word => {
      const response = await ask(`/${word}`);
      const { choices } = (await response.json()) as { choices?: Array<{ message: { content: string } }> };
      assert.notEqual(choices?.[0]?.message.content, (await plain).content, word);
    });
  await Promise.all(played);
});

test('reasoning comes apart from the answer', async () => {
  const { reasoning_content, content } = await answer('/reasoning');
  assert.match(reasoning_content ?? '', /thinking/);
  assert.match(content, /42/);
});

test('an answer ends at the limit of its tokens', async () => {
  const { content, finish } = await answer('Hello', { max_tokens: 3 });
  assert.deepEqual([content, finish], ['I am the', 'length']);
});

test('an error in the middle keeps what came before it', async () => {
  const text = await (await ask('/error', { stream: true })).text();
  assert.match(text, /"content":" very"/);
  assert.match(text, /event: error\ndata: .*"code":"upstream_error"/);
});

test('an upstream that fails twice answers all the same', async () => {
  assert.match((await answer('/flaky')).content, /built-in demo model/);
});

test('a refusal has its status', async () => {
  const busy = await ask('/busy', { stream: true });
  assert.deepEqual([busy.status, busy.headers.get('retry-after')], [429, '10']);
  assert.equal((await ask('/broken')).status, 502);
});
