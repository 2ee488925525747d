/** The official client of OpenAI's API, as it comes from npm, has with the proxy what it has with OpenAI. */

import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import OpenAI from 'openai';
import { eventually } from '../support/eventually.ts';
import { runtimes, startProxy, type TestProxy, upstreamSettings } from '../support/proxy.ts';
import { startUpstream, type Upstream } from '../support/start-upstream.ts';

const LONG = 'ok:10000:5';
const TEXT = 'Hello, world! 你好，世界 🌊';
const messages = [{ role: 'user' as const, content: 'Hello?' }];

let upstream: Upstream;
let proxy: TestProxy;
let client: OpenAI;

for (const runtime of runtimes) {
  describe(`${runtime}:`, () => {
    before(async () => {
      upstream = await startUpstream();
      const models = ['ok', LONG, '500', '429', 'error-midway', 'hang-before-first'];
      proxy = await startProxy(upstreamSettings(upstream.url, models, { retries: 0 }), { runtime });
      client = new OpenAI({ baseURL: `${proxy.url}/v1`, apiKey: 'none', maxRetries: 0 });
    });
    beforeEach(() => upstream.reset());
    after(async () => {
      await proxy.close();
      await upstream.close();
    });

    test('a streamed answer', async () => {
      const stream = await client.chat.completions.create({ model: 'ok', messages, stream: true });
      let text = '';
      let reason: string | null = null;
      let tokens = 0;
      for await (const { choices, usage } of stream) {
        text += choices[0]?.delta.content ?? '';
        reason = choices[0]?.finish_reason ?? reason;
        tokens = usage?.completion_tokens ?? tokens;
      }
      assert.deepEqual([text, reason, tokens], [TEXT, 'stop', 7]);
    });

    test('an answer that is not streamed', async () => {
      const { choices, usage, object } = await client.chat.completions.create({ model: 'ok', messages });
      assert.equal(object, 'chat.completion');
      assert.deepEqual([choices[0]!.message.content, choices[0]!.finish_reason], [TEXT, 'stop']);
      assert.equal(usage?.total_tokens, 10);
    });

    test('the list of models', async () => {
      const models = [];
      for await (const { id } of client.models.list()) models.push(id);
      assert.ok(models.includes(LONG));
    });

    test('a stream that is aborted ends the upstream’s work at once', async () => {
      const stream = await client.chat.completions.create({ model: LONG, messages, stream: true });
      let text = '';
      for await (const { choices } of stream) {
        text += choices[0]?.delta.content ?? '';
        if (text.includes('token 5')) break;
      }
      const { aborted } = await eventually(upstream.stats, ({ answering }) => answering === 0);
      assert.equal(aborted, 1);
    });

    for (const [how, model, stream] of [
      ['before its first event', 'hang-before-first', true],
      ['that is not streamed', LONG, false],
    ] as const) {
      test(`an answer ${how} is aborted as well`, async () => {
        const abort = new AbortController();
        const answer = client.chat.completions.create({ model, messages, stream }, { signal: abort.signal });
        await eventually(upstream.stats, ({ answering }) => answering === 1);
        abort.abort();
        await assert.rejects(Promise.resolve(answer), OpenAI.APIUserAbortError);
        const { aborted } = await eventually(upstream.stats, ({ answering }) => answering === 0);
        assert.equal(aborted, 1);
      });
    }

    test('errors are its typed errors, with our codes', async () => {
      const ask = (body: Partial<OpenAI.ChatCompletionCreateParamsNonStreaming>) =>
        client.chat.completions.create({ model: 'ok', messages, ...body });
      const is = (type: new (...args: never[]) => InstanceType<typeof OpenAI.APIError>, code: string) => {
        return (error: unknown) => {
          assert.ok(error instanceof type, String(error));
          assert.equal(error.code, code);
          return true;
        };
      };
      await assert.rejects(ask({ model: 'none' }), is(OpenAI.BadRequestError, 'model_not_allowed'));
      await assert.rejects(ask({ temperature: 9 }), is(OpenAI.BadRequestError, 'invalid_request'));
      await assert.rejects(ask({ model: '429' }), is(OpenAI.RateLimitError, 'upstream_rate_limited'));
      await assert.rejects(ask({ model: '500' }), is(OpenAI.InternalServerError, 'upstream_error'));
      await assert.rejects(client.models.retrieve('none'), is(OpenAI.NotFoundError, 'not_found'));
    });

    test('an error in the middle of a stream is thrown after what came before it', async () => {
      const stream = await client.chat.completions.create({ model: 'error-midway', messages, stream: true });
      let text = '';
      const read = async () => {
        for await (const { choices } of stream) text += choices[0]?.delta.content ?? '';
      };
      await assert.rejects(read(), (error: unknown) => {
        assert.ok(error instanceof OpenAI.APIError, String(error));
        assert.equal(error.code, 'upstream_error');
        return true;
      });
      assert.equal(text, 'Hello, world');
    });

    test('a client that tries again by itself has the upstream asked again', async () => {
      const patient = client.withOptions({ maxRetries: 1 });
      await assert.rejects(
        Promise.resolve(patient.chat.completions.create({ model: '500', messages })),
        OpenAI.InternalServerError,
      );
      assert.equal((await upstream.stats()).requests, 2);
    });
  });
}
