/** Asks an upstream for an answer and yields its events as they arrive; the one place that knows what upstreams send. */

import type { Model } from '../config/models.ts';
import { ApiError } from '../errors.ts';
import { type CompletionChunk, DONE, interruptedReasons } from '../protocol.ts';
import { type CompletionRequest, upstreamRequest } from './request.ts';
import { EventTooLarge, type SseEvent, SseSplitter } from './sse-split.ts';
import { Timers, type Timeouts } from './timers.ts';
import type { TransportResponse, Transports } from './transport.ts';
import { eventFailure, statusFailure } from './upstream-errors.ts';

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

/**
 * Yields the events of an answer, those that arrived together as one array, and returns when it is complete.
 * @param abort ends the request from outside, with its reason; the timers end it through the same controller
 * @throws ApiError for every way in which an upstream can fail, or the reason of the abort
 */
export async function* requestAnswer(
  model: Model,
  request: CompletionRequest,
  options: UpstreamOptions,
  abort: AbortController,
): AsyncGenerator<CompletionEvent[], void, void> {
  const timers = new Timers(options.timeouts, error => abort.abort(error));
  try {
    const response = await send(model, request, options, abort.signal);
    await refuseFailure(response);
    yield* readEvents(response, timers);
  } catch (thrown) {
    // However a transport words an abort, its reason is what happened.
    if (abort.signal.aborted) throw abort.signal.reason;
    throw asUpstreamError(thrown);
  } finally {
    timers.stop();
  }
}

async function send(
  model: Model,
  request: CompletionRequest,
  options: UpstreamOptions,
  signal: AbortSignal,
): Promise<TransportResponse> {
  const { url, headers, body } = upstreamRequest(model, request, options);
  const transport = options.transports[new URL(url).protocol];
  if (!transport) throw new Error(`no transport for ${url}`);
  return transport({ url, headers, body, signal, connectMs: options.timeouts.connectMs });
}

/** @throws ApiError unless the response is the beginning of an event stream */
async function refuseFailure(response: TransportResponse): Promise<void> {
  const { status } = response;
  if (status >= 300 && status < 400) {
    throw new ApiError('upstream_error', {
      reason: `redirected (${status}) to ${response.header('location')}`,
    });
  }
  if (status !== 200) throw statusFailure(status, await readStart(response), response.header('retry-after'));

  const encoding = response.header('content-encoding');
  if (encoding && encoding !== 'identity') {
    throw new ApiError('upstream_error', {
      reason: `compressed its answer (${encoding}) without being asked to`,
    });
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
    let failure: ApiError | null = null;
    for (const event of splitter.feed(decoder.decode(bytes, { stream: true }))) {
      done = event.data === DONE;
      if (done) break;
      const completion = parseEvent(event);
      if (completion instanceof ApiError) {
        failure = completion;
        break;
      }
      events.push(completion);
      const reason = completion.chunk.choices?.[0]?.finish_reason;
      if (reason) finished = true;
      if (reason && interruptedReasons.includes(reason)) {
        failure = new ApiError('interrupted', { reason: `finish reason ${reason}` });
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
  if (!finished) throw new ApiError(begun ? 'interrupted' : 'upstream_error', { reason });
}

function parseEvent(event: SseEvent): CompletionEvent | ApiError {
  // Line feeds between JSON tokens are whitespace; inside JSON strings there are none.
  const data = event.data.replaceAll('\n', ' ');
  let chunk: unknown;
  try {
    chunk = JSON.parse(data);
  } catch {
    // Not the text: it may be what the model said, and content is never logged.
    return new ApiError('upstream_error', { reason: `sent invalid JSON of ${data.length} characters` });
  }
  if (typeof chunk !== 'object' || chunk === null || Array.isArray(chunk)) {
    return new ApiError('upstream_error', { reason: 'sent an event that is no JSON object' });
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

function asUpstreamError(thrown: unknown): ApiError {
  if (thrown instanceof ApiError) return thrown;
  if (thrown instanceof EventTooLarge) return new ApiError('upstream_error', { reason: thrown.message });
  const cause = thrown instanceof Error && thrown.cause instanceof Error ? ` (${thrown.cause.message})` : '';
  return new ApiError('upstream_error', { reason: `connection failed: ${String(thrown)}${cause}` });
}
