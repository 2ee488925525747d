/** Keeps a turn's conversation as it is by now, and takes over what other pages have made of it meanwhile. */

import { knownOf, reconciled } from '../conversation/joining.ts';
import type { ConversationStore } from '../storage/conversation-store.ts';
import type { Turn } from './turn.ts';

export async function keepTurn(store: ConversationStore, turn: Turn): Promise<void> {
  const saved = turn.conversation;
  const whole = await store.save(saved);
  if (whole === saved) return;
  // Another conversation is in it by now.
  if (turn.conversation.id !== whole.id) return void store.save(whole);
  const { messages, aside = [] } = reconciled(turn.conversation, knownOf(saved), whole);
  turn.apply({ type: 'rearranged', messages, aside });
}
