/**
 * Tells screen readers what becomes of the last answer, each thing once: that it is given, its sentences a few at a time, how
 * it ends.
 */

import type { LitElement, ReactiveController } from 'lit';
import { isLive } from '../conversation/conversation.ts';
import type { AssistantMessage, Message } from '../conversation/message.ts';
import { chatOf } from '../elements/chat-of.ts';
import { enSpoken } from '../locales/en-spoken.ts';
import { languages, wordsOf } from '../locales/words-of.ts';
import { languageOf } from '../speech/language.ts';
import { type Manner, speak } from '../speech/live-regions.ts';
import { pageLanguage } from '../speech/page-language.ts';
import { announcingOf } from './announcing.ts';
import { AnswerSentences } from './answer-sentences.ts';

/** Sentences are said together that end within so long: one by one they would interrupt each other in some readers. */
const TOGETHER_MS = 2500;

interface Transcript extends LitElement {
  readonly messages: readonly Message[];
}

/** What was said in each chat: of a conversation that is come back to, and of a version that is walked to, nothing is news. */
const saidIn = new WeakMap<object, Set<string>>();

/** An answer that was asked for so short a time ago is news, though it be over. */
const RECENT_MS = 2000;

/** What is over already is no news, unless it came while this was loaded. */
export function announce(transcript: Transcript): void {
  const chat = chatOf(transcript)?.host ?? transcript;
  const before = saidIn.get(chat);
  const said = before ?? new Set();
  saidIn.set(chat, said);
  const since = !before && transcript.hasUpdated ? performance.timeOrigin : Date.now() - RECENT_MS;
  transcript.addController(new Announcer(transcript, since, said));
  transcript.requestUpdate();
}

class Announcer implements ReactiveController {
  readonly #host: Transcript;
  /** Answers that were asked for before are no news; at second sight none is that was not awaited. */
  #since: number;
  /** Answers whose end is awaited. */
  readonly #begun = new Set<string>();
  readonly #said: Set<string>;
  #sentences: AnswerSentences | undefined;
  #reading: ReturnType<typeof setTimeout> | undefined;

  constructor(host: Transcript, since: number, said: Set<string>) {
    this.#host = host;
    this.#since = since;
    this.#said = said;
    // Others have something to say too.
    host.addEventListener('announce', event => this.#say((event as CustomEvent<string>).detail, 'assertive'));
  }

  hostDisconnected(): void {
    clearTimeout(this.#reading);
    this.#reading = undefined;
  }

  hostUpdated(): void {
    const answer = this.#last();
    if (answer) this.#look(answer);
    this.#since = Infinity;
  }

  #look(answer: AssistantMessage): void {
    if (isLive(answer)) this.#readLater(answer);
    const { id, status, sentAt = 0 } = answer;
    const now = `${id} ${sentAt} ${isLive(answer) ? 'live' : status}`;
    if (this.#said.has(now)) return;
    if (isLive(answer) || status === 'waiting') this.#begun.add(id);
    else if (!this.#begun.delete(id) && sentAt < this.#since) return;
    this.#said.add(now);
    this.#sentencesOf(answer);
    void this.#tell(answer);
  }

  #last(): AssistantMessage | undefined {
    const answer = this.#host.messages.at(-1);
    return answer?.role === 'assistant' ? answer : undefined;
  }

  async #tell(answer: AssistantMessage): Promise<void> {
    const text = await spoken(answer, this.#host);
    if (!isLive(answer)) await this.#read(answer);
    this.#say(text, answer.status === 'failed' ? 'assertive' : 'polite');
  }

  #readLater(answer: AssistantMessage): void {
    this.#sentencesOf(answer);
    if (answer.content === '') return;
    this.#reading ??= setTimeout(() => {
      const last = this.#last();
      if (last) void this.#read(last);
    }, TOGETHER_MS);
  }

  /** Says what has come of the last answer since the last time. */
  async #read(answer: AssistantMessage): Promise<void> {
    clearTimeout(this.#reading);
    this.#reading = undefined;
    const sentences = this.#sentencesOf(answer);
    const element = [...this.#host.renderRoot.querySelectorAll('rivulet-answer')].at(-1);
    const chat = chatOf(this.#host);
    if (!element || !chat) return;
    const { host } = chat;
    // Nobody hears what stands in a chat that is closed: its launcher tells of it.
    const isClosed = host.mode === 'popup' && !host.isOpen;
    if (isClosed || announcingOf(chat) !== 'all') return sentences.passOver();
    await element.updateComplete;
    const language = pageLanguage(host);
    const words = wordsOf(this.#host, 'spoken', enSpoken);
    const text = sentences.next(element, answer, words, languageOf(answer.content, language));
    if (text) this.#say(text, 'polite', languageOf(text, language));
  }

  /** What was there before is passed over. */
  #sentencesOf({ id, content, sentAt = 0 }: AssistantMessage): AnswerSentences {
    if (this.#sentences?.id !== id)
      this.#sentences = new AnswerSentences(id, content !== '' && sentAt < this.#since);
    return this.#sentences;
  }

  #say(text: string, manner: Manner, lang?: string): void {
    const chat = chatOf(this.#host);
    if (!chat || (manner === 'polite' && announcingOf(chat) === 'none')) return;
    speak(
      chat.host.renderRoot as ShadowRoot,
      { text, lang: lang ?? languages.get(chat.host)?.tag ?? 'en' },
      manner,
    );
  }
}

function spoken(answer: AssistantMessage, host: Transcript): string | Promise<string> {
  const words = wordsOf(host, 'spoken', enSpoken);
  switch (answer.status) {
    case 'waiting':
      return words.waiting;
    case 'pending':
    case 'streaming':
      return words.answering;
    case 'complete':
      return words.complete;
    case 'stopped':
      return words.stopped;
    case 'failed':
      return import('../locales/en-note.ts').then(({ enNote, failureText }) =>
        failureText(answer, wordsOf(host, 'note', enNote)),
      );
    default:
      return answer.status satisfies never;
  }
}
