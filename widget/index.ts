/** The package's entry: defines `<rivulet-chat>` and what it needs, and exports the types. */

import { define } from './elements/define.ts';
import './elements/launcher.ts';
import { RivuletChat } from './rivulet-chat.ts';

define('rivulet-chat', RivuletChat);

export type { ContactField, ContactRequest, Transcript } from '../server/protocol.ts';
export type { FeedbackDetail } from './controllers/feedback.ts';
export type { RoomDetail } from './forms/room.ts';
export type { HandoverDetail } from './controllers/handover.ts';
export type {
  Failure,
  AssistantMessage,
  Message,
  MessageStatus,
  ToolCall,
  ToolCallReason,
  ToolCallStatus,
  ToolRound,
  Opinion,
  UserMessage,
} from './conversation/message.ts';
export type { PageHeaders } from './client/send.ts';
export type {
  AfterReceive,
  BeforeSend,
  HookContext,
  OutgoingRequest,
  ReceivedAnswer,
} from './controllers/hooks.ts';
export type { PageContext } from './controllers/page-context.ts';
export type { AnswerDetail, ChatEvents, DeltaDetail, ErrorDetail } from './page-events.ts';
export type { PageWords } from './locales/locale.ts';
export type { FollowUps, LastTurn } from './controllers/follow-ups.ts';
export type { MessageFooter } from './elements/message-footer.ts';
export type { PageCommand } from './elements/slash-commands.ts';
export type { ElementResult, Tool, ToolArguments, ToolContext, ToolEventDetail } from './tools/tool.ts';
export { RivuletChat };
