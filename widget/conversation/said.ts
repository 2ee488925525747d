/** What of a conversation a model is told. */

import type { ChatMessage } from '../../server/protocol.ts';
import type { Message } from './message.ts';

/**
 * An answer that failed before its first word says nothing, and upstreams refuse an empty message. The model's thinking is
 * never sent back: DeepSeek refuses it, and it would only fill the context.
 */
export function said(messages: readonly Message[]): ChatMessage[] {
  return messages
    .filter(({ content }) => content.trim() !== '')
    .map(({ role, content }) => ({ role, content }));
}
