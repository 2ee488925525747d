/** What of a conversation a model is told. */

import type { ChatMessage, ContentPart } from '../../server/protocol.ts';
import type { Message, UserMessage } from './message.ts';

/** A message of the conversation, or a question with what goes along with it: see attachment.ts. */
export type Sayable = Message | (Omit<UserMessage, 'content'> & { content: readonly ContentPart[] });

/**
 * An answer that failed before its first word says nothing, and upstreams refuse an empty message. The model's thinking is
 * sent back only with `thinking`, to a server that knows which model is to be told: it would fill the context of the others.
 */
export function said(messages: readonly Sayable[], thinking = false): ChatMessage[] {
  return messages
    .filter(({ content }) => typeof content !== 'string' || content.trim() !== '')
    .map(message => ({
      role: message.role,
      content: 'quote' in message && message.quote ? message.quote + message.content : message.content,
      ...(thinking &&
        'reasoning' in message &&
        message.reasoning && { reasoning_content: message.reasoning }),
    }));
}
