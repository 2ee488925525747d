/** What the page hears of the chat: all its events. */

import type { FeedbackDetail } from './controllers/feedback.ts';
import type { HandoverDetail } from './controllers/handover.ts';
import type { AssistantMessage, Failure, UserMessage } from './conversation/message.ts';
import type { RoomDetail } from './forms/room.ts';
import type { ToolEventDetail } from './tools/tool.ts';

/** What has come of an answer since the last such event. */
export interface DeltaDetail {
  /** The id of its conversation. */
  conversation: string;
  /** The id of the answer. */
  message: string;
  /** Markdown. Empty where only the model's thinking goes on. */
  content: string;
  /** The model's thinking; empty where there is none. */
  reasoning: string;
}

export interface AnswerDetail {
  /** The id of its conversation. */
  conversation: string;
  /** As it is kept: its `status` says whether it is `complete`, or was `stopped`. */
  answer: AssistantMessage;
}

/** What has arrived of the answer is in it. */
export interface ErrorDetail extends AnswerDetail, Failure {}

/** All of them bubble, and leave the trees of shadow roots that they are in. */
export interface ChatEvents {
  /** The popup or panel was opened. */
  'rivulet-open': CustomEvent<undefined>;
  /** The popup or panel was closed. */
  'rivulet-close': CustomEvent<undefined>;
  /** The panel covers a side of the page, or no side any more. A page that makes room by itself cancels it. */
  'rivulet-room': CustomEvent<RoomDetail>;
  /** A question is about to be asked. Cancelled, it is not, and what was written stays. */
  'rivulet-send': CustomEvent<UserMessage>;
  /** Something of an answer has come: never more often than it is rendered. */
  'rivulet-delta': CustomEvent<DeltaDetail>;
  /** An answer is complete, or was stopped. */
  'rivulet-answer': CustomEvent<AnswerDetail>;
  /** An answer has failed. */
  'rivulet-error': CustomEvent<ErrorDetail>;
  /** A tool of the page is about to run. Cancelled, it does not. */
  'rivulet-tool': CustomEvent<ToolEventDetail>;
  /** The visitor wants to talk to a person. A page that takes over cancels it. */
  'rivulet-handover': CustomEvent<HandoverDetail>;
  /** The visitor thinks something of an answer. */
  'rivulet-feedback': CustomEvent<FeedbackDetail>;
}

/** False where the page has cancelled it. */
export function fire<Name extends keyof ChatEvents>(
  chat: EventTarget,
  name: Name,
  detail?: ChatEvents[Name]['detail'],
  cancelable = false,
): boolean {
  return chat.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable }));
}

declare global {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- it gives the events of every element these too
  interface HTMLElementEventMap extends ChatEvents {}
}
