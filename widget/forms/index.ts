/** The forms that a chat can have besides a popup and a part of the page: one chunk, loaded for a chat that has one. */

import type { RivuletChat } from '../rivulet-chat.ts';
import { FullPage } from './full-page.ts';
import { SidePanel } from './side-panel.ts';
import { WholeScreen } from './whole-screen.ts';

const taken = new WeakSet<RivuletChat>();

/** Once for each chat. A form does nothing as long as the chat is not that. */
export function takeForm(chat: RivuletChat): void {
  if (taken.has(chat)) return;
  taken.add(chat);
  for (const Form of [SidePanel, FullPage, WholeScreen]) chat.addController(new Form(chat));
  chat.requestUpdate();
}
