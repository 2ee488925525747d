/** Headings that may end with hashes, which are not shown. */

import { HashHeading } from '../blocks/heading.ts';
import { isSpace } from '../characters.ts';

export class ClosedHeading extends HashHeading {
  #hasText = false;
  /** Spaces and hashes that may turn out to be the closing ones. */
  #held = '';

  override write(text: string): void {
    let end = text.length;
    while (end > 0 && (text[end - 1] === '#' || isSpace(text[end - 1]))) end -= 1;
    if (end > 0) {
      this.#show(this.#held + text.slice(0, end));
      this.#held = '';
    }
    this.#held += text.slice(end);
  }

  override endLine(): void {
    const closing = this.#hasText ? /[ \t]#+[ \t]*$/ : /(^|[ \t])#+[ \t]*$/;
    this.#show(this.#held.replace(closing, ''));
    super.endLine();
  }

  #show(text: string): void {
    const shown = this.#hasText ? text : text.replace(/^[ \t]+/, '');
    this.#hasText ||= shown !== '';
    super.write(shown);
  }
}
