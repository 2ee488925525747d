/** What an upstream's refusals mean to our clients, and what may help. Their texts go to the log only. */

import { ApiError, type ApiErrorOptions } from '../errors.ts';

/**
 * What an answer may still come of: the same request `again`, with another `key`, of another `model`; or of `nothing`,
 * as what is wrong is the request.
 */
export type Remedy = 'again' | 'key' | 'model' | 'nothing';

/** An upstream that did not answer, or not to the end. */
export class UpstreamFailure extends ApiError {
  readonly remedy: Remedy;

  constructor(code: ApiError['code'], remedy: Remedy, options: ApiErrorOptions) {
    super(code, options);
    this.remedy = remedy;
  }
}

/** What came is no answer, or no connection came about. */
export function brokenAnswer(reason: string): UpstreamFailure {
  return new UpstreamFailure('upstream_error', 'again', { reason });
}

/** The codes of OpenAI's error object, which the others have taken over, that mean more than their status. */
const meaningOfCode: Readonly<Record<string, readonly [ApiError['code'], Remedy]>> = {
  context_length_exceeded: ['length_exceeded', 'nothing'],
  invalid_api_key: ['upstream_unauthorized', 'key'],
  insufficient_quota: ['upstream_unauthorized', 'key'],
  rate_limit_exceeded: ['upstream_rate_limited', 'again'],
};

/**
 * @param status the HTTP status of the refusal
 * @param text the start of its body
 * @param retryAfter its Retry-After header: seconds or a date
 */
export function statusFailure(status: number, text: string, retryAfter: string | null): UpstreamFailure {
  const reason = `${status} ${text}`;
  return failure(status, errorObject(parseJson(text)), { reason }, retryAfter);
}

/** @param chunk an event of the stream with an error in it */
export function eventFailure(chunk: object): UpstreamFailure {
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
): UpstreamFailure {
  for (const word of [error.code, error.type]) {
    if (typeof word !== 'string' || !Object.hasOwn(meaningOfCode, word)) continue;
    const [code, remedy] = meaningOfCode[word]!;
    return new UpstreamFailure(code, remedy, { ...options, ...retryAfterSeconds(retryAfter) });
  }
  switch (status) {
    case 400:
    case 413:
    case 422:
      return new UpstreamFailure('upstream_error', 'nothing', options);
    case 403:
      // The text was refused and not the key: https://openrouter.ai/docs/api/reference/errors-and-debugging
      if (isModeration(error)) return new UpstreamFailure('upstream_error', 'nothing', options);
      return new UpstreamFailure('upstream_unauthorized', 'key', options);
    case 401:
    case 402: // no credit left
      return new UpstreamFailure('upstream_unauthorized', 'key', options);
    case 408:
    case 504:
      return new UpstreamFailure('upstream_timeout', 'again', options);
    case 429:
      return new UpstreamFailure('upstream_rate_limited', 'again', {
        ...options,
        ...retryAfterSeconds(retryAfter),
      });
    default: {
      const remedy = status >= 300 && status < 500 ? 'model' : 'again';
      return new UpstreamFailure('upstream_error', remedy, { ...options, ...retryAfterSeconds(retryAfter) });
    }
  }
}

function isModeration({ metadata }: Record<string, unknown>): boolean {
  return typeof metadata === 'object' && metadata !== null && 'flagged_input' in metadata;
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
