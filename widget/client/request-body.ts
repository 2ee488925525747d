/** The body of a request for an answer. Apart from the request itself, because its size is counted before it is sent. */

import type { ChatMessage } from '../../server/protocol.ts';

/** @param fields what else is in it */
export function requestBody(
  model: string | undefined,
  messages: readonly ChatMessage[],
  fields?: object,
): object {
  return {
    ...(model && { model }),
    messages,
    stream: true,
    stream_options: { include_usage: true },
    ...fields,
  };
}
