/** The chat's menu: the conversations that are kept, and what one can do with the one that is shown. */

import { html, nothing } from 'lit';
import { canHandOver, handOver } from '../controllers/handover.ts';
import type { SheetName } from '../conversation/command.ts';
import { asJson, asMarkdown } from '../conversation/export.ts';
import { download } from '../elements/download.ts';
import '../elements/history.ts';
import { enHistory } from '../locales/en-history.ts';
import { enMenu } from '../locales/en-menu.ts';
import { wordsOf } from '../locales/words-of.ts';
import { hasChoice } from './has-choice.ts';
import { announcing } from './announcing.ts';
import type { Sheet, SheetChat } from './sheet.ts';
import { spent } from './spent.ts';

export const menu: Sheet = {
  title: ({ host }) => wordsOf(host, 'menu', enMenu).title,
  render(chat) {
    const { act, close, keep, turn } = chat;
    const words = wordsOf(chat.host, 'menu', enMenu);
    const begin = () => {
      close();
      act({ type: 'new_chat' });
    };
    const entry = (name: string, sheet: SheetName) =>
      html`<button type="button" class="chip" part="button" @click=${() => act({ type: 'show', sheet })}>${name}</button>`;
    return html`<p class="entries">
        <button type="button" class="chip" part="button" @click=${begin}>${words.newChat}</button>
      </p>
      <rivulet-history
        .keep=${keep}
        .shown=${turn.conversation.id}
        @close=${close}
        @gone=${() => act({ type: 'show', sheet: 'menu' })}
      ></rivulet-history>
      ${turn.conversation.messages.length > 0 ? [exports(chat), spent(chat)] : nothing}
      <p class="entries">
        ${hasChoice(chat) ? entry(words.model, 'models') : nothing} ${entry(words.shortcuts, 'help')}
        ${canHandOver(chat) ? html`<button type="button" class="chip" part="button" @click=${() => handOver(chat)}>${words.person}</button>` : nothing}
      </p>
      ${announcing(chat)}`;
  },
};

function exports({ host, keep, turn }: SheetChat) {
  const words = wordsOf(host, 'history', enHistory);
  const save = async (as: typeof asMarkdown) => {
    const history = await (await keep.load()).history();
    const { conversation } = turn;
    const title = await history.titleOf(conversation.id);
    download(as({ conversation, ...(title && { title }) }, words));
  };
  return html`<p class="entries">
    <button type="button" class="chip" part="button" @click=${() => save(asMarkdown)}>${words.asMarkdown}</button>
    <button type="button" class="chip" part="button" @click=${() => save(asJson)}>${words.asJson}</button>
  </p>`;
}
