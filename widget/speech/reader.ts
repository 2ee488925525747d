/** Reads a text aloud while it comes, one sentence after the other. One text is read in a page at a time. */

import { languageOf } from './language.ts';
import { sentencesFrom } from './sentences.ts';

export interface Reading {
  /** All that there is of the text. */
  text: string;
  /** Nothing more comes. */
  isWhole: boolean;
}

let current: Reader | undefined;

/**
 * Has a text read, in place of whatever is read in this page, as soon as it is told that there is some.
 * @param source asked when a sentence ends, and when more has come
 * @param language the page's
 */
export function readAloud(source: () => Reading, language: string, onEnd: (failed: boolean) => void): Reader {
  current?.end();
  // What a page before has left there would be read first.
  speechSynthesis.cancel();
  current = new Reader(source, language, onEnd);
  return current;
}

export class Reader {
  readonly #source: () => Reading;
  readonly #language: string;
  readonly #onEnd: (failed: boolean) => void;
  /** Held here: Chromium forgets one that nobody holds, and its end is never told. */
  #utterance: SpeechSynthesisUtterance | undefined;
  #from = 0;

  constructor(source: () => Reading, language: string, onEnd: (failed: boolean) => void) {
    this.#source = source;
    this.#language = language;
    this.#onEnd = onEnd;
  }

  /** More has come of the text. */
  more(): void {
    if (current !== this || this.#utterance) return;
    const { text, isWhole } = this.#source();
    for (const { text: sentence, end } of sentencesFrom(text, this.#from, isWhole, this.#language)) {
      this.#from = end;
      if (/[\p{L}\p{N}]/u.test(sentence)) return this.#speak(sentence.trim());
    }
    if (isWhole) this.end();
  }

  end(failed = false): void {
    if (current !== this) return;
    current = undefined;
    this.#utterance = undefined;
    speechSynthesis.cancel();
    this.#onEnd(failed);
  }

  #speak(sentence: string): void {
    const utterance = new SpeechSynthesisUtterance(sentence);
    utterance.lang = languageOf(sentence, this.#language);
    const onEnd = (failed: boolean) => {
      if (this.#utterance !== utterance) return;
      this.#utterance = undefined;
      if (failed) this.end(true);
      else this.more();
    };
    utterance.addEventListener('end', () => onEnd(false));
    utterance.addEventListener('error', () => onEnd(true));
    this.#utterance = utterance;
    speechSynthesis.speak(utterance);
  }
}
