/** `POST /v1/contact`: a visitor's form, on its way to a person. */

import type { Context } from 'hono';
import { z } from 'zod';
import type { AppEnv } from '../app-env.ts';
import { ownerOf } from '../clients/client.ts';
import type { Config } from '../config/config.ts';
import type { Deliveries } from '../contact/deliveries.ts';
import { type ContactSettings, deliver } from '../contact/webhook.ts';
import { hexDigest } from '../hex-digest.ts';
import type { Budgets } from '../limits/budgets.ts';
import { addressCharges } from '../limits/charges.ts';
import { useRefusal } from '../limits/use-refusal.ts';
import { type ContactField, MAX_FIELD_CHARACTERS, MAX_TEXT_CHARACTERS } from '../protocol.ts';
import { idempotencyKey } from './idempotency-key.ts';
import { parseBody } from './parse-body.ts';

export interface ContactParts {
  budgets: Budgets;
  deliveries: Deliveries;
}

export function takeContact(
  contact: ContactSettings,
  limits: Config['limits'],
  { budgets, deliveries }: ContactParts,
) {
  const schema = contactSchema(contact.fields, limits);
  return async (c: Context<AppEnv>): Promise<Response> => {
    const client = c.get('client');
    const counted = await budgets.reserve(addressCharges('contactsPerMinute', client.address, limits));
    if (!counted.granted) throw useRefusal(counted);
    const form = await parseBody(c, schema, limits.maxBodyBytes);
    const key = idempotencyKey(c) ?? c.get('requestId');
    // A form that was changed is another one, whatever its key.
    const id = `msg_${await hexDigest(JSON.stringify([ownerOf(client), key, form]))}`;
    const message = {
      type: 'contact.submitted',
      timestamp: new Date().toISOString(),
      data: { ...form, origin: client.origin, visitor: client.visitor, requestId: c.get('requestId') },
    };
    await deliveries.once(id, signal => deliver(contact, { id, body: JSON.stringify(message) }, signal));
    return c.body(null, 204);
  };
}

function contactSchema(fields: readonly ContactField[], limits: Config['limits']) {
  const message = z.object({
    role: z.enum(['user', 'assistant']),
    content: z.string(),
    at: z.number().min(0).optional(),
  });
  return z.object({
    fields: z.strictObject(Object.fromEntries(fields.map(field => [field.name, valueOf(field)]))),
    conversation: z
      .object({ id: z.string().min(1).max(100), messages: z.array(message).max(limits.maxMessages) })
      .optional(),
  });
}

const mail = z.email();

/** What is not required may be left empty too. */
function valueOf({ kind, required }: ContactField) {
  const most = kind === 'textarea' ? MAX_TEXT_CHARACTERS : MAX_FIELD_CHARACTERS;
  const text = z.string().trim().max(most);
  const value = kind === 'email' ? text.refine(isMail, { error: 'must be an email address' }) : text;
  return required ? value.refine(text => text !== '', { error: 'must not be empty' }) : value.optional();
}

function isMail(text: string): boolean {
  return text === '' || mail.safeParse(text).success;
}
