/** Keeps the nodes of an answer in step with its text: only what is new is fed. */

import type { AnswerRenderer } from '../markdown/renderer.ts';

export class AnswerText {
  readonly #container: HTMLElement;
  readonly #createRenderer: (container: HTMLElement) => AnswerRenderer;
  #renderer: AnswerRenderer | undefined;
  #id = '';
  #words: unknown;
  #fed = '';
  #ended = false;

  constructor(container: HTMLElement, createRenderer: (container: HTMLElement) => AnswerRenderer) {
    this.#container = container;
    this.#createRenderer = createRenderer;
  }

  /** @param words what the renderer says besides: with others it begins anew */
  show(id: string, text: string, isComplete: boolean, words?: unknown): void {
    // A retry begins anew. So does an answer that goes on after its end: it is shown again whole, at once.
    const goesOn = text.startsWith(this.#fed) && !(this.#ended && text !== this.#fed);
    if (id !== this.#id || words !== this.#words || !goesOn) this.#clear();
    this.#id = id;
    this.#words = words;
    if (text !== this.#fed) {
      this.#renderer ??= this.#createRenderer(this.#container);
      // A slice would keep the whole text that it is of, and so would all that is made of it.
      this.#renderer.feed(structuredClone(text.slice(this.#fed.length)));
      this.#fed = text;
    }
    if (isComplete && !this.#ended) {
      this.#renderer?.end();
      this.#ended = true;
    }
  }

  #clear(): void {
    this.#container.replaceChildren();
    this.#renderer = undefined;
    this.#fed = '';
    this.#ended = false;
  }
}
