/** A chat before all of the page: within what a keyboard on the screen leaves, and with the page held still behind it. */

import type { ReactiveController } from 'lit';
import type { RivuletChat } from '../rivulet-chat.ts';
import { css } from '../styles/css.ts';
import { aboveKeyboard } from './above-keyboard.ts';
import { adopt } from './adopted.ts';
import { isScreen } from './is-screen.ts';
import { PageBehind } from './page-behind.ts';

/** Where the page has asked for a keyboard that makes no viewport smaller, CSS alone knows how high it is. */
const wholeStyles = css`
  :host {
    max-block-size: calc(100dvh - env(keyboard-inset-height, 0px));
  }
`;

export class WholeScreen implements ReactiveController {
  readonly #host: RivuletChat;
  readonly #page = new PageBehind();
  readonly #sheet = new CSSStyleSheet();

  constructor(host: RivuletChat) {
    this.#host = host;
  }

  hostConnected(): void {
    visualViewport?.addEventListener('resize', this.#look);
    visualViewport?.addEventListener('scroll', this.#look);
    if (this.#host.hasUpdated) this.#look();
  }

  hostUpdated(): void {
    this.#look();
  }

  hostDisconnected(): void {
    visualViewport?.removeEventListener('resize', this.#look);
    visualViewport?.removeEventListener('scroll', this.#look);
    this.#page.hold(false);
  }

  readonly #look = (): void => {
    const { mode, isOpen, isConnected, shadowRoot } = this.#host;
    const isPage = mode === 'page';
    const isOver = isOpen && (mode === 'popup' || mode === 'panel');
    const isWhole = isPage || (isOver && isScreen());
    this.#page.hold(isWhole && isConnected);
    const panel = shadowRoot?.querySelector('rivulet-panel')?.shadowRoot;
    adopt(panel, wholeStyles, isWhole);
    const rules = isPage || isOver ? aboveKeyboard(isWhole || mode === 'panel') : '';
    if (rules) this.#sheet.replaceSync(rules);
    adopt(panel, this.#sheet, rules !== '');
  };
}
