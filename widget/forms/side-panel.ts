/** A popup that stands at a side of the window, over its whole height, and has the page make room for it. */

import type { ReactiveController } from 'lit';
import type { RivuletChat } from '../rivulet-chat.ts';
import { css } from '../styles/css.ts';
import { adopt } from './adopted.ts';
import { Room } from './room.ts';

const chatStyles = css`
  /* It would stand before the composer, and the panel has its own way out. */
  :host([open]) rivulet-launcher,
  :host([open]) ::slotted(rivulet-launcher) {
    display: none;
  }
`;
const panelStyles = css`
  @media (width > 480px) and (height > 480px) {
    :host([mode][position]) {
      --_away: 100%;
      inset-block: 0;
      inset-inline: auto 0;
      /* As in room.ts. */
      inline-size: var(--rivulet-panel-width, clamp(360px, 32vw, 480px));
      block-size: auto;
      border-radius: 0;
      padding: env(safe-area-inset-top) 0 env(safe-area-inset-bottom);
      padding-inline-end: env(safe-area-inset-right);
      box-shadow: 0 0 0 1px var(--_line);
    }
    :host([mode][position='start']) {
      inset-inline: 0 auto;
      padding-inline: env(safe-area-inset-left) 0;
    }
    :host([position='start']:dir(ltr)),
    :host([position='end']:dir(rtl)) {
      --_away: -100%;
    }
    :host([mode][position]:not([open])) {
      opacity: 1;
      transform: translateX(var(--_away));
    }
    @starting-style {
      :host([mode][position][open]) {
        opacity: 1;
        transform: translateX(var(--_away));
      }
    }
  }
`;

export class SidePanel implements ReactiveController {
  readonly #host: RivuletChat;
  readonly #room: Room;

  constructor(host: RivuletChat) {
    this.#host = host;
    this.#room = new Room(host);
  }

  hostConnected(): void {
    if (this.#host.hasUpdated) this.hostUpdated();
  }

  hostUpdated(): void {
    const { mode, isOpen, isConnected, shadowRoot } = this.#host;
    const panel = shadowRoot?.querySelector('rivulet-panel');
    const isPanel = mode === 'panel';
    adopt(shadowRoot, chatStyles, isPanel);
    adopt(panel?.shadowRoot, panelStyles, isPanel);
    this.#room.take(isPanel && isOpen && isConnected && panel ? sideOf(panel) : null);
  }

  hostDisconnected(): void {
    this.#room.take(null);
  }
}

function sideOf(panel: Element): 'left' | 'right' {
  return (panel.getAttribute('position') === 'end') === panel.matches(':dir(ltr)') ? 'right' : 'left';
}
