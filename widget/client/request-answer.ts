/** Asks for an answer and yields it as it arrives. The only request of a turn. */

import { type ChatMessage, STREAM_HEADER } from '../../server/protocol.ts';
import { type AnswerEvent, AnswerParser, MAX_EVENT_SIZE, type ParsedEvent } from './answer-parser.ts';
import { bodyText, Disconnect, disconnected, wholeText } from './body-text.ts';
import { completionsUrl } from './endpoint.ts';
import { lostConnection } from './network.ts';
import { requestBody } from './request-body.ts';

export type { AnswerEvent } from './answer-parser.ts';

export interface AnswerRequest {
  /** Base URL of the proxy or of an OpenAI-compatible server, with or without its `/v1`. */
  endpoint: string;
  /** Absent: the server's default model. */
  model?: string;
  messages: ChatMessage[];
  /** Ends the request: nothing more is yielded, and the connection closes. */
  signal: AbortSignal;
}

/** Never throws: every failure is an event. Exactly one `done` or `failed` is the last, unless it was aborted. */
export async function* requestAnswer(request: AnswerRequest): AsyncGenerator<AnswerEvent, void> {
  try {
    const response = await fetch(completionsUrl(request.endpoint), {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify(requestBody(request.model, request.messages)),
      credentials: 'omit',
      cache: 'no-store',
      signal: request.signal,
    }).catch(disconnected);
    for await (const event of response.ok ? readAnswer(response) : readRefusal(response)) {
      if (event.type !== 'refused') yield event;
      else yield { type: 'failed', failure: (await loadFailures()).failureOf(event.refusal) };
    }
  } catch (error) {
    if (!request.signal.aborted) {
      // What is not the network's fault came of an answer that nobody could read.
      const code = error instanceof Disconnect ? lostConnection() : 'bad_answer';
      yield { type: 'failed', failure: { code } };
    }
  }
}

async function* readAnswer(response: Response): AsyncGenerator<ParsedEvent, void> {
  const streamId = response.headers.get(STREAM_HEADER);
  const parser = new AnswerParser(streamId !== null);
  yield { type: 'opened', streamId };
  switch (mediaKind(response)) {
    case 'json':
      yield* parser.whole(await wholeText(response, MAX_EVENT_SIZE));
      return;
    case 'html':
      // The page of something else that lives at this address.
      response.body?.cancel().catch(() => {});
      yield { type: 'failed', failure: { code: 'bad_answer' } };
      return;
    case 'stream':
      for await (const text of bodyText(response)) {
        yield* parser.feed(text);
        if (parser.ended) return;
      }
      yield* parser.end();
  }
}

async function* readRefusal(response: Response): AsyncGenerator<ParsedEvent, void> {
  // The status says enough where the body breaks off.
  const error = await wholeText(response, MAX_EVENT_SIZE).catch(() => '');
  const { status, headers } = response;
  yield { type: 'refused', refusal: { error, status, retryAfter: headers.get('retry-after') } };
}

/** What a server says came over a network, which then has this too, or is away again. */
function loadFailures() {
  return import('./failures.ts').catch(disconnected);
}

/** Event streams come under several names, and under none. */
function mediaKind(response: Response): 'json' | 'html' | 'stream' {
  const type = response.headers.get('content-type') ?? '';
  if (/json/i.test(type)) return 'json';
  return /html/i.test(type) ? 'html' : 'stream';
}
