/** Where a page has a say: what is asked before it is sent, and an answer before it is complete. Loaded where it has. */

import type { ChatMessage, Usage } from '../../server/protocol.ts';
import type { Context } from '../conversation/context.ts';
import type { AssistantMessage, Failure } from '../conversation/message.ts';
import type { ToolHost } from '../tools/tool.ts';
import type { PageContext } from './page-context.ts';
import type { End, Run, Tell } from './run.ts';

/** The body of a request, as OpenAI's API has it: what is in it besides is sent as well. */
export interface OutgoingRequest {
  /** Absent: the server's default. */
  model?: string | undefined;
  messages: ChatMessage[];
  [field: string]: unknown;
}

export interface HookContext {
  /** Aborted when the visitor stops the answer. */
  signal: AbortSignal;
}

/**
 * Is asked before each request for an answer: gives another one in its place, or nothing. What it throws refuses it; the
 * message of an `Error` is shown to the visitor.
 */
export type BeforeSend = (
  request: OutgoingRequest,
  context: HookContext,
) => OutgoingRequest | void | Promise<OutgoingRequest | void>;

export interface ReceivedAnswer {
  /** Markdown. */
  content: string;
  reasoning: string;
  model?: string;
  /** Why the model ended, in the upstream's word: `stop`, `length`, `content_filter` … */
  finishReason?: string;
  usage?: Usage;
}

/** Is asked when all of an answer has come: gives another text in its place, or nothing. */
export type AfterReceive = (
  answer: ReceivedAnswer,
  context: HookContext,
) => string | void | Promise<string | void>;

/** The chat, as far as its requests and answers go. */
export interface ChatHost extends ToolHost {
  readonly beforeSend?: BeforeSend | undefined;
  readonly afterReceive?: AfterReceive | undefined;
  readonly context?: PageContext | null;
}

/** What is sent, as the page wants it. A stream that goes on sends nothing anew, and the page was asked for it. */
export async function prepared(
  run: Run,
  context: Context,
  model: string | undefined,
): Promise<Context | Failure> {
  const { host, signal, fields } = run;
  if (!host.beforeSend || run.answer.stream) return context;
  const request = { model, messages: context.messages, ...fields };
  try {
    const { model, messages, ...rest } = (await host.beforeSend(request, { signal })) ?? request;
    run.fields = rest;
    return { ...context, model, messages };
  } catch (error) {
    return refusal(error);
  }
}

/** Mistakes of the page's own code are for its developers; so is what is no error at all. */
function refusal(error: unknown): Failure {
  const isMeant = error instanceof Error && error.name === 'Error' && error.message.trim() !== '';
  if (isMeant) return { code: 'refused', said: error.message };
  console.error(error);
  return { code: 'refused' };
}

/** Tells the answer as the page wants it. Where the page fails it stays as it is, and its developers hear why. */
export async function receive({ host, signal, answer: { id }, conversation }: Run, tell: Tell, end: End) {
  const answer = conversation().messages.find(message => message.id === id) as AssistantMessage | undefined;
  if (!host.afterReceive || !answer) return;
  const { content, reasoning, model } = answer;
  const received = { content, reasoning, ...(model && { model }), ...end };
  try {
    const changed = await host.afterReceive(received, { signal });
    if (typeof changed === 'string' && !signal.aborted)
      tell({ type: 'annotated', answerId: id, annotations: { content: changed } });
  } catch (error) {
    console.error(error);
  }
}
