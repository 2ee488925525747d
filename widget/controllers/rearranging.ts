/** Shows another way through a conversation, or removes some of it. What asks for it brings this code. */

import { hides, type Rearrangement, rearrange } from '../conversation/branches.ts';
import type { Turn } from './turn.ts';

/** An answer in the making that is not shown any more is stopped first: what has arrived of it is kept. */
export function performRearrangement(turn: Turn, change: Rearrangement): void {
  const { conversation } = turn;
  const event = rearrange(conversation, change);
  if (!event) return;
  if (hides(conversation, event.messages)) turn.perform({ type: 'stop' });
  turn.apply(rearrange(turn.conversation, change) ?? event);
  turn.next();
}
