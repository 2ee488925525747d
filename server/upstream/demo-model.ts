/**
 * The model that needs no key and no network: it says that it is a demo, and plays the situations that a chat can be
 * in when it is asked to. It answers as an upstream does, in bytes of an event stream, through a transport of its own.
 */

import type { Provider } from '../config/providers.ts';
import { DONE } from '../protocol.ts';
import { type Scene, sceneFor } from './demo-scenes.ts';
import { pause } from './pause.ts';
import { readAll, type Transport, type TransportRequest, type TransportResponse } from './transport.ts';

export const demoProvider: Provider = {
  name: 'demo',
  label: 'Demo',
  baseUrl: 'demo://built-in/v1',
  keyVariable: '',
  keyOptional: true,
  docs: '',
  quirks: {},
  models: [{ id: 'rivulet-demo', label: 'Demo', vision: false, price: { input: 0, output: 0 } }],
};

interface DemoRequest {
  model: string;
  messages: Array<{ role: string; content: unknown }>;
  max_tokens: number;
}

export const demoTransport: Transport = async request => {
  const asked = JSON.parse(request.body) as DemoRequest;
  const scene = sceneFor(lastQuestion(asked));
  await pause(scene.firstTokenMs, request.signal);
  if (scene.refusal && refuses(scene)) return refusal(scene.refusal);
  return {
    status: 200,
    header: name => (name === 'content-type' ? 'text/event-stream' : null),
    read: take => readAll(play(scene, asked, request), take),
  };
};

let refused = 0;

/** A demo has few visitors: they share one count. */
function refuses({ refusals }: Scene): boolean {
  if (refusals === undefined) return true;
  refused = refused < refusals ? refused + 1 : 0;
  return refused > 0;
}

/** Words or characters of Chinese, Japanese and Korean, each with the space after it: about what a token is. */
const TOKEN =
  /\s*[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]|\s*[^\s\p{Script=Han}]+|\s+/gu;

async function* play(
  scene: Scene,
  asked: DemoRequest,
  { signal }: TransportRequest,
): AsyncGenerator<Uint8Array> {
  const id = `demo-${crypto.randomUUID()}`;
  const created = Math.floor(Date.now() / 1000);
  const event = (fields: object) => encode(JSON.stringify({ id, created, model: asked.model, ...fields }));
  const delta = (fields: object, finish_reason: string | null = null) =>
    event({ choices: [{ index: 0, delta: fields, finish_reason }] });

  yield delta({ role: 'assistant', content: '' });
  for (const token of tokens(scene.reasoning)) {
    yield delta({ reasoning_content: token });
    await pause(scene.tokenMs, signal);
  }
  let written = 0;
  let finish = 'stop';
  for (const token of tokens(scene.content)) {
    if (written === asked.max_tokens || written === scene.cutAfterTokens) {
      finish = 'length';
      break;
    }
    if (written === scene.failAfterTokens) {
      yield encode(
        JSON.stringify({ error: { message: 'a failure, as it was asked for', code: 'demo_failure' } }),
      );
      return;
    }
    if (written === scene.hangAfterTokens) await pause(Number.POSITIVE_INFINITY, signal);
    yield delta({ content: token });
    written++;
    await pause(scene.tokenMs, signal);
  }
  yield delta({}, finish);
  const prompt_tokens = asked.messages.reduce((sum, { content }) => sum + tokens(String(content)).length, 0);
  const completion_tokens = written + tokens(scene.reasoning).length;
  const usage = { prompt_tokens, completion_tokens, total_tokens: prompt_tokens + completion_tokens };
  yield event({ choices: [], usage });
  yield encode(DONE);
}

function refusal(status: number): TransportResponse {
  const error = JSON.stringify({ error: { message: 'refused, as it was asked for', code: 'demo_refusal' } });
  const headers = new Map([['content-type', 'application/json']]);
  // One that has only stumbled may be asked again at once.
  if (status === 429) headers.set('retry-after', '10');
  return {
    status,
    header: name => headers.get(name) ?? null,
    read: take => readAll([new TextEncoder().encode(error)], take),
  };
}

function tokens(text: string): readonly string[] {
  return text.match(TOKEN) ?? [];
}

function lastQuestion({ messages }: DemoRequest): string {
  const content = messages.findLast(({ role }) => role === 'user')?.content;
  if (Array.isArray(content)) return content.map(part => String(part?.text ?? '')).join('\n');
  return String(content ?? '');
}

function encode(data: string): Uint8Array {
  return new TextEncoder().encode(`data: ${data}\n\n`);
}
