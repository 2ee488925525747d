/** How much of answers screen readers are told of: as the visitor wants it, else as the page does. */

import { oneOf } from '../attributes.ts';
import type { ChatParts } from '../sheets/sheet.ts';
import { readChoice, writeChoice } from '../storage/choices.ts';

/** Whole answers, sentence by sentence; that one is given, and how it ends; only what goes wrong or asks for something. */
export const announcings = ['all', 'brief', 'none'] as const;
export type Announcing = (typeof announcings)[number];

const NAME = 'announce';

export function announcingOf({ keep, host }: ChatParts): Announcing {
  return oneOf(announcings, readChoice(keep.settings(), NAME) ?? host.announce);
}

export function chooseAnnouncing({ keep }: ChatParts, announcing: Announcing): void {
  writeChoice(keep.settings(), NAME, announcing);
}
