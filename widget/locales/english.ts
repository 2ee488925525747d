/** All words in English, which come with the parts that need them. */

import { en, launcherWords } from './en.ts';
import { enAnswer } from './en-answer.ts';
import { enAttachments } from './en-attachments.ts';
import { enCalls } from './en-calls.ts';
import { enExtras } from './en-extras.ts';
import { enFeedback } from './en-feedback.ts';
import { enHistory } from './en-history.ts';
import { enKeeping } from './en-keeping.ts';
import { enMenu } from './en-menu.ts';
import { enModels } from './en-models.ts';
import { enNote } from './en-note.ts';
import { enPerson } from './en-person.ts';
import { enQuote } from './en-quote.ts';
import { enSheet } from './en-sheet.ts';
import { enShortcuts } from './en-shortcuts.ts';
import { enSources } from './en-sources.ts';
import { enSpoken } from './en-spoken.ts';
import { enStats } from './en-stats.ts';
import { enThinking } from './en-thinking.ts';
import { enTurnActions } from './en-turn-actions.ts';
import { enVoice } from './en-voice.ts';
import type { Locale } from './locale.ts';

export const english: Locale = {
  launcher: launcherWords,
  chat: en,
  answer: enAnswer,
  attachments: enAttachments,
  calls: enCalls,
  extras: enExtras,
  feedback: enFeedback,
  history: enHistory,
  keeping: enKeeping,
  menu: enMenu,
  models: enModels,
  note: enNote,
  person: enPerson,
  quote: enQuote,
  sheet: enSheet,
  shortcuts: enShortcuts,
  sources: enSources,
  spoken: enSpoken,
  stats: enStats,
  thinking: enThinking,
  turnActions: enTurnActions,
  voice: enVoice,
};
