/** What there is to hear of an answer that grows: its sentences, each once, however it is laid out. */

import { isLive } from '../conversation/conversation.ts';
import type { AssistantMessage } from '../conversation/message.ts';
import { blocksIn } from '../elements/copy-selection.ts';
import { readBlock } from '../markdown/copy/read-shown.ts';
import { sentencesFrom } from '../speech/sentences.ts';
import { type SpokenWords, toSpoken } from '../speech/spoken.ts';

export class AnswerSentences {
  readonly id: string;
  /** So many blocks need not be read again: all that they say was heard, and there are others after them. */
  #blocks = 0;
  /** How much was heard of those that come then, as they are spoken. */
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

  /**
   * Those that have ended since the last call; when the answer has, also the last one.
   * @param element the answer, as it is shown
   */
  next(element: Element, answer: AssistantMessage, words: SpokenWords, language: string): string {
    const isWhole = !isLive(answer);
    const shown = blocksIn(element);
    // It is asked for again from its beginning.
    if (shown.length < this.#blocks) this.#blocks = this.#from = 0;
    const texts = shown.slice(this.#blocks).map(block => toSpoken({ children: readBlock(block) }, words));
    const text = texts.join('');
    if (text.length < this.#from) this.#from = 0;
    // A block has a line's end also while it grows.
    const sentences = sentencesFrom(isWhole ? text : text.trimEnd(), this.#from, isWhole, language);
    this.#from = sentences.at(-1)?.end ?? this.#from;
    for (const { length } of texts.slice(0, -1)) {
      if (this.#from < length) break;
      this.#from -= length;
      this.#blocks += 1;
    }
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
