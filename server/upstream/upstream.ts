/** One attempt to get an answer of an upstream: asks it and yields its events as they arrive; the one place that knows what upstreams send. */

import type { Model } from '../config/models.ts';
import type { Secret } from '../config/secret.ts';
import { ApiError } from '../errors.ts';
import { type CompletionChunk, DONE, interruptedReasons } from '../protocol.ts';
import { type CompletionRequest, upstreamRequest } from './request.ts';
import { EventTooLarge, type SseEvent, SseSplitter } from './sse-split.ts';
import { Timers, type Timeouts } from './timers.ts';
import type { TransportResponse, Transports } from './transport.ts';
import { brokenAnswer, eventFailure, statusFailure, UpstreamFailure } from './upstream-errors.ts';

/** An event of an answer: the upstream's JSON as it came, on one line, and what it says. */
export interface CompletionEvent {
  data: string;
  chunk: CompletionChunk;
}

export interface UpstreamOptions {
  transports: Transports;
  timeouts: Timeouts;
  /** The limit and the system prompt that every request gets. */
  maxOutputTokens: number;
  systemPrompt: string | undefined;
}

/** An event beyond this is rubbish or an attack: the largest real ones, with images in them, are far below. */
const MAX_EVENT_CHARACTERS = 1_000_000;
/** How much of an error page is read, for the log. */
const MAX_ERROR_BYTES = 16_384;

/** Takes events that arrived together. `begun`: the first token of the answer is among them, or has been before. */
export type Hear = (events: CompletionEvent[], begun: boolean) => void;

/**
 * Resolves when the answer is complete.
 * @param apiKey null for a provider that needs none
 * @param signal ends the attempt at any time
 * @throws UpstreamFailure for every way in which an upstream can fail; the reason of the signal; what `hear` throws
 */
export async function attemptAnswer(
  model: Model,
  apiKey: Secret | null,
  request: CompletionRequest,
  options: UpstreamOptions,
  signal: AbortSignal,
  hear: Hear,
): Promise<void> {
  signal.throwIfAborted();
  const abort = new AbortController();
  const leave = () => abort.abort(signal.reason);
  signal.addEventListener('abort', leave);
  const timers = new Timers(options.timeouts, failure => abort.abort(failure));
  let complete = false;
  try {
    const response = await send(model, apiKey, request, options, abort.signal);
    await refuseFailure(response);
    let begun = false;
    for await (const events of readEvents(response, timers)) {
      if (!begun && events.some(saysSomething)) {
        begun = true;
        timers.firstToken();
      }
      hear(events, begun);
    }
    complete = true;
  } catch (thrown) {
    // However a transport words an abort, its reason is what happened.
    if (abort.signal.aborted) throw abort.signal.reason;
    throw asApiError(thrown);
  } finally {
    timers.stop();
    signal.removeEventListener('abort', leave);
    // Whatever failed, nothing is to be read of it any more.
    if (!complete) abort.abort();
  }
}

async function send(
  model: Model,
  apiKey: Secret | null,
  request: CompletionRequest,
  options: UpstreamOptions,
  signal: AbortSignal,
): Promise<TransportResponse> {
  const { url, headers, body } = upstreamRequest(model, apiKey, request, options);
  const transport = options.transports[new URL(url).protocol];
  if (!transport) throw new Error(`no transport for ${url}`);
  return transport({ url, headers, body, signal, connectMs: options.timeouts.connectMs });
}

/** @throws ApiError unless the response is the beginning of an event stream */
async function refuseFailure(response: TransportResponse): Promise<void> {
  const { status } = response;
  if (status >= 300 && status < 400) {
    const reason = `redirected (${status}) to ${response.header('location')}`;
    throw new UpstreamFailure('upstream_error', 'model', { reason });
  }
  if (status !== 200) throw statusFailure(status, await readStart(response), response.header('retry-after'));

  const encoding = response.header('content-encoding');
  if (encoding && encoding !== 'identity') {
    throw brokenAnswer(`compressed its answer (${encoding}) without being asked to`);
  }
  const type = response.header('content-type') ?? '';
  // Some gateways answer 200 with a page or a JSON error. All else is read as events: a few name no type at all.
  if (/json|html/i.test(type)) throw statusFailure(status, await readStart(response), null);
}

async function* readEvents(response: TransportResponse, timers: Timers): AsyncGenerator<CompletionEvent[]> {
  // Replaces what is not UTF-8 and drops a byte order mark, as the standard for event streams asks.
  const decoder = new TextDecoder();
  const splitter = new SseSplitter(MAX_EVENT_CHARACTERS);
  let begun = false;
  let finished = false;
  for await (const bytes of response.body) {
    const events: CompletionEvent[] = [];
    let done = false;
    let failure: UpstreamFailure | null = null;
    for (const event of splitter.feed(decoder.decode(bytes, { stream: true }))) {
      done = event.data === DONE;
      if (done) break;
      const completion = parseEvent(event);
      if (completion instanceof UpstreamFailure) {
        failure = completion;
        break;
      }
      events.push(completion);
      const reason = completion.chunk.choices?.[0]?.finish_reason;
      if (reason) finished = true;
      if (reason && interruptedReasons.includes(reason)) {
        failure = new UpstreamFailure('interrupted', 'again', { reason: `finish reason ${reason}` });
        break;
      }
    }
    if (events.length > 0) {
      begun = true;
      timers.eventArrived();
      yield events;
    }
    if (failure) throw failure;
    if (done) return;
  }
  // Some servers close after the finish reason and never say [DONE]; any other early end is a cut answer.
  const reason = 'the stream ended before the answer did';
  if (!finished) throw new UpstreamFailure(begun ? 'interrupted' : 'upstream_error', 'again', { reason });
}

/** A text, a thought or a call of a tool; not the role, nor a field that is there and empty. */
function saysSomething({ chunk }: CompletionEvent): boolean {
  const { role: _, ...delta } = chunk.choices?.[0]?.delta ?? {};
  return Object.values(delta).some(value => (Array.isArray(value) ? value.length > 0 : Boolean(value)));
}

function parseEvent(event: SseEvent): CompletionEvent | UpstreamFailure {
  // Line feeds between JSON tokens are whitespace; inside JSON strings there are none.
  const data = event.data.replaceAll('\n', ' ');
  let chunk: unknown;
  try {
    chunk = JSON.parse(data);
  } catch {
    // Not the text: it may be what the model said, and content is never logged.
    return brokenAnswer(`sent invalid JSON of ${data.length} characters`);
  }
  if (typeof chunk !== 'object' || chunk === null || Array.isArray(chunk)) {
    return brokenAnswer('sent an event that is no JSON object');
  }
  if (event.event === 'error' || ('error' in chunk && chunk.error)) return eventFailure(chunk);
  return { data, chunk };
}

/** The start of a body as text, for the log and for the error object in it. */
async function readStart(response: TransportResponse): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  try {
    for await (const bytes of response.body) {
      size += bytes.length;
      text += decoder.decode(bytes, { stream: true });
      if (size >= MAX_ERROR_BYTES) break;
    }
  } catch {
    // A page cut short says enough; if the request was ended meanwhile, the caller sees that at its signal.
  }
  return text.slice(0, MAX_ERROR_BYTES);
}

function asApiError(thrown: unknown): ApiError {
  if (thrown instanceof ApiError) return thrown;
  if (thrown instanceof EventTooLarge) return brokenAnswer(thrown.message);
  const cause = thrown instanceof Error && thrown.cause instanceof Error ? ` (${thrown.cause.message})` : '';
  return brokenAnswer(`connection failed: ${String(thrown)}${cause}`);
}
