/** Tells the page what becomes of an answer. Loaded with the first. */

import type { Conversation, ConversationEvent } from './conversation/conversation.ts';
import type { AssistantMessage } from './conversation/message.ts';
import { fire } from './page-events.ts';

/** In the tab that has the answer in hand, so that one of a site's tabs tells it, once. */
export function tellPage(
  chat: EventTarget,
  { id: conversation, messages }: Conversation,
  event: ConversationEvent,
): void {
  switch (event.type) {
    case 'delta': {
      const { answerId: message, content = '', reasoning = '' } = event;
      fire(chat, 'rivulet-delta', { conversation, message, content, reasoning });
      break;
    }
    case 'completed':
    case 'stopped':
    case 'failed': {
      const answer = messages.find(({ id }) => id === event.answerId) as AssistantMessage;
      const { failure } = answer;
      if (failure) fire(chat, 'rivulet-error', { conversation, answer, ...failure });
      else fire(chat, 'rivulet-answer', { conversation, answer });
    }
  }
}
