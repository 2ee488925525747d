/**
 * Shows an answer with the core of the syntax, and loads the rest when the answer may need it: the text is then read
 * once more, and only what it says otherwise changes on screen.
 */

import type { Extras } from './extras/index.ts';
import { MarkdownAnswer } from './patcher-answer.ts';
import type { Setting } from './patcher.ts';
import type { AnswerRenderer } from './renderer.ts';

/** Each of these may begin what only the full syntax reads. */
const trigger = /[|$&@]|\\[([]|\[\^|www\.|:\/\//;

let loaded: Extras | undefined;
let loading: Promise<Extras> | undefined;

/** A load that fails is tried again when it is next asked for. */
export function loadExtras(): Promise<Extras> {
  loading ??= import('./extras/index.ts').then(
    module => (loaded = module.extras),
    error => {
      loading = undefined;
      throw error;
    },
  );
  return loading;
}

export class LazyAnswer implements AnswerRenderer {
  readonly #answer: MarkdownAnswer;
  #isFull = loaded !== undefined;
  #asked = false;
  #text = '';
  #isComplete = false;

  constructor(container: HTMLElement, setting: Setting) {
    this.#answer = new MarkdownAnswer(container, setting, loaded);
  }

  feed(delta: string): void {
    // What triggers may be cut in two.
    const since = this.#text.slice(-3) + delta;
    this.#text += delta;
    this.#answer.feed(delta);
    if (!this.#isFull && !this.#asked && trigger.test(since)) void this.#ask();
  }

  end(): void {
    this.#isComplete = true;
    this.#answer.end();
  }

  async #ask(): Promise<void> {
    this.#asked = true;
    const extras = await loadExtras().catch(() => undefined);
    this.#asked = false;
    if (!extras) return;
    this.#isFull = true;
    this.#answer.readAgain(this.#text, this.#isComplete, extras);
  }
}
