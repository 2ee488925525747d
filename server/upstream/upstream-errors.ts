/** What an upstream's refusals mean to our clients. Their texts go to the log only. */

import { ApiError, type ApiErrorOptions } from '../errors.ts';

/** The codes of OpenAI's error object, which the others have taken over, that mean more than their status. */
const meaningOfCode: Readonly<Record<string, ApiError['code']>> = {
  context_length_exceeded: 'length_exceeded',
  invalid_api_key: 'upstream_unauthorized',
  insufficient_quota: 'upstream_unauthorized',
  rate_limit_exceeded: 'upstream_rate_limited',
};

/**
 * @param status the HTTP status of the refusal
 * @param text the start of its body
 * @param retryAfter its Retry-After header: seconds or a date
 */
export function statusFailure(status: number, text: string, retryAfter: string | null): ApiError {
  const reason = `${status} ${text}`;
  return failure(status, errorObject(parseJson(text)), { reason }, retryAfter);
}

/** @param chunk an event of the stream with an error in it */
export function eventFailure(chunk: object): ApiError {
  const error = errorObject(chunk);
  // OpenRouter and others put the HTTP status that they could no longer send into the code.
  const status = Number(error.code ?? error.status ?? 0);
  return failure(Number.isInteger(status) ? status : 0, error, { reason: JSON.stringify(error) }, null);
}

function failure(
  status: number,
  error: Record<string, unknown>,
  options: ApiErrorOptions,
  retryAfter: string | null,
): ApiError {
  for (const word of [error.code, error.type]) {
    if (typeof word !== 'string' || !Object.hasOwn(meaningOfCode, word)) continue;
    return new ApiError(meaningOfCode[word]!, { ...options, ...retryAfterSeconds(retryAfter) });
  }
  switch (status) {
    case 401:
    case 402: // no credit left
    case 403:
      return new ApiError('upstream_unauthorized', options);
    case 408:
    case 504:
      return new ApiError('upstream_timeout', options);
    case 429:
      return new ApiError('upstream_rate_limited', { ...options, ...retryAfterSeconds(retryAfter) });
    default:
      return new ApiError('upstream_error', options);
  }
}

/** The header's two forms: https://www.rfc-editor.org/rfc/rfc9110#field.retry-after */
function retryAfterSeconds(header: string | null): { retryAfterSeconds?: number } {
  if (header === null) return {};
  const seconds = /^\s*\d+\s*$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1000;
  // A day is the longest that anyone should be told to wait by a stranger.
  return Number.isFinite(seconds) ? { retryAfterSeconds: Math.min(Math.max(seconds, 1), 86_400) } : {};
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The `error` of a body, or the body itself where it is flat. */
function errorObject(body: unknown): Record<string, unknown> {
  if (typeof body !== 'object' || body === null) return {};
  const error = 'error' in body ? body.error : body;
  return typeof error === 'object' && error !== null ? (error as Record<string, unknown>) : {};
}
