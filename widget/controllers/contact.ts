/** What becomes of a form for a person: the page takes it, or the proxy does. */

import type { ContactField, ContactRequest, usualContactFields } from '../../server/protocol.ts';
import { readContactFields } from '../client/contact-fields.ts';
import type { RivuletChat } from '../rivulet-chat.ts';
import type { ChatParts } from '../sheets/sheet.ts';
import { post } from './post.ts';

export type ContactOutcome =
  | { type: 'sent' }
  /** The server does not take what this field has. */
  | { type: 'refused'; field: string }
  | { type: 'failed' };

/** A copy that the type holds to its original: the words of the wire come with an answer, and weigh something here. */
const usual: typeof usualContactFields = [
  { name: 'name', kind: 'text', required: false },
  { name: 'email', kind: 'email', required: true },
  { name: 'message', kind: 'textarea', required: true },
];

/** Undefined where nobody takes a form. */
export function contactFields({ host, owner }: ChatParts): readonly ContactField[] | undefined {
  const { onContact, contactFields } = host as RivuletChat;
  const told = readContactFields(owner.settings.all?.contact);
  if (!onContact && !told) return undefined;
  return contactFields ?? told ?? usual;
}

/** @param key the same for what is sent again. Never rejects. */
export async function sendContact(
  chat: ChatParts,
  form: ContactRequest,
  key: string,
): Promise<ContactOutcome> {
  const { onContact } = chat.host as RivuletChat;
  try {
    if (onContact) {
      await onContact(form);
      return { type: 'sent' };
    }
    return await outcomeOf(await post(chat, '/v1/contact', form, { 'idempotency-key': key }));
  } catch (error) {
    // The page's own developers hear why.
    if (onContact) console.error(error);
    return { type: 'failed' };
  }
}

async function outcomeOf(response: Response): Promise<ContactOutcome> {
  if (response.ok) return { type: 'sent' };
  const body: unknown = await response.json().catch(() => undefined);
  const field = /"param":"fields\.(\w+)"/.exec(JSON.stringify(body) ?? '')?.[1];
  return field && response.status === 400 ? { type: 'refused', field } : { type: 'failed' };
}
