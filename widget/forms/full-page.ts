/** A chat that is the whole page. */

import type { ReactiveController } from 'lit';
import type { RivuletChat } from '../rivulet-chat.ts';
import { css } from '../styles/css.ts';
import { adopt } from './adopted.ts';

const chatStyles = css`
  :host {
    position: fixed;
    z-index: 2147483000;
    inset: 0;
    block-size: auto;
  }
`;
const panelStyles = css`
  :host([mode]) {
    --_text: 16px;
    border: 0;
    border-radius: 0;
    padding: env(safe-area-inset-top) env(safe-area-inset-right) env(safe-area-inset-bottom)
      env(safe-area-inset-left);
  }
`;

export class FullPage implements ReactiveController {
  readonly #host: RivuletChat;

  constructor(host: RivuletChat) {
    this.#host = host;
  }

  hostUpdate(): void {
    adopt(this.#host.shadowRoot, chatStyles, this.#host.mode === 'page');
  }

  hostUpdated(): void {
    const panel = this.#host.shadowRoot?.querySelector('rivulet-panel');
    adopt(panel?.shadowRoot, panelStyles, this.#host.mode === 'page');
  }
}
