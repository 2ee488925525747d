/** How an element has something done: it tells the chat, from wherever in it. */

import type { Wish } from '../conversation/command.ts';

export function act(from: EventTarget, wish: Wish): void {
  from.dispatchEvent(new CustomEvent('act', { detail: wish, bubbles: true, composed: true }));
}
