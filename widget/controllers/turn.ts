/** Joins a conversation with the client: sends, stops, retries and continues, one answer at a time. */

import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { lostConnection } from '../client/network.ts';
import { requestBody } from '../client/request-body.ts';
import {
  apply,
  ask,
  type Conversation,
  type ConversationEvent,
  isLive,
  newConversation,
} from '../conversation/conversation.ts';
import { jsonBytes } from '../conversation/json-bytes.ts';
import type { AssistantMessage } from '../conversation/message.ts';
import { loadAnswering } from '../load-answering.ts';
import type { RunSettings } from './run.ts';

export type TurnSettings = RunSettings;

export class Turn implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #settings: () => TurnSettings;
  #conversation = newConversation();
  #tooLong = false;
  #abort = new AbortController();
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
    return isLive(this.#conversation.messages.at(-1));
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
    this.#tooLong = this.#isTooLong(content);
    this.#host.requestUpdate();
    if (this.#tooLong) return false;
    const asked = ask(content);
    this.#apply(asked);
    void this.#run(asked.answer.id);
    return true;
  }

  /** Ends the answer in the making. What has arrived of it is kept. */
  stop(): void {
    this.#abort.abort();
    const last = this.#conversation.messages.at(-1);
    if (last) this.#apply({ type: 'stopped', answerId: last.id });
  }

  /** Asks for the last answer again. */
  retry(): void {
    const answer = this.#settledAnswer();
    if (!answer) return;
    this.#apply({ type: 'asked_again', answerId: answer.id });
    void this.#run(answer.id);
  }

  /** Lets the last answer go on after its last word. */
  continue(): void {
    const answer = this.#settledAnswer();
    if (!answer?.content.trim()) return;
    this.#apply({ type: 'continued', answerId: answer.id });
    void this.#run(answer.id, true);
  }

  /** Begins a new conversation. */
  clear(): void {
    this.#abort.abort();
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

  #settledAnswer(): AssistantMessage | undefined {
    const last = this.#conversation.messages.at(-1);
    return last?.role === 'assistant' && !isLive(last) ? last : undefined;
  }

  /** Alone: what else is sent is left out where it does not fit. */
  #isTooLong(content: string): boolean {
    const { model, limits } = this.#settings();
    return jsonBytes(requestBody(model, [{ role: 'user', content }])) > limits.bodyBytes;
  }

  async #run(answerId: string, continues = false): Promise<void> {
    const { signal } = (this.#abort = new AbortController());
    const { messages } = this.#conversation;
    const run = { answerId, messages, continues, signal, ...this.#settings() };
    const runAnswer = await loadAnswering().catch(() => undefined);
    if (signal.aborted) return;
    if (runAnswer) await runAnswer(run, event => this.#apply(event));
    else this.#apply({ type: 'failed', answerId, failure: { code: lostConnection() } });
  }
}
