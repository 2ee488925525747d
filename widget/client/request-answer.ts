/** Asks for an answer and yields it as it arrives, over one connection. */

import {
  type ChatMessage,
  IDEMPOTENCY_HEADER,
  MODEL_HEADER,
  RESUME_HEADER,
  STREAM_HEADER,
} from '../../server/protocol.ts';
import { type AnswerEvent, AnswerParser, type ParsedEvent } from './answer-parser.ts';
import { bodyText, Disconnect, disconnected } from './body-text.ts';
import type { Connection } from './connection.ts';
import { completionsUrl } from './endpoint.ts';
import { lostConnection } from './network.ts';
import { requestBody } from './request-body.ts';
import { toJson } from '../conversation/to-json.ts';
import type { Send } from './send.ts';

export type { AnswerEvent } from './answer-parser.ts';

export interface AnswerRequest {
  /** Base URL of the proxy or of an OpenAI-compatible server, with or without its `/v1`. */
  endpoint: string;
  /** Absent: the server's default model. */
  model?: string;
  messages: ChatMessage[];
  /** What else is in the request's body. */
  fields?: object;
  /** The request's name, where the server knows what to do with it: it then resumes its streams too. */
  key?: string;
  /** Sends the requests; plainly where it is absent. */
  send?: Send;
}

/** Never throws: every failure is an event. Exactly one `done` or `failed` is the last, unless it was aborted. */
export function requestAnswer(
  { endpoint, key, model, messages, fields, send }: AnswerRequest,
  connection: Connection,
): AsyncGenerator<AnswerEvent, void> {
  return readEvents(connection, {
    url: completionsUrl(endpoint),
    init: {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'text/event-stream',
        // Only to a server that resumes: others may let no page send what they do not know.
        ...(key && { [RESUME_HEADER]: '1', [IDEMPOTENCY_HEADER]: key }),
      },
      body: toJson(requestBody(model, messages, fields)),
    },
    after: 0,
    send,
  });
}

export interface StreamRequest {
  url: string;
  init: RequestInit;
  /** The number of the last event that is already here. */
  after: number;
  send?: Send | undefined;
}

/** Never throws, as above. */
export async function* readEvents(
  connection: Connection,
  { url, init, after, send = fetch }: StreamRequest,
): AsyncGenerator<AnswerEvent, void> {
  const { signal } = connection;
  try {
    const response = await send(url, { ...init, credentials: 'omit', cache: 'no-store', signal }).catch(
      disconnected,
    );
    if (!response.ok) return yield (await loadWhole()).refusal(response);
    for await (const event of readAnswer(response, after, connection)) {
      if (event.type !== 'refused') yield event;
      else yield { type: 'failed', failure: (await loadWhole()).failureOf(event.refusal) };
    }
  } catch (error) {
    // What is not the network's fault came of an answer that nobody could read.
    const code = signal.aborted || error instanceof Disconnect ? lostConnection() : 'bad_answer';
    yield { type: 'failed', failure: { code } };
  }
}

async function* readAnswer(
  response: Response,
  after: number,
  connection: Connection,
): AsyncGenerator<ParsedEvent, void> {
  const streamId = response.headers.get(STREAM_HEADER);
  const parser = new AnswerParser(streamId !== null, after, response.headers.get(MODEL_HEADER));
  yield { type: 'opened', streamId };
  // Event streams come under several names, and under none.
  if (/json|html/i.test(response.headers.get('content-type') ?? ''))
    return yield* await (await loadWhole()).wholeAnswer(response, parser);
  for await (const text of bodyText(response)) {
    connection.alive();
    yield* parser.feed(text);
    if (parser.ended) return;
    yield { type: 'read' };
  }
  yield* parser.end();
}

/** What a server says came over a network, which then has this too, or is away again. */
function loadWhole() {
  return import('./whole-answer.ts').catch(disconnected);
}
