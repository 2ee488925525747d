/**
 * The model that needs no key and no network: it says that it is a demo, and plays the situations that a chat can be
 * in when it is asked to. It answers as an upstream does, in bytes of an event stream, through a transport of its own.
 */

import type { Provider } from '../config/providers.ts';
import { DONE } from '../protocol.ts';
import { imagesOf, textsOf } from './content.ts';
import { type Scene, sceneFor } from './demo-scenes.ts';
import type { DemoAsked, DemoCall } from './demo-tools.ts';
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
  // Those of the demo page. They cost nothing, as the model does.
  tools: ['set_accent', 'show_clock'],
  models: [
    { id: 'rivulet-demo', label: 'Demo', vision: true, price: { input: 0, output: 0 } },
    {
      id: 'rivulet-demo-early',
      label: 'Demo, early but slow',
      vision: false,
      price: { input: 0, output: 0 },
    },
    { id: 'rivulet-demo-late', label: 'Demo, late but quick', vision: false, price: { input: 0, output: 0 } },
    { id: 'rivulet-demo-slow', label: 'Demo, in no hurry', vision: false, price: { input: 0, output: 0 } },
  ],
};

/** How many times longer than a scene says a model takes for its first token and between two, so that there is something to choose. */
const PACES: Readonly<Record<string, Pace>> = {
  'rivulet-demo-early': { firstToken: 0.4, token: 1.7 },
  'rivulet-demo-late': { firstToken: 3.5, token: 0.4 },
  'rivulet-demo-slow': { firstToken: 4, token: 4 },
};

interface Pace {
  firstToken: number;
  token: number;
}

interface DemoRequest extends DemoAsked {
  model: string;
  max_tokens: number;
}

export const demoTransport: Transport = async request => {
  const asked = JSON.parse(request.body) as DemoRequest;
  const question = asked.messages.findLast(({ role }) => role === 'user')?.content;
  const scene = paced(sceneFor(textsOf(question).join('\n'), imagesOf(question), asked), asked.model);
  await pause(scene.firstTokenMs, request.signal);
  if (scene.refusal && refuses(scene)) return refusal(scene.refusal);
  return {
    status: 200,
    header: name => (name === 'content-type' ? 'text/event-stream' : null),
    read: take => readAll(play(scene, asked, request), take),
  };
};

function paced(scene: Scene, model: string): Scene {
  const { firstToken, token } = PACES[model] ?? { firstToken: 1, token: 1 };
  return { ...scene, firstTokenMs: scene.firstTokenMs * firstToken, tokenMs: scene.tokenMs * token };
}

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
  if (scene.sources) yield delta({ annotations: scene.sources.map(cited) });
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
  if (finish === 'stop' && scene.calls?.length) {
    finish = 'tool_calls';
    for (const piece of callPieces(scene.calls)) {
      yield delta({ tool_calls: [piece] });
      await pause(scene.tokenMs, signal);
    }
  }
  yield delta({}, finish);
  const prompt_tokens = asked.messages.reduce(
    (sum, { content }) => sum + tokens(textsOf(content).join('\n')).length,
    0,
  );
  const completion_tokens = written + tokens(scene.reasoning).length;
  const usage = { prompt_tokens, completion_tokens, total_tokens: prompt_tokens + completion_tokens };
  yield event({ choices: [], usage });
  yield encode(DONE);
}

/** A source as OpenAI has it. */
function cited(source: object): object {
  return { type: 'url_citation', url_citation: { start_index: 0, end_index: 0, ...source } };
}

/** First each call by its name, then their arguments in pieces, in turn: so models send several at once. */
function* callPieces(calls: readonly DemoCall[]): Generator<object> {
  for (const [index, { name }] of calls.entries()) {
    const id = `call_${crypto.randomUUID()}`;
    yield { index, id, type: 'function', function: { name, arguments: '' } };
  }
  const texts = calls.map(call => tokens(call.arguments));
  const longest = Math.max(...texts.map(({ length }) => length));
  for (let at = 0; at < longest; at++)
    for (const [index, text] of texts.entries())
      if (text[at] !== undefined) yield { index, function: { arguments: text[at] } };
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

function encode(data: string): Uint8Array {
  return new TextEncoder().encode(`data: ${data}\n\n`);
}
