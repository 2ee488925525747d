/** A rate that this process counts for itself. */

import RateLimiterMemory from 'rate-limiter-flexible/lib/RateLimiterMemory.js';
import RateLimiterRes from 'rate-limiter-flexible/lib/RateLimiterRes.js';
import { ApiError } from '../errors.ts';
import type { Rate } from './rate.ts';

export function ratePerMinute(points: number): Rate {
  const limiter = new RateLimiterMemory({ points, duration: 60 });
  return {
    async count(key) {
      try {
        await limiter.consume(key);
      } catch (refused) {
        if (!(refused instanceof RateLimiterRes)) throw refused;
        throw new ApiError('rate_limited', { retryAfterSeconds: refused.msBeforeNext / 1_000 });
      }
    },
  };
}
