/** How much screen readers are told of answers, as an entry of the menu. */

import { html } from 'lit';
import { type Announcing, announcingOf, announcings, chooseAnnouncing } from '../controllers/announcing.ts';
import { enMenu } from '../locales/en-menu.ts';
import { wordsOf } from '../locales/words-of.ts';
import type { ChatParts } from './sheet.ts';

export function announcing(chat: ChatParts) {
  const words = wordsOf(chat.host, 'menu', enMenu);
  const chosen = announcingOf(chat);
  const choose = ({ target }: Event) =>
    chooseAnnouncing(chat, (target as HTMLSelectElement).value as Announcing);
  return html`<label class="announcing"
    ><bdi>${words.announce}</bdi>
    <select class="chip" part="input" @change=${choose}>
      ${announcings.map(name => html`<option value=${name} .selected=${name === chosen}>${words.announcing[name]}</option>`)}
    </select></label
  >`;
}
