/** From what a server says of an error to a code of ours. Its own words are never passed on. */

import { type ErrorCode, errorStatus, type InBandCode } from '../../server/protocol.ts';
import type { Failure } from '../conversation/message.ts';

const inBandCodes: readonly string[] = ['interrupted', 'stopped', 'abandoned'] satisfies InBandCode[];

/** Codes by which OpenAI-compatible servers say the same as ours. */
const synonyms = new Map<unknown, ErrorCode>([
  ['context_length_exceeded', 'length_exceeded'],
  ['model_not_found', 'model_not_allowed'],
  ['insufficient_quota', 'budget_exhausted'],
]);

/** The code of an error object, wherever it came from; `status` is the HTTP status, if there was one. */
export function errorCode(error: unknown, status?: number): ErrorCode {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  if (typeof code === 'string' && isErrorCode(code)) return code;
  return synonyms.get(code) ?? statusCode(status ?? (typeof code === 'number' ? code : 502));
}

/** A response that is not 2xx. `text` is its body, which may be anything. */
export function refusal(status: number, retryAfter: string | null, text: string): Failure {
  const retryAt = retryTime(retryAfter);
  return { code: errorCode(errorObject(text), status), ...(retryAt !== undefined && { retryAt }) };
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorStatus, code) || inBandCodes.includes(code);
}

function statusCode(status: number): ErrorCode {
  switch (status) {
    case 401:
    case 403:
      return 'unauthorized';
    case 404:
    case 405:
    case 410:
      return 'not_found';
    case 408:
    case 504:
      return 'upstream_timeout';
    case 413:
      return 'payload_too_large';
    case 429:
      return 'rate_limited';
    case 503:
      return 'overloaded';
    default:
      return status >= 400 && status < 500 ? 'invalid_request' : 'upstream_error';
  }
}

function errorObject(text: string): unknown {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null && 'error' in body ? body.error : undefined;
  } catch {
    return undefined;
  }
}

/** Retry-After is whole seconds or a date (RFC 9110, 10.2.3). */
function retryTime(retryAfter: string | null): number | undefined {
  const text = retryAfter?.trim() ?? '';
  const time = /^\d{1,9}$/.test(text) ? Date.now() + Number(text) * 1000 : Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}
