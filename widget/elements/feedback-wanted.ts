/** Whether visitors are asked what they think of answers: by the page or by the proxy. What asks them is loaded then. */

import type { ReactiveController } from 'lit';
import type { RivuletChat } from '../rivulet-chat.ts';
import type { ChatParts } from '../sheets/sheet.ts';
import { chatOf } from './chat-of.ts';

export function wantsFeedback({ host, owner }: ChatParts): boolean {
  return (host as RivuletChat).feedback || owner.settings.all?.feedback === true;
}

const followed = new WeakSet<object>();

/** Once is enough for a chat. */
export function loadWhenWanted(element: Node): void {
  const parts = chatOf(element);
  if (!parts || followed.has(parts)) return;
  followed.add(parts);
  parts.host.addController(new FeedbackLoader(parts));
}

/** It stays as long as the chat, and so has hold of nothing else: a closure could keep the element that asked first. */
class FeedbackLoader implements ReactiveController {
  readonly #parts: ChatParts;

  constructor(parts: ChatParts) {
    this.#parts = parts;
    this.hostUpdated();
  }

  hostUpdated(): void {
    if (!wantsFeedback(this.#parts) || customElements.get('rivulet-feedback')) return;
    // Without a network now, it is asked for again with the next change.
    import('./feedback.ts').catch(() => {});
  }
}
