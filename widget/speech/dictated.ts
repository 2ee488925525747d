/** What a draft becomes while somebody dictates into it. Pure. */

import type { RecognitionEvent } from './recognition.ts';

export interface Place {
  before: string;
  after: string;
  /** Results before this one are the draft's already. */
  from: number;
}

/** @returns the draft, and where its cursor belongs */
export function dictated(
  { before, after, from }: Place,
  results: RecognitionEvent['results'],
): { draft: string; cursor: number } {
  const heard = Array.from(results)
    .slice(from)
    .map(result => result[0].transcript.trim())
    .reduce(joined, '');
  const begin = joined(before, heard);
  return { draft: joined(begin, after), cursor: begin.length };
}

/** With a space between words of languages that have one there. */
function joined(before: string, after: string): string {
  return before + (endsWord.test(before) && beginsWord.test(after) ? ' ' : '') + after;
}

const spaceless = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}`;
const endsWord = new RegExp(String.raw`[^\s([{“‘¿¡${spaceless}]$`, 'u');
const beginsWord = new RegExp(`^(?![${spaceless}])[\\p{L}\\p{N}]`, 'u');
