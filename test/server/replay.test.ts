/** Every provider's stream, as it was recorded or documented, through the real proxy from a real socket. */

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { ask } from '../support/ask.ts';
import { runtimes, startProxy, type TestProxy, upstreamSettings } from '../support/proxy.ts';
import { startUpstream, type Upstream } from '../support/start-upstream.ts';
import { addUp, readWire, type Whole } from '../support/wire.ts';

interface Expected extends Whole {
  /** In the streams that end with one. */
  error?: { code: string; message: string };
}

const folder = new URL('../fixtures/streams/', import.meta.url);
const names = readdirSync(folder)
  .filter(file => file.endsWith('.sse'))
  .map(file => file.slice(0, -'.sse'.length));
const models = names.flatMap(name => [`replay:${name}`, `replay-bytes:${name}`]);

let upstream: Upstream;
before(async () => {
  upstream = await startUpstream();
});
after(() => upstream.close());

for (const runtime of runtimes) {
  describe(`${runtime}:`, () => {
    let proxy: TestProxy;
    before(async () => {
      proxy = await startProxy(upstreamSettings(upstream.url, models), { runtime });
    });
    after(() => proxy.close());

    for (const name of names) {
      const source = readFileSync(new URL(`${name}.sse`, folder), 'utf8');
      const expected = JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')) as Expected;

      test(`${name} comes through with every word, its thinking, its count and its end`, async () => {
        const { text } = await ask(`${proxy.url}/v1`, { model: `replay:${name}` });
        const { events, terminal } = readWire(text);
        assert.deepEqual(events, recordedEvents(source), 'each event is the upstream’s, untouched');
        checkWhole(addUp(events), expected);
        checkEnd(terminal, expected);
      });

      test(`${name} comes through the same when it arrives byte by byte`, async () => {
        const whole = await ask(`${proxy.url}/v1`, { model: `replay:${name}` });
        const bytes = await ask(`${proxy.url}/v1`, { model: `replay-bytes:${name}` });
        const [said, same] = [bytes, whole].map(({ text }) => {
          const { events, terminal } = readWire(text);
          return { events, terminal };
        });
        assert.deepEqual(said, same);
      });

      test(`${name} is one JSON object for who does not stream`, async () => {
        const { status, text } = await ask(`${proxy.url}/v1`, { model: `replay:${name}`, stream: false });
        const answer = JSON.parse(text);
        if (expected.error) {
          assert.equal(status, 502);
          assert.equal(answer.error.code, 'upstream_error');
          return;
        }
        assert.equal(status, 200);
        assert.equal(answer.object, 'chat.completion');
        assert.equal(answer.model, expected.model);
        const { message, finish_reason } = answer.choices[0];
        assert.equal(message.content ?? '', expected.content);
        assert.equal(message.reasoning_content ?? message.reasoning ?? '', expected.reasoning);
        assert.equal(finish_reason, expected.finishReason);
        checkUsage(answer.usage ?? null, expected.usage);
      });
    }
  });
}

/** The JSON of a recording's events, without its `[DONE]` and without an error, which the proxy words anew. */
function recordedEvents(source: string): string[] {
  return source
    .split('\n')
    .filter(line => line.startsWith('data: {') && !('error' in JSON.parse(line.slice(6))))
    .map(line => line.slice(6));
}

function checkWhole(whole: Whole, expected: Expected): void {
  assert.equal(whole.content, expected.content);
  assert.equal(whole.reasoning, expected.reasoning);
  assert.equal(whole.model, expected.model);
  checkUsage(whole.usage, expected.usage);
  // The reason of a failed answer is in the event with the error.
  if (!expected.error) assert.equal(whole.finishReason, expected.finishReason);
}

/** Providers count more than these three, and what they count besides comes through as well. */
function checkUsage(usage: unknown, expected: unknown): void {
  if (expected === null) return assert.equal(usage, null);
  assert.deepEqual({ ...(usage as object), ...(expected as object) }, usage);
}

function checkEnd(terminal: ReturnType<typeof readWire>['terminal'], expected: Expected): void {
  if (!expected.error) return assert.equal(terminal, 'done');
  assert.ok(terminal !== null && terminal !== 'done');
  assert.equal(terminal.code, 'upstream_error');
  assert.ok(!terminal.message.includes(expected.error.message), 'the words are ours');
}
