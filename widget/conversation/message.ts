/** A message of a conversation, as the widget holds it. */

import type { ErrorCode, Rating, Usage } from '../../server/protocol.ts';

/** `waiting`: asked, and not sent yet, as there is no network or another answer is in the making. */
export type MessageStatus = 'waiting' | 'pending' | 'streaming' | 'complete' | 'stopped' | 'failed';

/** What went wrong with an answer. The words for it are chosen where it is shown. */
export interface Failure {
  /**
   * A code of the wire; or what only the client can see: no network, a cut connection, an answer that is no longer kept,
   * rubbish, nothing at all, a page that does not let it be asked.
   */
  code: ErrorCode | 'offline' | 'disconnected' | 'forgotten' | 'bad_answer' | 'empty_answer' | 'refused';
  /** When a retry makes sense, as a time of `Date.now()`; absent where the server named none. */
  retryAt?: number;
  /** The model that was asked; absent for the server's default. */
  asked?: string;
  /** Why the page did not let it be asked, in the page's own words. */
  said?: string;
}

export interface TextAttachment {
  id: string;
  /** A file of the visitor's, or what the page has added to the question. */
  type: 'text' | 'context';
  /** As the file is called, or as the page was. */
  name: string;
  text: string;
}

export interface ImageAttachment {
  id: string;
  type: 'image';
  name: string;
  /** What the visitor says that it shows; empty where they said nothing. */
  alt: string;
  /** In pixels. */
  width: number;
  height: number;
  /** The image itself, in base64. Absent where there was no room to keep it. */
  dataUrl?: string;
}

export type Attachment = TextAttachment | ImageAttachment;
export type Attachments = readonly Attachment[];

export interface UserMessage {
  id: string;
  role: 'user';
  /** May be empty where something is attached. */
  content: string;
  /** What it is about, as a Markdown quote that ends with an empty line: it is sent before the question, see quote.ts. */
  quote?: string;
  attachments?: Attachments;
  /** When it was made, as a time of `Date.now()`. Absent in what older widgets have kept. */
  at?: number;
}

/** A question before it is asked: its text, and what goes along with it. */
export type Draft = Omit<UserMessage, 'id' | 'role' | 'at'>;
export type Along = Omit<Draft, 'content'>;

/** Where an answer has something from. */
export interface Source {
  /** An address of the web; absent where the upstream gives none. */
  url?: string;
  title?: string;
}

/** How a call goes: it is written by the model, waits for the visitor's word, runs, and has one of several ends. */
export type ToolCallStatus = 'written' | 'asked' | 'running' | 'done' | 'failed' | 'refused' | 'interrupted';

/** Why a call has failed, or was refused. The words for it are chosen where it is shown. */
export type ToolCallReason =
  | 'unknown'
  | 'unreadable_arguments'
  | 'too_long'
  | 'threw'
  | 'too_slow'
  | 'unreadable_result'
  | 'too_many_rounds'
  | 'by_visitor'
  | 'by_page';

/** A function of the page's that the model calls. */
export interface ToolCall {
  id: string;
  name: string;
  /** What visitors read in place of the name. */
  label?: string;
  /** As the model wrote it: JSON, or what should be. */
  arguments: string;
  status: ToolCallStatus;
  reason?: ToolCallReason;
  /** What the model is told of it, once it has ended. */
  result?: string;
  /** Where an element of the page's shows in it: a slot of the chat. The element is there as long as its page is. */
  slot?: string;
  /** By which the upstream tells it from the others, while it is being written. */
  index?: number;
}

/** Functions that the model calls at one time. What the answer says after that was said with their results. */
export interface ToolRound {
  /** Characters of the answer's text that come before them. */
  at: number;
  calls: readonly ToolCall[];
  /** The stream that brings them, and the number of the last event that is in them. */
  from?: { id: string; last: number };
  /** All of them have come. */
  isWhole?: true;
}

/** What the proxy says of a request. */
export interface Figures {
  /** Milliseconds from the request to the first token, and to the end. */
  ttftMs?: number;
  durationMs?: number;
  cost?: Cost;
}

export interface Cost {
  amount: number;
  /** ISO 4217 code. */
  currency: string;
}

/** What becomes known of an answer while it comes, or after its end. */
export interface Annotations {
  /** Of its last request. */
  figures?: Figures | undefined;
  /** What the requests before that have used: where it was continued, has called functions, or was asked for again. */
  earlier?: readonly OneRequest[];
  /** What the model has called of the page, in its order. */
  rounds?: readonly ToolRound[];
  content?: string;
  reasoning?: string;
  /** In the order of their numbers, which begin with 1. */
  sources?: readonly Source[];
  /** Questions that could come next. */
  followUps?: readonly string[];
  /** The model that the visitor had chosen for it, and that is no longer there: another one was asked. */
  gone?: string;
  /** The tab in which it was asked for, where that has functions that it may call. */
  tab?: string | undefined;
  /** What the visitor thinks of it; undefined in place of an opinion that was taken back. */
  feedback?: Opinion | undefined;
}

export interface Opinion {
  rating: Rating;
  /** In the visitor's words. */
  reason?: string;
}

/** When things happened here, as times of `Date.now()`. */
export interface Times {
  /** It was asked for, for the last time. */
  sentAt?: number;
  /** The first of the model's thinking came, the first words, and what came last so far. */
  thoughtAt?: number;
  saidAt?: number;
  heardAt?: number;
}

/** What one of several requests of an answer has used, and how quick it was. */
export interface OneRequest {
  usage?: Usage;
  figures?: Figures;
  /** As it was seen here, in milliseconds; absent where the answer went on by itself, to call functions. */
  seen?: { ttftMs?: number; durationMs?: number };
  /** The answer was asked for again: nothing is there of what it brought. */
  thrownAway?: true;
}

export interface AssistantMessage extends Annotations, Times {
  id: string;
  role: 'assistant';
  content: string;
  /** The model's thinking, apart from its answer. */
  reasoning: string;
  status: MessageStatus;
  /** When it was first asked for, as a time of `Date.now()`. Absent in what older widgets have kept. */
  at?: number;
  /** Its request's name: asked under it again, the server gives the same answer. Absent in what older widgets have kept. */
  key?: string;
  /**
   * Where the server has the rest of it, and the number of the last event that is in it. `tag`: the model thinks in the
   * text of its answer, and this is the name of the tag in which that stands; empty after its end.
   */
  stream?: { id: string; last: number; tag?: string };
  /** How often it went on after its connection broke, or its page was left. */
  resumed?: number;
  /** It goes on after what another request has brought of it. */
  continues?: boolean;
  /** Its connection broke, and is being made again. */
  reconnecting?: boolean;
  /** Why the model ended, in the upstream's word: `stop`, `length`, `content_filter` … */
  finishReason?: string;
  /** The model that is asked, where the visitor chose one for this answer. */
  asks?: string;
  /** The model that answered, as the upstream names it. */
  model?: string;
  /** Of its last request. */
  usage?: Usage;
  failure?: Failure;
  /** How many of the oldest messages were left out of what was sent, so that it fits. */
  omitted?: number;
}

export type Message = UserMessage | AssistantMessage;
