/** The way from the chat to a person: the page's own, as a help desk's widget, or what the chat has for that. */

import type { Transcript } from '../../server/protocol.ts';
import { asMarkdown } from '../conversation/export.ts';
import { transcriptOf } from '../conversation/transcript.ts';
import { enHistory } from '../locales/en-history.ts';
import { wordsOf } from '../locales/words-of.ts';
import { fire } from '../page-events.ts';
import type { RivuletChat } from '../rivulet-chat.ts';
import type { ChatParts, SheetChat } from '../sheets/sheet.ts';
import { contactFields } from './contact.ts';

/** What a page is told that may take over. */
export interface HandoverDetail {
  conversation: Transcript;
  /** The same as Markdown, with a title. */
  markdown: string;
}

export function canHandOver(chat: ChatParts): boolean {
  const { handover } = chat.host as RivuletChat;
  return handover || hasPerson(chat) || contactFields(chat) !== undefined;
}

/** Whether the page has put something into the slot. */
export function hasPerson({ host }: ChatParts): boolean {
  return host.querySelector(':scope > [slot=person]') !== null;
}

export function handOver({ host, turn, close, act }: SheetChat): void {
  const { conversation } = turn;
  const detail: HandoverDetail = {
    conversation: transcriptOf(conversation),
    markdown: asMarkdown({ conversation }, wordsOf(host, 'history', enHistory)).text,
  };
  if (fire(host, 'rivulet-handover', detail, true)) act({ type: 'show', sheet: 'person' });
  else close();
}
