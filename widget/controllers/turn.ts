/** Joins a conversation with the client: sends, stops, retries and continues, one answer at a time. */

import type { ReactiveController } from 'lit';
import { LEFT } from '../client/left.ts';
import { lostConnection } from '../client/network.ts';
import { requestBody } from '../client/request-body.ts';
import type { Visit } from '../client/send.ts';
import type { Command } from '../conversation/command.ts';
import {
  apply,
  ask,
  type Conversation,
  type ConversationEvent,
  isLive,
  newConversation,
} from '../conversation/conversation.ts';
import { jsonBytes } from '../conversation/json-bytes.ts';
import type { Along, AssistantMessage, Message } from '../conversation/message.ts';
import { newId } from '../conversation/new-id.ts';
import { loadAnswering } from '../load-answering.ts';
import type { Choice } from './choice.ts';
import { fire } from '../page-events.ts';
import type { ChatHost } from './hooks.ts';
import { withContext } from './page-context.ts';
import type { RunSettings } from './run.ts';

export interface TurnSettings extends RunSettings {
  /** Nothing is sent before: until then what the server can do is not known. */
  known?: () => Promise<unknown> | undefined;
}

/** What a turn has to do with what outlives its page: it tells what happens, and others may have its answers in hand. */
export interface Companion {
  /** Whether this page has the answers in hand. */
  readonly leads: boolean;
  /** Whether it makes that answer, as soon as it can. */
  makes(answer: AssistantMessage): boolean;
  told(event: ConversationEvent): void;
  ask(command: Command): void;
}

export class Turn implements ReactiveController {
  /** Set when it is loaded; until then this page is alone. */
  companion: Companion | undefined;
  /** The model that the visitor has chosen in place of the page's. */
  chosen: Choice | undefined;
  /** What only an answer needs could not be loaded. */
  lacksCode = false;
  readonly host: ChatHost;
  readonly settings: () => TurnSettings;
  #conversation = newConversation();
  #tooLong = false;
  #abort = new AbortController();
  #isRunning = false;
  #leaving: ReturnType<typeof setTimeout> | undefined;

  /** `settings` is read at each send, so that they may change at any time. */
  constructor(host: ChatHost, settings: () => TurnSettings) {
    this.host = host;
    this.settings = settings;
    host.addController(this);
  }

  get conversation(): Conversation {
    return this.#conversation;
  }

  /** Whether an answer is waited for or streaming. */
  get busy(): boolean {
    return this.#conversation.messages.some(isLive);
  }

  /** Whether the last question was not sent because it alone is over the limit. */
  get tooLong(): boolean {
    return this.#tooLong;
  }

  /** Whose requests they are, and what is known of the server. */
  get visit(): Visit & TurnSettings {
    return {
      ...this.settings(),
      conversation: this.#now,
      keep: (session, instead) => this.ask({ type: 'authorized', session, instead }),
    };
  }

  /** Begins to load what only an answer needs; called while the visitor types. */
  prepare(): void {
    this.lacksCode = false;
    loadAnswering().then(
      ({ prepareSession }) => prepareSession(this.visit),
      () => {
        this.lacksCode = true;
        this.host.requestUpdate();
      },
    );
  }

  /** While an answer is in the making it waits for that. False, and nothing has changed, for a blank or too long text. */
  send(text: string, along?: Along): boolean {
    const content = text.trim();
    if (content === '' && !along?.attachments) return false;
    this.#tooLong = this.#isTooLong(content);
    this.host.requestUpdate();
    return !this.#tooLong && this.ask(ask(content, withContext(this.host.context, along)));
  }

  /** Ends the answer in the making. What has arrived of it is kept. */
  stop(): void {
    this.ask({ type: 'stop' });
  }

  /** Asks again for what is lacking: the last answer, if it did not end well, and the code for it. */
  retry(): void {
    this.prepare();
    const answer = this.#settledAnswer();
    if (answer && answer.status !== 'complete')
      this.ask({ type: 'asked_again', answerId: answer.id, key: newId() });
  }

  /** Lets the last answer go on after its last word. */
  continue(): void {
    const answer = this.#settledAnswer();
    if (answer?.content.trim()) this.ask({ type: 'continued', answerId: answer.id, key: newId() });
  }

  /** Begins a new conversation. */
  clear(): void {
    this.#tooLong = false;
    this.ask({ type: 'cleared', id: newId() });
  }

  /** Does what was asked for here or in another tab. */
  perform(command: Command): void {
    switch (command.type) {
      case 'cleared':
        this.#abort.abort();
        this.apply(command);
        break;
      case 'stop':
        this.halt();
        break;
      case 'asked':
      case 'annotated':
      case 'authorized':
        this.apply(command);
        break;
      default:
        // Whoever asks for it has this code; a tab that cannot get it leaves all as it is.
        void import('../elements/below-answer.ts').then(
          ({ performLater }) => performLater(this, command),
          () => {},
        );
    }
    this.next();
  }

  /** Ends the answer in the making, or the last one that waits to be asked for. */
  halt(): void {
    this.#abort.abort();
    const { messages } = this.#conversation;
    const answer = messages.find(isLive) ?? messages.at(-1);
    if (answer) this.apply({ type: 'stopped', answerId: answer.id });
  }

  /** Takes a conversation as others have it. What runs here goes on if it is in there, and else is left to them. */
  adopt(conversation: Conversation): void {
    this.#conversation = conversation;
    this.host.requestUpdate();
  }

  /** Leaves the answer in the making to whoever goes on with it. */
  leave(): void {
    this.#abort.abort(LEFT);
  }

  /** Has it done, by whoever has the answers in hand; false for a question that the page does not want asked. */
  ask(command: Command): boolean {
    const question = 'question' in command && command.question;
    if (question && !fire(this.host, 'rivulet-send', question, true)) return false;
    if (this.companion) this.companion.ask(command);
    else this.perform(command);
    return true;
  }

  hostConnected(): void {
    clearTimeout(this.#leaving);
    addEventListener('online', this.next);
    this.next();
  }

  /** An element that is only moved in its page comes back in the same task, and its answer goes on. */
  hostDisconnected(): void {
    removeEventListener('online', this.next);
    this.#leaving = setTimeout(() => this.halt());
  }

  apply(event: ConversationEvent): void {
    const changed = apply(this.#conversation, event);
    if (changed === this.#conversation) return;
    this.adopt(changed);
    this.companion?.told(event);
    // In their order, also those that come before the code for it.
    void import('../tell-page.ts').then(
      ({ tellPage }) => tellPage(this.host, changed, event),
      () => {},
    );
  }

  #settledAnswer(): AssistantMessage | undefined {
    const last = this.#conversation.messages.at(-1);
    return last?.role === 'assistant' && !isLive(last) ? last : undefined;
  }

  /** Alone: what else is sent is left out where it does not fit. */
  #isTooLong(content: string): boolean {
    const { model, limits } = this.settings();
    return jsonBytes(requestBody(model, [{ role: 'user', content }])) > limits.bodyBytes;
  }

  /** Goes on with an answer that is in the making and nobody has in hand; else with the first that waits. */
  readonly next = (): void => {
    const { messages } = this.#conversation;
    const isNext = (message: Message) =>
      isLive(message) || (message.role === 'assistant' && message.status === 'waiting');
    const index = messages.findIndex(isNext);
    const answer = messages[index] as AssistantMessage | undefined;
    if (!answer || this.#isRunning || lostConnection() === 'offline') return;
    if (this.companion?.makes(answer) === false) return;
    this.apply({ type: 'sent', answerId: answer.id, at: Date.now() });
    void this.#run(index);
  };

  readonly #now = (): Conversation => this.#conversation;

  async #run(index: number): Promise<void> {
    const { signal } = (this.#abort = new AbortController());
    const messages = this.#conversation.messages.slice(0, index + 1);
    const answer = messages[index] as AssistantMessage;
    const tell = (event: ConversationEvent) => this.apply(event);
    this.#isRunning = true;
    const done = () => (this.#isRunning = false);
    signal.addEventListener('abort', done);
    const answering = await loadAnswering().catch(() => undefined);
    await this.settings().known?.();
    if (signal.aborted) return;
    const { host, chosen } = this;
    const run = { host, messages, answer, signal, chosen, conversation: this.#now, ...this.settings() };
    if (answering) await answering.runAnswer(run, tell);
    else tell({ type: 'failed', answerId: answer.id, failure: { code: lostConnection() } });
    if (signal.aborted) return;
    done();
    this.next();
  }
}
