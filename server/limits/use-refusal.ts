/** What is said to whom a limit on how much leaves too little. */

import { ApiError } from '../errors.ts';
import type { ReservationResult } from './budgets.ts';
import type { Charge } from './charges.ts';

const words: Record<Charge['limit'], string> = {
  requestsPerMinute: 'Too many questions in a minute. Wait a moment.',
  requestsPerMinutePerAddress: 'Too many questions from this network in a minute. Wait a moment.',
  sessionsPerMinute: 'Too many sessions from this network in a minute. Wait a moment.',
  feedbackPerMinute: 'Too much feedback from this network in a minute. Wait a moment.',
  contactsPerMinute: 'Too many forms from this network in a minute. Wait a moment.',
  tokensPerDay: 'Too little is left of what you may ask in a day.',
  tokensPerDayPerAddress: 'Too little is left of what may be asked from this network in a day.',
  tokensPerDayPerOrigin: 'Too little is left of what may be asked on this website in a day.',
  tokensPerDayTotal: 'Too little is left of what may be asked here in a day.',
};

const TOO_LONG = 'The conversation is longer than what may be asked in a day. Shorten it.';

type Refused = Extract<ReservationResult, { granted: false }>;

export function useRefusal({ charge, retryAfterSeconds }: Refused): ApiError {
  const { limit, per, amount, most } = charge;
  // No wait helps: it is more than there ever is.
  if (amount > most) return new ApiError('payload_too_large', { message: TOO_LONG, param: limit });
  const code = per === 'minute' ? 'rate_limited' : 'budget_exhausted';
  return new ApiError(code, { message: words[limit], param: limit, retryAfterSeconds });
}
