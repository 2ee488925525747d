/** Where a visitor reaches a person: what the page says of that, and a form. */

import { html, nothing } from 'lit';
import { contactFields, sendContact } from '../controllers/contact.ts';
import { hasPerson } from '../controllers/handover.ts';
import type { ContactRequest } from '../../server/protocol.ts';
import { fitTranscript, transcriptOf } from '../conversation/transcript.ts';
import '../elements/contact-form.ts';
import { enPerson } from '../locales/en-person.ts';
import { wordsOf } from '../locales/words-of.ts';
import type { ChatParts, Sheet } from './sheet.ts';

/** What is left of a request beside the conversation: the fields are bounded. */
const FORM_BYTES = 100_000;

export const person: Sheet = {
  title: ({ host }) => wordsOf(host, 'person', enPerson).title,
  render(chat) {
    const fields = contactFields(chat);
    const isThere = hasPerson(chat);
    if (!fields && !isThere) return html`<p><bdi>${wordsOf(chat.host, 'person', enPerson).nobody}</bdi></p>`;
    if (isThere) forwardSlot(chat);
    return html`${isThere ? html`<slot name="person"></slot>` : nothing}
      ${
        fields
          ? html`<rivulet-contact-form
              .fields=${fields}
              .conversation=${conversationOf(chat)}
              .send=${(form: ContactRequest, key: string) => sendContact(chat, form, key)}
              @done=${chat.close}
            ></rivulet-contact-form>`
          : nothing
      }`;
  },
};

function conversationOf({ turn, owner }: ChatParts) {
  const { limits } = owner.settings;
  const transcript = transcriptOf(turn.conversation);
  return limits
    ? fitTranscript(transcript, { ...limits, bodyBytes: limits.bodyBytes - FORM_BYTES })
    : transcript;
}

/** What the page gives the chat is shown in a tree below the chat's. */
function forwardSlot({ host }: ChatParts): void {
  const sheet = host.renderRoot.querySelector('rivulet-sheet');
  if (!sheet || sheet.querySelector('slot')) return;
  const slot = document.createElement('slot');
  slot.name = slot.slot = 'person';
  sheet.append(slot);
}
