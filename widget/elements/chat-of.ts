/** The parts of the chat that an element is in, wherever in it. */

import type { ChatParts } from '../sheets/sheet.ts';

/** Undefined for an element that has left its tree. */
export function chatOf(element: Node): ChatParts | undefined {
  for (let root = element.getRootNode(); root instanceof ShadowRoot; root = root.host.getRootNode()) {
    // Whatever stands before the chat has them from the beginning.
    const sheet = root.querySelector('rivulet-sheet');
    if (sheet) return sheet.chat;
  }
  return undefined;
}
