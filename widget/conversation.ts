/**
 * `rivulet-chat/conversation`: conversations as plain values that change by events alone, `apply(conversation, event)`. They can
 * be kept as JSON. Pure.
 */

export { rearrange, alternatives, type Rearrangement } from './conversation/branches.ts';
export {
  apply,
  ask,
  type Branch,
  type Conversation,
  type ConversationEvent,
  isLive,
  newConversation,
} from './conversation/conversation.ts';
export type {
  Annotations,
  AssistantMessage,
  Attachment,
  Failure,
  Message,
  MessageStatus,
  Source,
  UserMessage,
} from './conversation/message.ts';
export { said } from './conversation/said.ts';
export { readConversation } from './storage/read-conversation.ts';
