/** One attempt to get an answer of an upstream: asks it, and tells of the events as they arrive. */

import type { Model } from '../config/models.ts';
import type { Secret } from '../config/secret.ts';
import { ApiError } from '../errors.ts';
import { decode } from '../latin1.ts';
import { AnswerReader, type Hear } from './answer-reader.ts';
import { type CompletionRequest, upstreamRequest } from './request.ts';
import { EventTooLarge } from './sse-split.ts';
import { Timers, type Timeouts } from './timers.ts';
import type { TransportResponse, Transports } from './transport.ts';
import { brokenAnswer, statusFailure, UpstreamFailure } from './upstream-errors.ts';

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
  try {
    const response = await send(model, apiKey, request, options, abort.signal);
    await refuseFailure(response);
    const reader = new AnswerReader(arrived => {
      timers.eventArrived(arrived.hasToken);
      const wait = hear(arrived);
      if (wait) timers.suspend(wait);
      return wait;
    });
    await response.read(bytes => reader.read(bytes));
    reader.end();
  } catch (thrown) {
    // However a transport words an abort, its reason is what happened.
    if (abort.signal.aborted) throw abort.signal.reason;
    const error = asApiError(thrown);
    // Whatever failed, nothing is to be read of it any more.
    abort.abort(error);
    throw error;
  } finally {
    timers.stop();
    signal.removeEventListener('abort', leave);
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

function asApiError(thrown: unknown): ApiError {
  if (thrown instanceof ApiError) return thrown;
  if (thrown instanceof EventTooLarge) return brokenAnswer(thrown.message);
  const cause = thrown instanceof Error && thrown.cause instanceof Error ? ` (${thrown.cause.message})` : '';
  return brokenAnswer(`connection failed: ${String(thrown)}${cause}`);
}
