/**
 * Shows an answer as text: a blank line begins a paragraph, any other line break is one. However the text was
 * cut, the nodes come out the same, so that what cannot be judged yet is held back until more comes.
 */

import type { AnswerRenderer } from './renderer.ts';

export class PlainText implements AnswerRenderer {
  readonly #container: HTMLElement;
  #paragraph: HTMLParagraphElement | undefined;
  #text: Text | undefined;
  /** The end of the last piece: a CR that an LF may follow, or the first half of a surrogate pair. */
  #cut = '';
  /** White space at the start of a line, which may turn out to be a blank one. */
  #indent = '';
  /** Line breaks since the last text. */
  #breaks = 0;

  constructor(container: HTMLElement) {
    this.#container = container;
  }

  feed(delta: string): void {
    const text = this.#cut + delta;
    this.#cut = /[\r\ud800-\udbff]$/.exec(text)?.[0] ?? '';
    this.#lines(text.slice(0, text.length - this.#cut.length));
  }

  end(): void {
    this.#lines(this.#cut);
    this.#cut = '';
  }

  #lines(text: string): void {
    text.split(/\r\n|\r|\n/).forEach((line, index) => {
      if (index > 0) {
        this.#breaks += 1;
        this.#indent = '';
      }
      const atStart = this.#breaks > 0 || !this.#text;
      const written = atStart ? this.#indent + line : line;
      if (atStart && written.trim() === '') this.#indent = written;
      else this.#write(written);
    });
  }

  #write(text: string): void {
    if (text === '') return;
    if (!this.#paragraph || this.#breaks > 1) this.#startParagraph();
    else if (this.#breaks === 1) this.#startLine(this.#paragraph);
    this.#breaks = 0;
    this.#indent = '';
    if (this.#text) this.#text.appendData(text);
    else this.#paragraph?.append((this.#text = document.createTextNode(text)));
  }

  #startParagraph(): void {
    this.#paragraph = document.createElement('p');
    // Each paragraph runs in the direction of its own language.
    this.#paragraph.dir = 'auto';
    this.#container.append(this.#paragraph);
    this.#text = undefined;
  }

  #startLine(paragraph: HTMLParagraphElement): void {
    paragraph.append(document.createElement('br'));
    this.#text = undefined;
  }
}
