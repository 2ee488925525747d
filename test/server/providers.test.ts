/** The catalogue keeps its form, and each provider has a stream in its own shape that says what its note promises. */

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { createParser } from 'eventsource-parser';
import { providers } from '../../server/config/providers.ts';
import { DONE } from '../../server/protocol.ts';
import type { CompletionChunk, Usage } from '../../server/protocol.ts';

/** What stands beside a stream: the page with its shape, and what the answer comes to. */
interface StreamNote {
  source: string;
  content: string;
  reasoning: string;
  finishReason: string;
  usage: Usage | null;
  model: string;
  /** Only where the stream fails: what its last event says. Such a stream has no `[DONE]`. */
  error?: { code: string; message: string };
}

const folder = new URL('../fixtures/streams/', import.meta.url);
const streamNames = readdirSync(folder)
  .filter(file => file.endsWith('.sse'))
  .map(file => file.slice(0, -'.sse'.length));
const models = providers.flatMap(provider => provider.models.map(model => ({ provider, model })));

test('no two providers share a name, and no provider lists a model twice', () => {
  const names = providers.map(({ name }) => name);
  assert.deepEqual(names, [...new Set(names)]);
  for (const { name, models } of providers) {
    const ids = models.map(({ id }) => id);
    assert.deepEqual(ids, [...new Set(ids)], name);
    assert.ok(ids.length > 0, `${name} has a default model`);
  }
});

test('a name makes a variable: small letters and digits only', () => {
  for (const { name, keyVariable } of providers) {
    assert.match(name, /^[a-z][a-z0-9]*$/);
    assert.match(keyVariable, /^[A-Z][A-Z0-9]*_API_KEY$/);
  }
});

test('a key goes out over https only, and `/chat/completions` can follow the base URL', () => {
  for (const { name, baseUrl, keyOptional } of providers) {
    const { protocol, search, hash, hostname } = new URL(baseUrl);
    assert.equal(protocol, keyOptional && hostname === '127.0.0.1' ? 'http:' : 'https:', name);
    assert.equal(search + hash, '', name);
    assert.ok(!baseUrl.endsWith('/'), name);
    assert.ok(!baseUrl.endsWith('/chat/completions'), name);
  }
});

test('a price is not negative and names its currency, its page and a day that has been', () => {
  for (const { provider, model } of models) {
    const label = `${provider.name} ${model.id}`;
    const { price, priceSource, priceDate } = model;
    if (!price) {
      assert.deepEqual([priceSource, priceDate], [undefined, undefined], label);
      continue;
    }
    assert.ok(price.input >= 0 && price.output >= 0, label);
    assert.match(price.currency ?? '', /^[A-Z]{3}$/, label);
    assert.equal(new URL(priceSource ?? '').protocol, 'https:', label);
    assert.match(priceDate ?? '', /^\d{4}-\d\d-\d\d$/, label);
    assert.ok(Date.parse(priceDate ?? '') < Date.now(), label);
  }
});

test('each entry names the page it was checked against', () => {
  for (const { name, docs } of providers) assert.equal(new URL(docs).protocol, 'https:', name);
});

test('every provider has a recorded-shape stream', () => {
  for (const { name } of providers) assert.ok(streamNames.includes(name), `${name}.sse`);
});

for (const name of streamNames) {
  const bytes = readFileSync(new URL(`${name}.sse`, folder));
  const note = JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')) as StreamNote;

  test(`${name}.sse is what its note says`, () => {
    const answer = readAnswer(bytes);
    assert.equal(answer.content, note.content);
    assert.equal(answer.reasoning, note.reasoning);
    assert.equal(answer.finishReason, note.finishReason);
    assert.equal(answer.model, note.model);
    assert.deepEqual(answer.usage, note.usage);
    assert.deepEqual(answer.error, note.error);
    assert.equal(answer.done, note.error === undefined, 'ends with [DONE], or with an error');
    assert.equal(new URL(note.source).protocol, 'https:');
  });

  test(`${name}.sse has the line ends of the wire`, () => {
    const text = bytes.toString('utf8');
    assert.deepEqual(Buffer.from(text), bytes, 'valid UTF-8');
    assert.ok(!text.includes('\r'));
    assert.ok(text.endsWith('\n\n') && !text.endsWith('\n\n\n'));
  });
}

/** The answer as a plain OpenAI client adds it up. */
function readAnswer(bytes: Buffer) {
  const answer = {
    content: '',
    reasoning: '',
    finishReason: undefined as string | undefined,
    model: undefined as string | undefined,
    usage: null as Usage | null,
    error: undefined as unknown,
    done: false,
  };
  const parser = createParser({
    onEvent({ data }) {
      assert.ok(!answer.done, 'nothing follows [DONE]');
      if (data === DONE) {
        answer.done = true;
        return;
      }
      const { model, choices, usage, error } = JSON.parse(data) as CompletionChunk & { error?: unknown };
      const choice = choices?.[0];
      answer.content += choice?.delta?.content ?? '';
      answer.reasoning += choice?.delta?.reasoning_content ?? choice?.delta?.reasoning ?? '';
      answer.finishReason = choice?.finish_reason ?? answer.finishReason;
      answer.model = model || answer.model;
      answer.error = error ?? answer.error;
      if (usage) {
        const { prompt_tokens, completion_tokens, total_tokens } = usage;
        answer.usage = { prompt_tokens, completion_tokens, total_tokens };
      }
    },
    onError(error) {
      throw error;
    },
  });
  parser.feed(bytes.toString('utf8'));
  return answer;
}
