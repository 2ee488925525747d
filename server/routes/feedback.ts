/** `POST /v1/feedback`: what a visitor thinks of an answer, for the operator. */

import type { Context } from 'hono';
import { z } from 'zod';
import type { AppEnv } from '../app-env.ts';
import type { Budgets } from '../limits/budgets.ts';
import { addressCharges, type UseLimits } from '../limits/charges.ts';
import { useRefusal } from '../limits/use-refusal.ts';
import { MAX_REASON_CHARACTERS } from '../protocol.ts';
import type { Observer } from '../telemetry/observer.ts';
import type { Pseudonyms } from '../telemetry/pseudonyms.ts';
import { MAX_KEY_CHARACTERS } from './idempotency-key.ts';
import { parseBody } from './parse-body.ts';

export interface FeedbackParts {
  budgets: Budgets;
  observer: Required<Observer>;
  pseudonyms: Pseudonyms;
}

const MAX_BODY_BYTES = 20_000;
/** The widget's have 32 characters. */
const id = z.string().min(1).max(100);
const feedbackSchema = z.object({
  conversation: id,
  message: id,
  key: z.string().min(1).max(MAX_KEY_CHARACTERS).optional(),
  rating: z.enum(['up', 'down'], { error: 'must be up, down or null' }).nullable(),
  reason: z.string().trim().max(MAX_REASON_CHARACTERS).optional(),
});

/** Whether there is such an answer nobody asks: an opinion may come long after it was forgotten here. */
export function giveFeedback(limits: UseLimits, { budgets, observer, pseudonyms }: FeedbackParts) {
  return async (c: Context<AppEnv>): Promise<Response> => {
    const client = c.get('client');
    const counted = await budgets.reserve(addressCharges('feedbackPerMinute', client.address, limits));
    if (!counted.granted) throw useRefusal(counted);
    const feedback = await parseBody(c, feedbackSchema, MAX_BODY_BYTES);
    const asker = await pseudonyms(client);
    observer.feedbackGiven({
      ...feedback,
      asker,
      requestId: c.get('requestId'),
      origin: client.origin,
    });
    return c.body(null, 204);
  };
}
