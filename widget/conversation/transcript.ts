/** What was said, for somebody else to read: as plain values. Pure. */

import type { Transcript, TranscriptMessage } from '../../server/protocol.ts';
import { withNames } from './attachment.ts';
import type { ContextLimits } from './context.ts';
import type { Conversation } from './conversation.ts';
import { jsonBytes } from './json-bytes.ts';

/** As far as it is shown; an answer that has not begun is not there. */
export function transcriptOf({ id, messages }: Conversation): Transcript {
  const said = messages.map(message => ({ ...message, content: withNames(message) }));
  const begun = said.filter(({ content }) => content !== '');
  return { id, messages: begun.map(({ role, content, at }) => ({ role, content, ...(at && { at }) })) };
}

/** Its newest messages, as many as fit into a request. */
export function fitTranscript({ id, messages }: Transcript, limits: ContextLimits): Transcript {
  let bytes = 0;
  const fits = (message: TranscriptMessage, fromEnd: number) => {
    bytes += jsonBytes(message) + ','.length;
    return fromEnd < limits.messages && bytes <= limits.bodyBytes;
  };
  const newest = messages.toReversed();
  const first = newest.findIndex((message, index) => !fits(message, index));
  return { id, messages: newest.slice(0, first < 0 ? undefined : first).toReversed() };
}
