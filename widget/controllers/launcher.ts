/** Tells the launcher how things stand. It may be the page's own or older than the chat: it is told by attributes. */

import type { LitElement, ReactiveController } from 'lit';

export interface LauncherState {
  isOpen: boolean;
  theme: 'light' | 'dark' | 'auto';
  position: 'end' | 'start';
  /** An answer is in the making. */
  isBusy: boolean;
  /** There is nothing to read. */
  isBlank: boolean;
}

export class LauncherController implements ReactiveController {
  readonly #host: LitElement;
  readonly #state: () => LauncherState;
  #isUnread = false;
  #wasBusy = false;

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
    const { isOpen, theme, position, isBusy, isBlank } = this.#state();
    // An answer has ended behind the visitor's back.
    this.#isUnread = !isOpen && !isBlank && (this.#isUnread || (this.#wasBusy && !isBusy));
    this.#wasBusy = isBusy;
    const launcher = this.#element;
    launcher?.toggleAttribute('open', isOpen);
    launcher?.toggleAttribute('unread', this.#isUnread);
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
