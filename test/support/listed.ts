/** All that a store lists, in short. */

import { openingOf } from '../../widget/conversation/kept-conversation.ts';
import type { ConversationStore } from '../../widget/storage/conversation-store.ts';

export interface Listed {
  id: string;
  title?: string;
  opening: string;
  createdAt: number;
  updatedAt: number;
}

export async function listed(store: ConversationStore): Promise<Listed[]> {
  const all: Listed[] = [];
  for await (const { conversation, ...rest } of store.list())
    all.push({ id: conversation.id, opening: openingOf(conversation), ...rest });
  return all;
}
