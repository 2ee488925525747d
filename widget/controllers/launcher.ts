/** Tells the launcher how things stand. It may be the page's own or older than the chat: it is told by attributes. */

import type { ReactiveController } from 'lit';
import type { RivuletChat } from '../rivulet-chat.ts';

export interface LauncherState {
  theme: 'light' | 'dark' | 'auto';
  position: 'end' | 'start';
  /** There is nothing to read. */
  isBlank: boolean;
  /** What stands beside it after a moment. */
  teaser: string;
}

export class LauncherController implements ReactiveController {
  readonly #host: RivuletChat;
  readonly #state: () => LauncherState;
  /** Before the chat is rendered, which may wait for its language: what has no slot is not shown, and loses the focus. */
  readonly #early = document.createElement('slot');
  #isUnread = false;
  #wasBusy = false;

  constructor(host: RivuletChat, state: () => LauncherState) {
    this.#host = host;
    this.#state = state;
    host.addController(this);
    this.#early.name = 'launcher';
    this.#early.onclick = () => host.updateComplete.then(() => host.toggle());
  }

  hostConnected(): void {
    if (!this.#host.hasUpdated) this.#host.renderRoot.append(this.#early);
  }

  hostUpdate(): void {
    this.#early.remove();
  }

  hostUpdated(): void {
    this.tell();
  }

  /** Also when another launcher has come into the slot. */
  readonly tell = (): void => {
    const { isOpen, busy } = this.#host;
    const { theme, position, isBlank, teaser } = this.#state();
    // An answer has ended behind the visitor's back.
    this.#isUnread = !isOpen && !isBlank && (this.#isUnread || (this.#wasBusy && !busy));
    this.#wasBusy = busy;
    const launcher = this.#element;
    launcher?.toggleAttribute('open', isOpen);
    launcher?.toggleAttribute('unread', this.#isUnread);
    launcher?.setAttribute('theme', theme);
    launcher?.setAttribute('position', position);
    launcher?.setAttribute('teaser', teaser);
    // It is not needed for anything.
    if (teaser && launcher)
      import('../forms/teaser.ts').then(
        ({ tease }) => tease(launcher),
        () => {},
      );
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
