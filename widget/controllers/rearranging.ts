/** Shows another way through a conversation, or removes some of it. What asks for it brings this code. */

import { hides, type Rearrangement, rearrange } from '../conversation/branches.ts';
import type { Turn } from './turn.ts';

export function performRearrangement(turn: Turn, change: Rearrangement): void {
  const event = rearrange(turn.conversation, change);
  if (!event) return;
  // An answer in the making that is not shown any more is stopped first: what has arrived of it is kept.
  if (hides(turn.conversation, event.messages)) turn.halt();
  turn.apply(rearrange(turn.conversation, change) ?? event);
  if (change.type === 'hurried') turn.halt();
  turn.next();
}
