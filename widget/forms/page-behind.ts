/** Holds the page still behind a chat that is the screen: it neither scrolls nor can be pulled down. */

import { css } from '../styles/css.ts';
import { adopt } from './adopted.ts';

const held = () => css`
  :root:root {
    overflow: hidden !important;
    overscroll-behavior: none !important;
  }
`;

export class PageBehind {
  /** One for each chat: another one may hold the page too. */
  readonly #sheet = held();
  /** Where the page was. Browsers scroll to what is written in, also where nothing scrolls. */
  #place: { left: number; top: number } | undefined;

  hold(isHeld: boolean): void {
    if (isHeld === (this.#place !== undefined)) return;
    adopt(document, this.#sheet, isHeld);
    if (isHeld) this.#place = { left: scrollX, top: scrollY };
    else {
      scrollTo({ ...this.#place, behavior: 'instant' });
      this.#place = undefined;
    }
  }
}
