/** Shows math as its source, until it is complete and what can show it is loaded. */

import { showMath } from '../math/index.ts';
import { patchText } from '../patcher.ts';

export class MathView {
  readonly dom: HTMLElement;
  readonly #source = document.createTextNode('');
  #complete = '';

  constructor(dom: HTMLElement) {
    this.dom = dom;
    this.dom.append(this.#source);
  }

  update({ text, closed }: { text: string; closed: boolean }): void {
    if (closed && text === this.#complete) return;
    if (!this.#source.parentNode) this.dom.replaceChildren(this.#source);
    patchText(this.#source, text);
    if (!closed) return;
    this.#complete = text;
    void showMath(this.dom, text, this.dom.classList.contains('display'));
  }
}
