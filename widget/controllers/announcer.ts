/** Puts into words, for screen readers, what becomes of the last answer: each thing once, as an `announce` event. */

import type { LitElement, ReactiveController } from 'lit';
import { isLive } from '../conversation/conversation.ts';
import type { AssistantMessage, Message } from '../conversation/message.ts';
import type { AnswerWords } from '../locales/en-answer.ts';

export class Announcer implements ReactiveController {
  readonly #host: LitElement;
  readonly #messages: () => readonly Message[];
  readonly #words: () => AnswerWords;
  #last = '';

  constructor(host: LitElement, messages: () => readonly Message[], words: () => AnswerWords) {
    this.#host = host;
    this.#messages = messages;
    this.#words = words;
    host.addController(this);
  }

  hostUpdated(): void {
    const answer = this.#messages().at(-1);
    if (answer?.role !== 'assistant') return;
    const stage = isLive(answer) ? 'live' : answer.status;
    const now = `${answer.id} ${stage}`;
    if (now === this.#last) return;
    this.#last = now;
    void this.#say(answer);
  }

  async #say(answer: AssistantMessage): Promise<void> {
    const detail = await spoken(answer, this.#words());
    this.#host.dispatchEvent(new CustomEvent('announce', { detail }));
  }
}

function spoken(answer: AssistantMessage, words: AnswerWords): string | Promise<string> {
  switch (answer.status) {
    case 'waiting':
      return words.waiting;
    case 'pending':
    case 'streaming':
      return words.spoken.answering;
    case 'complete':
      return words.spoken.complete;
    case 'stopped':
      return words.spoken.stopped;
    case 'failed':
      return import('../locales/en-note.ts').then(({ failureText }) => failureText(answer));
    default:
      return answer.status satisfies never;
  }
}
