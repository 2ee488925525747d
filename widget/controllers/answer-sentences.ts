/** What there is to hear of an answer that grows: its sentences, each once, however it is laid out. */

import { isLive } from '../conversation/conversation.ts';
import type { AssistantMessage } from '../conversation/message.ts';
import { shownIn } from '../elements/copy-selection.ts';
import type { RivuletAnswer } from '../elements/answer.ts';
import { sentencesFrom } from '../speech/sentences.ts';
import { type SpokenWords, toSpoken } from '../speech/spoken.ts';

export class AnswerSentences {
  readonly id: string;
  /** Of the text as it is spoken. */
  #from = 0;
  /** What there is by now is passed over: it was there before, or nobody wanted to hear it. */
  #passesOver: boolean;

  constructor(id: string, passesOver: boolean) {
    this.id = id;
    this.#passesOver = passesOver;
  }

  /** What comes until the next call is not to be heard. */
  passOver(): void {
    this.#passesOver = true;
  }

  /** Those that have ended since the last call; when the answer has, also the last one. */
  next(element: RivuletAnswer, answer: AssistantMessage, words: SpokenWords, language: string): string {
    const isWhole = !isLive(answer);
    const text = toSpoken(shownIn(element), words);
    // It is asked for again from its beginning.
    if (text.length < this.#from) this.#from = 0;
    // A block has a line's end also while it grows.
    const sentences = sentencesFrom(isWhole ? text : text.trimEnd(), this.#from, isWhole, language);
    this.#from = sentences.at(-1)?.end ?? this.#from;
    const isHeard = !this.#passesOver;
    this.#passesOver = false;
    return isHeard
      ? sentences
          .map(({ text }) => text.trim())
          .filter(text => /[\p{L}\p{N}]/u.test(text))
          .join(' ')
      : '';
  }
}
