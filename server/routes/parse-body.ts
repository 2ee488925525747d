/** Reads the JSON body of a request into a fresh object of a schema's shape, or says which field is wrong. */

import type { Context } from 'hono';
import type { z } from 'zod';
import { ApiError } from '../errors.ts';

/** What of a body does not count among its bytes: how many bytes of it there may be, and how many there are. */
export interface Besides<Body> {
  maxBytes: number;
  bytesOf(body: Body): number;
}

/** @throws ApiError `payload_too_large`, or `invalid_request` that names the first wrong field */
export async function parseBody<Schema extends z.ZodType>(
  c: Context,
  schema: Schema,
  maxBytes: number,
  besides: Besides<z.infer<Schema>> = { maxBytes: 0, bytesOf: () => 0 },
): Promise<z.infer<Schema>> {
  // Another type could be sent by a plain form of any site, without its browser asking us first.
  if (!/^application\/json\b/i.test(c.req.header('Content-Type') ?? '')) {
    throw new ApiError('invalid_request', { message: 'The Content-Type must be application/json.' });
  }
  const { text, size } = await readText(c, maxBytes + besides.maxBytes);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new ApiError('invalid_request', { message: 'The body is not valid JSON.' });
  }
  const result = schema.safeParse(json);
  if (!result.success) throw invalidRequest(result.error);
  if (size - besides.bytesOf(result.data) > maxBytes) throw tooLarge(maxBytes);
  return result.data;
}

async function readText(c: Context, maxBytes: number): Promise<{ text: string; size: number }> {
  const length = c.req.header('Content-Length');
  if (length !== undefined) {
    if (Number(length) > maxBytes) throw tooLarge(maxBytes);
    return { text: await c.req.text(), size: Number(length) };
  }
  // How long a body in chunks is shows only when it has come.
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for await (const bytes of (c.req.raw.body ?? []) as AsyncIterable<Uint8Array>) {
    size += bytes.length;
    if (size > maxBytes) throw tooLarge(maxBytes);
    text += decoder.decode(bytes, { stream: true });
  }
  return { text: text + decoder.decode(), size };
}

function tooLarge(maxBytes: number): ApiError {
  const message = `The request has more than ${maxBytes} bytes. Shorten the conversation.`;
  return new ApiError('payload_too_large', { message });
}

/** Names the first field that is wrong. */
export function invalidRequest(error: z.ZodError): ApiError {
  const issue = error.issues[0];
  const param = issue?.path.join('.') || undefined;
  return new ApiError('invalid_request', { message: `${param ?? 'body'}: ${issue?.message}`, param });
}
