/** Gives a chat its form. A popup and a part of the page are here; what others need is loaded for a chat that has them. */

import { textOf } from '../attributes.ts';
import { isScreen } from '../forms/is-screen.ts';
import type { RivuletChat } from '../rivulet-chat.ts';

/** Fulfilled when the chat has it. Until then, and where it cannot be loaded, a panel is a popup, and a page is a part of one. */
export function prepareForm(chat: RivuletChat): Promise<void> | undefined {
  const { mode, isOpen } = chat;
  // Before what is open on a phone there may be a keyboard, and behind it a page that is not seen.
  if (/^pa/.test(textOf(mode) ?? '') || (isOpen && (isScreen() || matchMedia('(pointer: coarse)').matches)))
    return import('../forms/index.ts').then(({ takeForm }) => takeForm(chat)).catch(() => {});
  return undefined;
}
