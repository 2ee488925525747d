/** Does what can only be asked for when there is an answer. Comes with what asks for it: `elements/below-answer.ts`. */

import { hides, type Rearrangement, rearrange } from '../conversation/branches.ts';
import type { Decision, Reopening } from '../conversation/command.ts';
import type { AssistantMessage } from '../conversation/message.ts';
import { beginningAnew, continuing } from '../conversation/reopened.ts';
import { decide } from '../tools/decisions.ts';
import type { Turn } from './turn.ts';

export function performLater(turn: Turn, command: Rearrangement | Reopening | Decision): void {
  switch (command.type) {
    case 'decided':
      return decide(command);
    case 'asked_again':
    case 'continued':
      return reopen(turn, command);
    default:
      performRearrangement(turn, command);
  }
}

function reopen(turn: Turn, { type, answerId, key }: Reopening): void {
  const answer = turn.conversation.messages.find(({ id }) => id === answerId);
  if (answer?.role !== 'assistant') return;
  const reopened =
    type === 'continued' ? continuing(answer, key) : beginningAnew(answer, nameOf(answer, turn) ?? key);
  turn.apply({ type: 'reopened', answer: reopened });
  turn.next();
}

/** What was lost on the way is asked for under its own name, as the server may have it; of another model under another. */
function nameOf({ failure, key, asks }: AssistantMessage, { chosen, settings }: Turn): string | undefined {
  const isLost = failure?.code === 'disconnected' || failure?.code === 'offline';
  return isLost && failure.asked === (asks ?? chosen?.id ?? settings().model) ? key : undefined;
}

/** Shows another way through a conversation, or removes some of it. */
function performRearrangement(turn: Turn, change: Rearrangement): void {
  const event = rearrange(turn.conversation, change);
  if (!event) return;
  // An answer in the making that is not shown any more is stopped first: what has arrived of it is kept.
  if (hides(turn.conversation, event.messages)) turn.halt();
  turn.apply(rearrange(turn.conversation, change) ?? event);
  if (change.type === 'hurried') turn.halt();
  turn.next();
}
