/** From what a server says of an error to a code of ours. Its own words are never passed on. Loaded with the first error. */

import type { ErrorCode } from '../../server/protocol.ts';
import { failureCodes } from '../conversation/failure-codes.ts';
import type { Failure } from '../conversation/message.ts';

/** Codes by which OpenAI-compatible servers say the same as ours. */
const synonyms = new Map<unknown, ErrorCode>([
  ['context_length_exceeded', 'length_exceeded'],
  ['model_not_found', 'model_not_allowed'],
  ['insufficient_quota', 'budget_exhausted'],
]);

/** What a server says when it does not answer, or not to the end. */
export interface Refusal {
  /** Its error object, or the text that may be one, whatever it is. */
  error: unknown;
  /** The HTTP status, where it is not 2xx. */
  status?: number;
  /** The header of that name. */
  retryAfter?: string | null;
}

export function failureOf({ error, status, retryAfter }: Refusal): Failure {
  const retryAt = retryTime(retryAfter);
  const code = errorCode(typeof error === 'string' ? errorObject(error) : error, status);
  return { code, ...(retryAt !== undefined && { retryAt }) };
}

function errorCode(error: unknown, status?: number): ErrorCode {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  if (typeof code === 'string' && isErrorCode(code)) return code;
  return synonyms.get(code) ?? statusCode(status ?? (typeof code === 'number' ? code : 502));
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(failureCodes, code) && failureCodes[code as ErrorCode] === 'server';
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
function retryTime(retryAfter: string | null | undefined): number | undefined {
  const text = retryAfter?.trim() ?? '';
  const time = /^\d{1,9}$/.test(text) ? Date.now() + Number(text) * 1000 : Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}
