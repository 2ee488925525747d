/** What a request uses of the limits on how much: of which of them, whose share, and how much. */

import { type Client, ownerOf } from '../clients/client.ts';

/** Settings of the same names; 0 is no limit, and what an address has of its own is otherwise as for one visitor. */
export interface UseLimits {
  requestsPerMinute: number;
  requestsPerMinutePerAddress?: number | undefined;
  tokensPerDay: number;
  tokensPerDayPerAddress?: number | undefined;
  tokensPerDayPerOrigin: number;
  tokensPerDayTotal: number;
  /** What one address may send besides questions: sessions that begin or are renewed, opinions of answers, forms. */
  sessionsPerMinute: number;
  feedbackPerMinute: number;
  contactsPerMinute: number;
}

export interface Charge {
  /** The limit, as the settings name it. */
  limit: keyof UseLimits;
  /** Time after which use is forgotten, from the first one on. */
  per: 'minute' | 'day';
  /** Whose use it is. */
  name: string;
  /** What may be used in that time. */
  most: number;
  amount: number;
}

/** Whose use it is that all answers have together. */
export const WHOLE_SITE = 'all';

/**
 * What an answer for this client is charged, a request before its tokens: the visitor, and besides the address, so that
 * another session of the same visitor is worth nothing. What a session's token says of limits holds for its visitor alone.
 * @param tokens is called where tokens are limited
 */
export function answerCharges(client: Client, limits: UseLimits, tokens: () => number): Charge[] {
  const owner = ownerOf(client);
  const { requestsPerMinute = limits.requestsPerMinute, tokensPerDay = limits.tokensPerDay } = client.limits;
  const requests: Array<Limited> = [['requestsPerMinute', owner, requestsPerMinute]];
  const use: Array<Limited> = [['tokensPerDay', owner, tokensPerDay]];
  if (client.visitor !== null) {
    const address = ownerOf({ ...client, visitor: null });
    const { requestsPerMinutePerAddress: mostRequests, tokensPerDayPerAddress: mostTokens } = limits;
    requests.push(['requestsPerMinutePerAddress', address, mostRequests ?? limits.requestsPerMinute]);
    use.push(['tokensPerDayPerAddress', address, mostTokens ?? limits.tokensPerDay]);
  }
  // What names no site has one share for all, or leaving the name out would be worth something.
  use.push(['tokensPerDayPerOrigin', `origin:${client.origin ?? ''}`, limits.tokensPerDayPerOrigin]);
  use.push(['tokensPerDayTotal', WHOLE_SITE, limits.tokensPerDayTotal]);
  const limitedUse = use.filter(isLimited);
  const amount = limitedUse.length > 0 ? tokens() : 0;
  return [
    ...requests.filter(isLimited).map(limited => charge('minute', limited, 1)),
    ...limitedUse.map(limited => charge('day', limited, amount)),
  ];
}

/** What an address is charged that sends something else than a question. */
export function addressCharges(
  limit: 'sessionsPerMinute' | 'feedbackPerMinute' | 'contactsPerMinute',
  address: string,
  limits: UseLimits,
): Charge[] {
  return [charge('minute', [limit, `${limit}:${address}`, limits[limit]], 1)];
}

type Limited = [limit: Charge['limit'], name: string, most: number];

function isLimited([, , most]: Limited): boolean {
  return most > 0;
}

function charge(per: Charge['per'], [limit, name, most]: Limited, amount: number): Charge {
  return { limit, per, name, most, amount };
}
