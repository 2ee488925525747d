/** All of the chat by keyboard alone: one chunk, loaded when the focus first comes into it. */

import type { ReactiveController } from 'lit';
import type { RivuletPanel } from './elements/panel.ts';
import { isComposing } from './elements/enter-key.ts';
import { walkMessages } from './keys/messages.ts';
import { goByPart } from './keys/parts.ts';
import { bringBack, goRound, isScreen } from './keys/screen.ts';
import { scrollByPage } from './keys/scroll.ts';
import { goAlongToolbar, stopAlone } from './keys/toolbar.ts';

export function followKeys(panel: RivuletPanel): void {
  panel.addController(new Keyboard(panel));
}

class Keyboard implements ReactiveController {
  readonly #panel: RivuletPanel;
  readonly #sizes: ResizeObserver;

  constructor(panel: RivuletPanel) {
    this.#panel = panel;
    this.#sizes = new ResizeObserver(() => this.hostUpdated());
    // Before the panel hears it: Escape would close it.
    panel.renderRoot.addEventListener('keydown', this.#onKeydown);
    panel.renderRoot.addEventListener('focusin', stopAlone);
  }

  hostConnected(): void {
    this.#sizes.observe(this.#panel);
    document.addEventListener('focusin', this.#onFocus);
  }

  hostUpdated(): void {
    this.#panel.ariaModal = isScreen(this.#panel) ? 'true' : null;
  }

  hostDisconnected(): void {
    this.#sizes.disconnect();
    document.removeEventListener('focusin', this.#onFocus);
  }

  readonly #onFocus = (event: Event): void => bringBack(this.#panel, event);

  readonly #onKeydown = (event: Event): void => {
    if (!(event instanceof KeyboardEvent) || event.defaultPrevented || isComposing(event)) return;
    const panel = this.#panel;
    const transcript = panel.querySelector('rivulet-transcript');
    const isInTranscript = transcript && event.composedPath().includes(transcript);
    const isDone =
      goByPart(panel, event) ||
      goRound(panel, event) ||
      goAlongToolbar(event) ||
      (isInTranscript && walkMessages(transcript, event)) ||
      scrollByPage(panel, event);
    if (isDone) event.preventDefault();
  };
}
