/** What becomes of a visitor's opinion of an answer: the conversation keeps it, the page hears of it, and so does the proxy. */

import type { Feedback } from '../../server/protocol.ts';
import type { AssistantMessage, Opinion } from '../conversation/message.ts';
import { fire } from '../page-events.ts';
import type { ChatParts } from '../sheets/sheet.ts';
import { post } from './post.ts';

/** What the page is told. */
export interface FeedbackDetail extends Feedback {
  /** What was rated, in Markdown. */
  answer: string;
}

/** @param opinion undefined takes back what was said before */
export function rate(chat: ChatParts, { id, key, content }: AssistantMessage, opinion?: Opinion): Feedback {
  chat.turn.ask({ type: 'annotated', answerId: id, annotations: { feedback: opinion } });
  const feedback: Feedback = {
    conversation: chat.turn.conversation.id,
    message: id,
    ...(key !== undefined && { key }),
    rating: null,
    ...opinion,
  };
  const detail: FeedbackDetail = { ...feedback, answer: content };
  fire(chat.host, 'rivulet-feedback', detail);
  return feedback;
}

/** False where the proxy wants to know it, and could not be told. Never rejects. */
export async function sendFeedback(chat: ChatParts, feedback: Feedback): Promise<boolean> {
  if (chat.owner.settings.all?.feedback !== true) return true;
  const response = await post(chat, '/v1/feedback', feedback).catch(() => undefined);
  return response?.ok ?? false;
}
