/** The settings of the form by which visitors reach a person. */

import { z } from 'zod';
import { usualContactFields } from '../protocol.ts';
import { httpUrl } from './kinds.ts';

const field = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,39}$/i, 'must be at most 40 letters, digits and _, a letter first')
    .describe('What the webhook knows it by'),
  label: z.string().min(1).max(100).optional().describe("What visitors see; absent: the widget's own words"),
  kind: z.enum(['text', 'email', 'tel', 'textarea']).default('text').describe('What is written into it'),
  required: z.boolean().default(false).describe('Whether the form cannot go without it'),
});

export const contact = z.strictObject({
  webhookUrl: httpUrl.describe(
    'Gets each form as a POST of JSON, as https://www.standardwebhooks.com has it',
  ),
  webhookSecret: z
    .string()
    .refine(isWebhookSecret, {
      error:
        'must be whsec_ and 24 to 64 bytes in base64, as `echo whsec_$(openssl rand -base64 32)` makes it',
    })
    .describe('Signs what is sent'),
  fields: z
    .array(field)
    .min(1)
    .max(20)
    .refine(fields => new Set(fields.map(({ name }) => name)).size === fields.length, {
      error: 'must have different names',
    })
    .default([...usualContactFields])
    .describe('What visitors are asked for'),
});

/** As the standard has them: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md */
function isWebhookSecret(text: string): boolean {
  const base64 = /^whsec_((?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?)$/.exec(text)?.[1];
  if (base64 === undefined) return false;
  const bytes = atob(base64).length;
  return bytes >= 24 && bytes <= 64;
}
