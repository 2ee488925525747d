/** When a conversation that changes is kept: at once, and while an answer streams now and then. */

import type { ConversationEvent } from '../conversation/conversation.ts';

/** While an answer streams, as much of it may be lost with its page as comes in this time. The server has it too. */
const SAVE_MS = 500;

export class Saving {
  readonly #save: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(save: () => void) {
    this.#save = save;
  }

  changed({ type }: Pick<ConversationEvent, 'type'>): void {
    if (type === 'delta' || type === 'annotated') this.#timer ??= setTimeout(() => this.now(), SAVE_MS);
    else this.now();
  }

  now(): void {
    this.cancel();
    this.#save();
  }

  /** What was to be kept soon is kept now. */
  flush(): void {
    if (this.#timer !== undefined) this.now();
  }

  cancel(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
