/** Tells the launcher how things stand. It may be the page's own or older than the chat: it is told by attributes. */

import type { LitElement, ReactiveController } from 'lit';

export interface LauncherState {
  isOpen: boolean;
  theme: 'light' | 'dark' | 'auto';
  position: 'end' | 'start';
  /** An answer has come that the visitor has not seen. */
  isUnread: boolean;
}

export class LauncherController implements ReactiveController {
  readonly #host: LitElement;
  readonly #state: () => LauncherState;

  constructor(host: LitElement, state: () => LauncherState) {
    this.#host = host;
    this.#state = state;
    host.addController(this);
  }

  hostUpdated(): void {
    this.tell();
  }

  /** Also when another launcher has come into the slot. */
  readonly tell = (): void => {
    const { isOpen, theme, position, isUnread } = this.#state();
    const launcher = this.#element;
    launcher?.toggleAttribute('open', isOpen);
    launcher?.toggleAttribute('unread', isUnread);
    launcher?.setAttribute('theme', theme);
    launcher?.setAttribute('position', position);
  };

  focus(): void {
    this.#element?.focus({ preventScroll: true });
  }

  get #element(): HTMLElement | undefined {
    const slot = this.#host.renderRoot.querySelector<HTMLSlotElement>('slot[name=launcher]');
    const [launcher] = slot?.assignedElements({ flatten: true }) ?? [];
    return launcher instanceof HTMLElement ? launcher : undefined;
  }
}
