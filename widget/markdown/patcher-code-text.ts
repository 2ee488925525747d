/** Text of code. Characters that would make it look like other code are shown by their numbers. */

import { element } from './patcher.ts';
import type { CodeSpan } from './tree.ts';

// Directions, invisible characters, and tags.
const deceptive = /[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/gu;

/** Appends text to an element, to its last text if it ends with one. */
export function appendCode(parent: Element, text: string): void {
  let from = 0;
  for (const { 0: char, index } of text.matchAll(deceptive)) {
    appendText(parent, text.slice(from, index));
    const mark = element('span', 'deceptive');
    mark.textContent = `U+${char.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
    parent.append(mark);
    from = index + char.length;
  }
  appendText(parent, text.slice(from));
}

function appendText(parent: Element, text: string): void {
  if (text === '') return;
  if (parent.lastChild instanceof Text) parent.lastChild.appendData(text);
  else parent.append(text);
}

/** Code within a line. */
export class CodeSpanView {
  readonly dom = element('code');
  #shown = '';

  update({ text }: CodeSpan): void {
    if (!text.startsWith(this.#shown)) {
      this.dom.replaceChildren();
      this.#shown = '';
    }
    appendCode(this.dom, text.slice(this.#shown.length));
    this.#shown = text;
  }
}
