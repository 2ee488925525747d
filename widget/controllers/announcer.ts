/** Puts into words, for screen readers, what becomes of the last answer: each thing once. */

import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { isLive } from '../conversation/conversation.ts';
import type { AssistantMessage, Message } from '../conversation/message.ts';
import type { Words } from '../locales/en.ts';
import { failureText } from '../locales/failure-text.ts';

export class Announcer implements ReactiveController {
  /** What the live region says. */
  text = '';
  readonly #messages: () => readonly Message[];
  readonly #words: () => Words;
  #last = '';

  constructor(host: ReactiveControllerHost, messages: () => readonly Message[], words: () => Words) {
    this.#messages = messages;
    this.#words = words;
    host.addController(this);
  }

  hostUpdate(): void {
    const answer = this.#messages().at(-1);
    if (answer?.role !== 'assistant') {
      this.text = this.#last = '';
      return;
    }
    const stage = isLive(answer) ? 'live' : answer.status;
    const now = `${answer.id} ${stage}`;
    if (now === this.#last) return;
    this.#last = now;
    this.text = spoken(answer, this.#words());
  }
}

function spoken(answer: AssistantMessage, words: Words): string {
  switch (answer.status) {
    case 'pending':
    case 'streaming':
      return words.spoken.answering;
    case 'complete':
      return words.spoken.complete;
    case 'stopped':
      return words.spoken.stopped;
    case 'failed':
      return failureText(answer, words);
    default:
      return answer.status satisfies never;
  }
}
