/** Reads the JSON body of a request into a fresh object of a schema's shape, or says which field is wrong. */

import type { Context } from 'hono';
import type { z } from 'zod';
import { ApiError } from '../errors.ts';

/** @throws ApiError `invalid_request` that names the first wrong field */
export async function parseBody<Schema extends z.ZodType>(
  c: Context,
  schema: Schema,
): Promise<z.infer<Schema>> {
  // Another type could be sent by a plain form of any site, without its browser asking us first.
  if (!/^application\/json\b/i.test(c.req.header('Content-Type') ?? '')) {
    throw new ApiError('invalid_request', { message: 'The Content-Type must be application/json.' });
  }
  const text = await c.req.text();
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new ApiError('invalid_request', { message: 'The body is not valid JSON.' });
  }
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  throw invalid(result.error);
}

function invalid(error: z.ZodError): ApiError {
  const issue = error.issues[0];
  const param = issue?.path.join('.') || undefined;
  return new ApiError('invalid_request', { message: `${param ?? 'body'}: ${issue?.message}`, param });
}
