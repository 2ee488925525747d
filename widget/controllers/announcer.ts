/** Puts into words, for screen readers, what becomes of the last answer: each thing once, as an `announce` event. */

import type { LitElement, ReactiveController } from 'lit';
import { isLive } from '../conversation/conversation.ts';
import type { AssistantMessage, Message } from '../conversation/message.ts';
import type { AnswerWords } from '../locales/en-answer.ts';

interface Transcript extends LitElement {
  readonly messages: readonly Message[];
  readonly words: AnswerWords;
}

/** Begins at once with what the transcript shows. */
export function announce(transcript: Transcript): void {
  transcript.addController(new Announcer(transcript));
  transcript.requestUpdate();
}

class Announcer implements ReactiveController {
  readonly #host: Transcript;
  #last = '';

  constructor(host: Transcript) {
    this.#host = host;
  }

  hostUpdated(): void {
    const answer = this.#host.messages.at(-1);
    if (answer?.role !== 'assistant') return;
    const stage = isLive(answer) ? 'live' : answer.status;
    const now = `${answer.id} ${stage}`;
    if (now === this.#last) return;
    this.#last = now;
    void this.#say(answer);
  }

  async #say(answer: AssistantMessage): Promise<void> {
    const detail = await spoken(answer, this.#host.words);
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
