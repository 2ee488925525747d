/** The words and numbers of how quick an answer was and what it has used, in English. */

import type { AssistantMessage, Cost } from '../conversation/message.ts';
import { failureText, type NoteWords } from './en-note.ts';

// Made when a figure is shown: the first format of a page takes so long that the first words of an answer would wait for it.
const whole = (amount: number) => amount.toLocaleString('en', { maximumFractionDigits: 0 });
const rough = (amount: number) => amount.toLocaleString('en', { maximumSignificantDigits: 2 });

export const enStats = {
  /** The name of the button that shows them, and of the list. */
  show: 'Figures of this answer',
  model: 'Model',
  ttft: 'First token',
  ttftBoth: (here: string, proxy: string) => `${here} here, ${proxy} at the proxy`,
  duration: 'In all',
  speed: 'Speed',
  tokens: 'Tokens',
  cost: 'Cost',
  end: 'Why it ended',
  resumed: 'Connection',
  ms: (ms: number) => (ms < 1000 ? `${whole(ms)} ms` : `${rough(ms / 1000)} s`),
  perSecond: (tokens: number) => `${tokens < 10 ? rough(tokens) : whole(tokens)} tok/s`,
  inAndOut: (prompt: number, completion: number) => `${whole(prompt)} in, ${whole(completion)} out`,
  money: ({ amount, currency }: Cost) =>
    amount.toLocaleString('en', { style: 'currency', currency, maximumSignificantDigits: 2 }),
  resumedTimes: (times: number) => (times === 1 ? 'Resumed once' : `Resumed ${whole(times)} times`),
  /** Why an answer ended, where it did not fail. */
  ends: {
    stop: 'It was finished',
    length: 'Its length limit was reached',
    content_filter: 'A content filter held it back',
    tool_calls: 'A tool was called',
    stopped: 'You stopped it',
  },
  /** Of a whole conversation. */
  spent: 'This chat so far',
  nothingSpent: 'Nothing was answered yet.',
  answers: (count: number) => (count === 1 ? '1 answer' : `${whole(count)} answers`),
  uncounted: (count: number) => `${whole(count)} not counted by their model`,
};

/** Puts into words why an answer ended; as the upstream has it where that is none of the usual reasons. */
export function endText(answer: AssistantMessage, words: typeof enStats, noteWords: NoteWords): string {
  if (answer.status === 'failed') return failureText({ ...answer, content: '' }, noteWords);
  const reason = answer.status === 'stopped' ? 'stopped' : (answer.finishReason ?? 'stop');
  return Object.hasOwn(words.ends, reason) ? words.ends[reason as keyof typeof words.ends] : reason;
}
