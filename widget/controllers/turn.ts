/** Joins a conversation with the client: sends, stops, retries and continues, one answer at a time. */

import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { LEFT } from '../client/left.ts';
import { lostConnection } from '../client/network.ts';
import { requestBody } from '../client/request-body.ts';
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
import type { AssistantMessage, Message } from '../conversation/message.ts';
import { newId } from '../conversation/new-id.ts';
import { loadAnswering } from '../load-answering.ts';
import type { RunSettings } from './run.ts';

export interface TurnSettings extends RunSettings {
  /** Nothing is sent before: until then what the server can do is not known. */
  known?: () => Promise<unknown> | undefined;
}

/** What a turn has to do with what outlives its page: it tells what happens, and others may have its answers in hand. */
export interface Companion {
  /** Whether this page has the answers in hand. */
  readonly leads: boolean;
  told(event: ConversationEvent): void;
  ask(command: Command): void;
}

export class Turn implements ReactiveController {
  /** Set when it is loaded; until then this page is alone. */
  companion: Companion | undefined;
  /** What only an answer needs could not be loaded. */
  lacksCode = false;
  readonly #host: ReactiveControllerHost;
  readonly #settings: () => TurnSettings;
  #conversation = newConversation();
  #tooLong = false;
  #abort = new AbortController();
  #isRunning = false;
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
    return this.#conversation.messages.some(isLive);
  }

  /** Whether the last question was not sent because it alone is over the limit. */
  get tooLong(): boolean {
    return this.#tooLong;
  }

  /** Begins to load what only an answer needs; called while the visitor types. */
  prepare(): void {
    this.lacksCode = false;
    loadAnswering().then(
      ({ prepareSession }) =>
        prepareSession({
          ...this.#settings(),
          conversation: this.#now,
          keep: (session, instead) => this.ask({ type: 'authorized', session, instead }),
        }),
      () => {
        this.lacksCode = true;
        this.#host.requestUpdate();
      },
    );
  }

  /** While an answer is in the making it waits for that. False, and nothing has changed, for a blank or too long text. */
  send(text: string): boolean {
    const content = text.trim();
    if (content === '') return false;
    this.#tooLong = this.#isTooLong(content);
    this.#host.requestUpdate();
    if (!this.#tooLong) this.ask(ask(content));
    return !this.#tooLong;
  }

  /** Ends the answer in the making. What has arrived of it is kept. */
  stop(): void {
    this.ask({ type: 'stop' });
  }

  /** Asks again for what is lacking: the last answer, if it did not end well, and the code for it. */
  retry(): void {
    this.prepare();
    const answer = this.#settledAnswer();
    // What was lost on the way is asked for under its own name: the server may have it.
    const isLost = answer?.failure?.code === 'disconnected' || answer?.failure?.code === 'offline';
    if (answer && answer.status !== 'complete')
      this.ask({
        type: 'asked_again',
        answerId: answer.id,
        key: (isLost && answer.key) || newId(),
      });
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
      case 'asked_again':
      case 'continued':
      case 'authorized':
        this.apply(command);
        break;
      default:
        // Whoever asks for it has this code; a tab that cannot get it leaves all as it is.
        void import('./rearranging.ts').then(
          ({ performRearrangement }) => performRearrangement(this, command),
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
    this.#host.requestUpdate();
  }

  /** Leaves the answer in the making to whoever goes on with it. */
  leave(): void {
    this.#abort.abort(LEFT);
  }

  /** Has it done, by whoever has the answers in hand. */
  ask(command: Command): void {
    if (this.companion) this.companion.ask(command);
    else this.perform(command);
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

  /** Goes on with an answer that is in the making and nobody has in hand; else with the first that waits. */
  readonly next = (): void => {
    const { messages } = this.#conversation;
    const isNext = (message: Message) =>
      isLive(message) || (message.role === 'assistant' && message.status === 'waiting');
    const index = messages.findIndex(isNext);
    const isTheirs = this.companion?.leads === false;
    if (index < 0 || this.#isRunning || isTheirs || lostConnection() === 'offline') return;
    this.apply({ type: 'sent', answerId: messages[index]!.id });
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
    await this.#settings().known?.();
    if (signal.aborted) return;
    const run = { messages, answer, signal, conversation: this.#now, ...this.#settings() };
    if (answering) await answering.runAnswer(run, tell);
    else tell({ type: 'failed', answerId: answer.id, failure: { code: lostConnection() } });
    if (signal.aborted) return;
    done();
    this.next();
  }
}
