/** What the whole site uses of its limits by now, for who operates it. */

import type { SiteUse } from '../protocol.ts';
import type { Limiters } from './admission.ts';
import { type UseLimits, WHOLE_SITE } from './charges.ts';
import type { LeaseLimits } from './leases.ts';

export async function siteUse(
  { leases, budgets }: Limiters,
  { streamsTotal, tokensPerDayTotal }: LeaseLimits & UseLimits,
): Promise<SiteUse> {
  const limited = tokensPerDayTotal > 0;
  return {
    streams: { used: leases.held, most: streamsTotal },
    tokensPerDay: limited ? { used: await budgets.used('day', WHOLE_SITE), most: tokensPerDayTotal } : null,
  };
}
