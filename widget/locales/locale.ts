/**
 * All words of the chat, in groups by the part that needs them. In English each group comes with its part (`en-*.ts`);
 * every other language is one file.
 */

import type { en, launcherWords } from './en.ts';
import type { enAnswer } from './en-answer.ts';
import type { enAttachments } from './en-attachments.ts';
import type { enCalls } from './en-calls.ts';
import type { enExtras } from './en-extras.ts';
import type { enFeedback } from './en-feedback.ts';
import type { enHistory } from './en-history.ts';
import type { enKeeping } from './en-keeping.ts';
import type { enMenu } from './en-menu.ts';
import type { enModels } from './en-models.ts';
import type { enNote } from './en-note.ts';
import type { enPerson } from './en-person.ts';
import type { enQuote } from './en-quote.ts';
import type { enSheet } from './en-sheet.ts';
import type { enShortcuts } from './en-shortcuts.ts';
import type { enSpoken } from './en-spoken.ts';
import type { enSources } from './en-sources.ts';
import type { enStats } from './en-stats.ts';
import type { enThinking } from './en-thinking.ts';
import type { enTurnActions } from './en-turn-actions.ts';
import type { enVoice } from './en-voice.ts';

export interface Locale {
  launcher: typeof launcherWords;
  chat: typeof en;
  answer: typeof enAnswer;
  attachments: typeof enAttachments;
  calls: typeof enCalls;
  extras: typeof enExtras;
  feedback: typeof enFeedback;
  history: typeof enHistory;
  keeping: typeof enKeeping;
  menu: typeof enMenu;
  models: typeof enModels;
  note: typeof enNote;
  person: typeof enPerson;
  quote: typeof enQuote;
  sheet: typeof enSheet;
  shortcuts: typeof enShortcuts;
  sources: typeof enSources;
  spoken: typeof enSpoken;
  stats: typeof enStats;
  thinking: typeof enThinking;
  turnActions: typeof enTurnActions;
  voice: typeof enVoice;
}

/** Words of a page's own: any of them, the others stay. */
export type PageWords = { [Group in keyof Locale]?: Some<Locale[Group]> };

type Some<Words> = Words extends (...values: never[]) => string
  ? Words | string
  : Words extends object
    ? { [Key in keyof Words]?: Some<Words[Key]> }
    : Words;

/** What the chat speaks: a language, with the page's own words. */
export interface Language {
  /** As BCP 47 has it. */
  tag: string;
  /** @param english what the part has brought along */
  words<Group extends keyof Locale>(group: Group, english: Locale[Group]): Locale[Group];
}
