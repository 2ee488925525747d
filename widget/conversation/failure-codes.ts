/** The codes of failures. They have words where they are shown, and no others have. */

import type { Failure } from './message.ts';

/** Each with who says it. All of them, or it would not compile. */
export const failureCodes: Readonly<Record<Failure['code'], 'server' | 'client'>> = {
  invalid_request: 'server',
  model_not_allowed: 'server',
  length_exceeded: 'server',
  unauthorized: 'server',
  origin_not_allowed: 'server',
  not_found: 'server',
  payload_too_large: 'server',
  too_many_streams: 'server',
  rate_limited: 'server',
  budget_exhausted: 'server',
  upstream_rate_limited: 'server',
  internal_error: 'server',
  upstream_unauthorized: 'server',
  upstream_error: 'server',
  overloaded: 'server',
  paused: 'server',
  upstream_timeout: 'server',
  interrupted: 'server',
  stopped: 'server',
  abandoned: 'server',
  offline: 'client',
  disconnected: 'client',
  forgotten: 'client',
  bad_answer: 'client',
  empty_answer: 'client',
  refused: 'client',
};
