/** An answer that has ended and is asked for once more: to go on after what is there, or from its beginning. Pure. */

import { newAnswer } from './conversation.ts';
import type { AssistantMessage } from './message.ts';
import { requestsOf } from './stats.ts';

/** What is known of how it ended is forgotten, its text and model are kept, and what it has used so far. */
export function continuing(answer: AssistantMessage, key: string): AssistantMessage {
  const { finishReason: _, failure: __, omitted: ___, usage: ____, figures: _____, ...rest } = answer;
  return { ...rest, status: 'waiting', key, continues: true, earlier: requestsOf(answer) };
}

/** Of what was answered before only what it has used is kept: it is paid for. */
export function beginningAnew(answer: AssistantMessage, key: string): AssistantMessage {
  const { at, asks, tab } = answer;
  // Asked for under its own name, it is the same.
  const earlier = key === answer.key ? answer.earlier : thrownAway(answer);
  return {
    ...newAnswer(),
    id: answer.id,
    key,
    // Whoever answers it: what it has of its own.
    ...(at && { at }),
    ...(asks && { asks }),
    ...(tab && { tab }),
    ...(earlier?.length && { earlier }),
  };
}

/** Of a request that was refused nothing came, and nothing is known. */
function thrownAway(answer: AssistantMessage): AssistantMessage['earlier'] {
  const hasBegun = answer.content !== '' || answer.reasoning !== '';
  return requestsOf(answer)
    .filter(({ usage, figures }) => usage || figures || hasBegun)
    .map(request => ({ ...request, thrownAway: true }));
}
