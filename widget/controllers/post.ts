/** Sends the proxy what is no question, as the same visitor as the questions. */

import { post as postWith, type PostedPath } from '../client/post.ts';
import { loadAnswering } from '../load-answering.ts';
import type { ChatParts } from '../sheets/sheet.ts';

/** @throws where the server cannot be reached */
export async function post(
  { turn, endpoint }: ChatParts,
  path: PostedPath,
  body: object,
  headers?: Readonly<Record<string, string>>,
): Promise<Response> {
  const { sender } = await loadAnswering();
  return postWith(sender(turn.visit), endpoint(), path, body, headers);
}
