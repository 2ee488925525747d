/** Asks an upstream for an answer and tells of its events as they arrive. */

import type { Model } from '../config/models.ts';
import { ApiError } from '../errors.ts';
import { decode } from '../latin1.ts';
import { AnswerReader, type Hear } from './answer-reader.ts';
import { type CompletionRequest, upstreamRequest } from './request.ts';
import { EventTooLarge } from './sse-split.ts';
import { Timers, type Timeouts } from './timers.ts';
import type { TransportResponse, Transports } from './transport.ts';
import { statusFailure } from './upstream-errors.ts';

export interface UpstreamOptions {
  transports: Transports;
  timeouts: Timeouts;
  /** The limit and the system prompt that every request gets. */
  maxOutputTokens: number;
  systemPrompt: string | undefined;
}

/** How much of an error page is read, for the log. */
const MAX_ERROR_BYTES = 16_384;

/**
 * Tells `hear` of the events of an answer, those that arrived together at once, and settles when it is complete.
 * @param abort ends the request from outside, with its reason; the timers end it through the same controller
 * @throws ApiError for every way in which an upstream can fail, or the reason of the abort, or what `hear` throws
 */
export async function requestAnswer(
  model: Model,
  request: CompletionRequest,
  options: UpstreamOptions,
  abort: AbortController,
  hear: Hear,
): Promise<void> {
  const timers = new Timers(options.timeouts, error => abort.abort(error));
  try {
    const response = await send(model, request, options, abort.signal);
    await refuseFailure(response);
    await readEvents(response, arrived => {
      timers.eventArrived();
      hear(arrived);
    });
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

async function readEvents(response: TransportResponse, hear: Hear): Promise<void> {
  const reader = new AnswerReader(hear);
  await response.read(bytes => reader.read(bytes));
  reader.end();
}

/** The start of a body as text, for the log and for the error object in it. */
async function readStart(response: TransportResponse): Promise<string> {
  let start = '';
  try {
    await response.read(bytes => (start += bytes).length < MAX_ERROR_BYTES);
  } catch {
    // A page cut short says enough; if the request was ended meanwhile, the caller sees that at its signal.
  }
  return decode(start.slice(0, MAX_ERROR_BYTES));
}

function asUpstreamError(thrown: unknown): ApiError {
  if (thrown instanceof ApiError) return thrown;
  if (thrown instanceof EventTooLarge) return new ApiError('upstream_error', { reason: thrown.message });
  const cause = thrown instanceof Error && thrown.cause instanceof Error ? ` (${thrown.cause.message})` : '';
  return new ApiError('upstream_error', { reason: `connection failed: ${String(thrown)}${cause}` });
}
