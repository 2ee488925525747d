/** Joins a conversation with the client: sends, stops, retries and continues, one answer at a time. */

import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { ChatMessage, Usage } from '../../server/protocol.ts';
import { lostConnection } from '../client/network.ts';
import type { AnswerEvent, AnswerRequest } from '../client/request-answer.ts';
import { requestBody } from '../client/request-body.ts';
import { type Context, type ContextLimits, fitContext, jsonBytes } from '../conversation/context.ts';
import {
  apply,
  ask,
  type Conversation,
  type ConversationEvent,
  isLive,
  newConversation,
} from '../conversation/conversation.ts';
import type { AssistantMessage, Message } from '../conversation/message.ts';
import { loadAnswering } from '../load-answering.ts';
import { DeltaBatch } from './delta-batch.ts';

export interface TurnSettings {
  /** Base URL of the proxy or of an OpenAI-compatible server. */
  endpoint: string;
  model?: string;
  /** What one request may have at most. */
  limits: ContextLimits;
}

/** An answer in the making. */
interface Run {
  readonly answerId: string;
  readonly abort: AbortController;
  readonly batch: DeltaBatch;
  finishReason?: string;
  usage?: Usage;
}

/** Asks the model to go on with an answer that was cut. Sent after it, never shown. */
const CONTINUATION: ChatMessage = {
  role: 'user',
  content: 'Continue exactly where you stopped. Do not repeat anything.',
};

export class Turn implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #settings: () => TurnSettings;
  #conversation = newConversation();
  #tooLong = false;
  #run: Run | undefined;
  #leaving: ReturnType<typeof setTimeout> | undefined;

  /** `settings` is read at each send, so that they may change at any time. */
  constructor(host: ReactiveControllerHost, settings: () => TurnSettings) {
    this.#host = host;
    this.#settings = settings;
    host.addController(this);
  }

  get conversation(): Conversation {
    return this.#conversation;
  }

  /** Whether an answer is waited for or streaming. */
  get busy(): boolean {
    return this.#run !== undefined;
  }

  /** Whether the last question was not sent because it alone is over the limit. */
  get tooLong(): boolean {
    return this.#tooLong;
  }

  /** Begins to load what only an answer needs; called while the visitor types. */
  prepare(): void {
    // A load that fails is tried again when it is needed, and told then.
    loadAnswering().catch(() => {});
  }

  /** False, and nothing has changed, for a blank or too long text or while an answer is in the making. */
  send(text: string): boolean {
    const content = text.trim();
    if (this.busy || content === '') return false;
    const asked = ask(content);
    const context = this.#context([...this.#conversation.messages, asked.question]);
    this.#tooLong = context === 'too_long';
    this.#host.requestUpdate();
    if (context === 'too_long') return false;
    this.#apply(asked);
    this.#start(asked.answer.id, context);
    return true;
  }

  /** Ends the answer in the making. What has arrived of it is kept. */
  stop(): void {
    const run = this.#run;
    if (!run) return;
    run.batch.flush();
    this.#abandon(run);
    this.#apply({ type: 'stopped', answerId: run.answerId });
  }

  /** Asks for the last answer again. */
  retry(): void {
    const answer = this.#lastAnswer();
    if (!answer) return;
    this.#apply({ type: 'asked_again', answerId: answer.id });
    this.#start(answer.id, this.#context(this.#conversation.messages));
  }

  /** Lets the last answer go on after its last word. */
  continue(): void {
    const answer = this.#lastAnswer();
    if (!answer?.content.trim()) return;
    this.#apply({ type: 'continued', answerId: answer.id });
    this.#start(answer.id, this.#context(this.#conversation.messages, [CONTINUATION]));
  }

  /** Begins a new conversation. */
  clear(): void {
    if (this.#run) this.#abandon(this.#run);
    this.#conversation = newConversation();
    this.#tooLong = false;
    this.#host.requestUpdate();
  }

  hostConnected(): void {
    clearTimeout(this.#leaving);
  }

  /** An element that is only moved in its page comes back in the same task, and its answer goes on. */
  hostDisconnected(): void {
    this.#leaving = setTimeout(() => this.stop());
  }

  #apply(event: ConversationEvent): void {
    const changed = apply(this.#conversation, event);
    if (changed === this.#conversation) return;
    this.#conversation = changed;
    this.#host.requestUpdate();
  }

  #lastAnswer(): AssistantMessage | undefined {
    const last = this.#conversation.messages.at(-1);
    return last?.role === 'assistant' && !isLive(last) ? last : undefined;
  }

  #context(messages: readonly Message[], closing?: readonly ChatMessage[]): Context | 'too_long' {
    const { model, limits } = this.#settings();
    const envelope = jsonBytes(requestBody(model, [])) - jsonBytes([]);
    return fitContext(messages, { ...limits, bodyBytes: limits.bodyBytes - envelope }, closing);
  }

  #start(answerId: string, context: Context | 'too_long'): void {
    if (context === 'too_long') {
      this.#apply({ type: 'failed', answerId, failure: { code: 'length_exceeded' } });
      return;
    }
    if (context.omitted > 0) this.#apply({ type: 'omitted', answerId, count: context.omitted });
    const batch = new DeltaBatch(delta => this.#apply({ type: 'delta', answerId, ...delta }));
    const run: Run = { answerId, batch, abort: new AbortController() };
    this.#run = run;
    const { endpoint, model } = this.#settings();
    void this.#follow(run, { endpoint, model, messages: context.messages, signal: run.abort.signal });
  }

  async #follow(run: Run, request: AnswerRequest): Promise<void> {
    for await (const event of answerEvents(request)) {
      // Stopped or cleared while this was on its way: the answer is not this run's any more.
      if (run.abort.signal.aborted) return;
      this.#take(run, event);
    }
  }

  #take(run: Run, event: AnswerEvent): void {
    switch (event.type) {
      case 'opened':
        return;
      case 'delta':
        return run.batch.add(event);
      case 'finish':
        run.finishReason = event.reason;
        return;
      case 'usage':
        run.usage = event.usage;
        return;
      case 'done':
      case 'failed':
        run.batch.flush();
        this.#run = undefined;
        return this.#apply(this.#settled(run, event));
      default:
        return event satisfies never;
    }
  }

  #settled(run: Run, event: Extract<AnswerEvent, { type: 'done' | 'failed' }>): ConversationEvent {
    const { answerId, finishReason, usage } = run;
    if (event.type === 'failed' && event.failure.code === 'stopped') return { type: 'stopped', answerId };
    // A model that was to continue and says nothing had said it all.
    const last = this.#conversation.messages.at(-1);
    const saidAll = event.type === 'failed' && event.failure.code === 'empty_answer' && last?.content.trim();
    if (event.type === 'failed' && !saidAll) return { type: 'failed', answerId, failure: event.failure };
    return { type: 'completed', answerId, finishReason, usage };
  }

  #abandon(run: Run): void {
    run.batch.drop();
    run.abort.abort();
    this.#run = undefined;
  }
}

async function* answerEvents(request: AnswerRequest): AsyncGenerator<AnswerEvent, void> {
  const answering = await loadAnswering().catch(() => undefined);
  if (answering) yield* answering.requestAnswer(request);
  else yield { type: 'failed', failure: { code: lostConnection() } };
}
