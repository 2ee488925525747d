/**
 * An answer over as many connections as it takes. What one of them breaks off is resumed, where the server can; and a stop
 * reaches the server, however early it comes.
 */

import type { ChatMessage } from '../../server/protocol.ts';
import type { AnswerEvent } from './answer-parser.ts';
import { Connection } from './connection.ts';
import { streamUrl } from './endpoint.ts';
import { LEFT } from './left.ts';
import { requestAnswer } from './request-answer.ts';
import type { Send } from './send.ts';

export interface AnswerRequest {
  /** Base URL of the proxy or of an OpenAI-compatible server, with or without its `/v1`. */
  endpoint: string;
  /** Absent: the server's default model. */
  model?: string;
  messages: ChatMessage[];
  /** What else is in the request's body. */
  fields?: object;
  /** The request's name, where the server resumes streams. */
  key?: string;
  /** What there is of the answer already. */
  stream?: StreamPlace;
  /** Ends it, and nothing more is yielded. Unless its reason is `LEFT`, the server ends it too. */
  signal: AbortSignal;
  /** Sends all that is asked for the answer; plainly where it is absent. */
  send?: Send;
  loadResuming(): Promise<Resuming>;
}

/** How far an answer is here: the stream's id, and the number of the last event. */
export interface StreamPlace {
  id: string;
  last: number;
}

export type AnswerStreamEvent = AnswerEvent | { type: 'reconnecting' };

/** What is needed when a connection breaks or an answer is stopped: loaded when one has begun. */
export interface Resuming {
  /** Ends a connection that seems to be dead. */
  watch(connection: Connection, signal: AbortSignal): void;
  /** Goes on with an answer. */
  resume(course: Course): AsyncGenerator<AnswerStreamEvent, void>;
  /** Has the server end an answer, also where it cannot be reached yet. */
  stop(url: string, send: Send | undefined): Promise<void>;
}

/** An answer on its way. */
export interface Course {
  readonly endpoint: string;
  readonly send: Send | undefined;
  readonly signal: AbortSignal;
  /** How far it is; unknown until the server has begun to answer. */
  place: StreamPlace | undefined;
  /** What it comes over now. */
  connection: Connection;
  /** Asks for it from its beginning. */
  ask(): AsyncGenerator<AnswerEvent, void>;
}

/** Never throws: every failure is an event. Exactly one `done` or `failed` is the last, unless it was aborted. */
export async function* answerEvents(request: AnswerRequest): AsyncGenerator<AnswerStreamEvent, void> {
  const { endpoint, send, signal, loadResuming, key } = request;
  const course: Course = {
    endpoint,
    send,
    signal,
    place: request.stream,
    connection: new Connection(),
    ask: () => requestAnswer(request, course.connection),
  };
  const end = () => {
    const stops = signal.reason !== LEFT;
    // Where nothing reaches the server, the answer ends for want of a reader.
    const url = course.place && streamUrl(endpoint, course.place.id);
    if (stops && url)
      loadResuming()
        .then(({ stop }) => stop(url, send))
        .catch(ignore);
    // Without its name the answer cannot be stopped: the connection stays until that comes.
    if (!stops || course.place || !key) course.connection.abort();
  };
  signal.addEventListener('abort', end);
  try {
    if (!course.place) {
      for await (const event of course.ask()) {
        if (event.type === 'opened' && event.streamId && key) {
          course.place = { id: event.streamId, last: 0 };
          if (signal.aborted) end();
          // It has to be here when the network is not.
          else void loadResuming().then(({ watch }) => watch(course.connection, signal), ignore);
        }
        if (signal.aborted) return;
        if ('number' in event && course.place) course.place.last = event.number ?? course.place.last;
        if (event.type === 'failed' && key && isLost(event) && !(isOffline(event) && !course.place)) break;
        yield event;
        if (event.type === 'done' || event.type === 'failed') return;
      }
    }
    yield { type: 'reconnecting' };
    const resuming = await loadResuming().catch(ignore);
    if (signal.aborted) return;
    if (resuming) yield* resuming.resume(course);
    else yield { type: 'failed', failure: { code: 'disconnected' } };
  } finally {
    signal.removeEventListener('abort', end);
  }
}

type Failed = Extract<AnswerEvent, { type: 'failed' }>;

export function isLost(event: Failed): boolean {
  return isOffline(event) || event.failure.code === 'disconnected';
}

function isOffline({ failure }: Failed): boolean {
  return failure.code === 'offline';
}

function ignore(): undefined {}
