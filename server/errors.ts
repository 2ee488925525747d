/** Errors that a client may be told of: typed where they start, worded here, once, in plain words. */

import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { type ErrorCode, errorStatus, type WireError } from './protocol.ts';

const messages: Record<ErrorCode, string> = {
  invalid_request: 'The request is not valid.',
  model_not_allowed: 'This model is not available here. GET /v1/models lists those that are.',
  length_exceeded: 'The conversation is too long for the model. Shorten it or start a new one.',
  unauthorized: 'The request is not authorized.',
  origin_not_allowed:
    'This website may not use this chat. Its operator can add the website to allowedOrigins.',
  not_found: 'There is nothing here.',
  payload_too_large: 'The request is too large.',
  too_many_streams: 'Too many answers are running at once. Wait until one has finished.',
  rate_limited: 'Too many requests. Wait a moment.',
  budget_exhausted: 'What may be asked here is used up for now.',
  upstream_rate_limited: 'The model has too much to do. Wait a moment.',
  internal_error: 'Something went wrong in the chat proxy.',
  upstream_unauthorized:
    'The chat is not set up correctly: the model refused its key. Its operator has to mend that.',
  upstream_error: 'The model could not answer.',
  overloaded: 'The chat has too much to do. Wait a moment.',
  paused: 'The chat is paused. Try again later.',
  upstream_timeout: 'The model took too long to answer.',
  interrupted: 'The answer was interrupted.',
  stopped: 'The answer was stopped.',
  abandoned: 'The answer was abandoned: nobody was reading it.',
};

/** Whether the same request may succeed when it is sent again. */
const retryable: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'too_many_streams',
  'rate_limited',
  'upstream_rate_limited',
  'internal_error',
  'upstream_error',
  'overloaded',
  'upstream_timeout',
  'interrupted',
]);

/** OpenAI's `type` of an error, by its status. */
function errorType(code: ErrorCode): string {
  switch (statusOf(code)) {
    case 400:
    case 404:
    case 413:
      return 'invalid_request_error';
    case 401:
      return 'authentication_error';
    case 403:
      return 'permission_error';
    case 429:
      return 'rate_limit_error';
    default:
      return 'server_error';
  }
}

function statusOf(code: ErrorCode): number {
  // Codes that only end a running stream have no status of their own.
  return code in errorStatus ? errorStatus[code as keyof typeof errorStatus] : 502;
}

/** Every 429 and 503 has a Retry-After; this one where nothing better is known. */
const DEFAULT_RETRY_AFTER_SECONDS = 2;

export interface ApiErrorOptions {
  /** What the client is told; a sentence of ours, never an upstream's. Default: the code's own words. */
  message?: string;
  /** The field of the request that is wrong, or the limit that leaves too little. */
  param?: string;
  retryAfterSeconds?: number;
  /** How to be authorized (WWW-Authenticate), of a 401; default: by the token of a session. */
  challenge?: string;
  /** For the log alone, never for the client. */
  reason?: string | undefined;
}

export class ApiError extends Error {
  readonly code: ErrorCode;
  readonly param: string | null;
  readonly retryAfterSeconds: number | undefined;
  readonly challenge: string;
  readonly reason: string | undefined;

  constructor(code: ErrorCode, options: ApiErrorOptions = {}) {
    super(options.message ?? messages[code]);
    this.code = code;
    this.param = options.param ?? null;
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.challenge = options.challenge ?? 'Bearer';
    this.reason = options.reason;
  }

  get status(): number {
    return statusOf(this.code);
  }

  get retryable(): boolean {
    return retryable.has(this.code);
  }
}

/** Ends that somebody wanted, or left the answer to. */
const wanted: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['stopped', 'abandoned', 'paused']);

/** Whether an answer has failed; that somebody stops it or leaves is no failure. */
export function isFailure(error: ApiError | null): error is ApiError {
  return error !== null && !wanted.has(error.code);
}

/** Whether a response can say it by its status; the other codes only end a stream. */
export function hasStatus(error: ApiError): boolean {
  return error.code in errorStatus;
}

/** The end of a stream as the whole of a response. */
export function asRefusal(error: ApiError): ApiError {
  return hasStatus(error) ? error : new ApiError('upstream_error', { reason: error.reason });
}

/** What a client may be told of anything that was thrown. */
export function asApiError(thrown: unknown): ApiError {
  if (thrown instanceof ApiError) return thrown;
  const reason = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  return new ApiError('internal_error', { reason });
}

export function wireError(error: ApiError): WireError {
  return {
    error: { message: error.message, type: errorType(error.code), code: error.code, param: error.param },
  };
}

/** The terminal event's JSON: it also says what a status would have said. */
export function inBandError(error: ApiError): WireError {
  const { error: body } = wireError(error);
  return { error: { ...body, retryable: error.retryable } };
}

export function errorResponse(c: Context, error: ApiError): Response {
  const { status } = error;
  if (status === 429 || status === 503) {
    const seconds = Math.max(1, Math.ceil(error.retryAfterSeconds ?? DEFAULT_RETRY_AFTER_SECONDS));
    c.header('Retry-After', String(seconds));
  }
  // RFC 9110, 15.5.2: it says how to be authorized.
  if (status === 401) c.header('WWW-Authenticate', error.challenge);
  c.header('Cache-Control', 'no-store');
  return c.json(wireError(error), status as ContentfulStatusCode);
}
