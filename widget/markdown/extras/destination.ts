/** The parts of a link's or definition's target: `<destination>` or `destination`, `"title"`, `[label]`. */

import { isAsciiPunctuation, isSpace } from '../characters.ts';
import type { Work } from '../shared.ts';
import { unescapeText } from './entities.ts';

export interface Part {
  value: string;
  /** The index after it. */
  end: number;
}

/** `open`: the text ended within it. */
export type Reading = Part | 'open' | undefined;

const deepestParentheses = 32;
const longestLabel = 999;

export function readDestination(text: string, start: number, work: Work): Reading {
  return text[start] === '<' ? unescaped(enclosed(text, start, '>', '<\n', work)) : bare(text, start, work);
}

/** Up to a closing character, in the text or before a limit; backslashes escape. */
function enclosed(
  text: string,
  start: number,
  closer: string,
  not: string,
  work: Work,
  limit = text.length,
): Reading {
  for (let index = start + 1; index < limit; index += 1) {
    work.examined += 1;
    const char = text[index]!;
    if (char === closer) return { value: text.slice(start + 1, index), end: index + 1 };
    if (not.includes(char)) return undefined;
    if (char === '\\') index += 1;
  }
  return limit === text.length ? 'open' : undefined;
}

function bare(text: string, start: number, work: Work): Reading {
  let depth = 0;
  let index = start;
  for (; index < text.length; index += 1) {
    work.examined += 1;
    const char = text[index]!;
    if (char === '\\' && isAsciiPunctuation(text[index + 1])) index += 1;
    else if (char === '(') depth += 1;
    else if (char === ')') depth -= 1;
    else if (char <= ' ' || char === '\x7f') break;
    if (depth > deepestParentheses) return undefined;
    if (depth < 0) break;
  }
  if (index === text.length) return 'open';
  return depth > 0 ? undefined : { value: unescapeText(text.slice(start, index)), end: index };
}

const closers: Record<string, string> = { '"': '"', "'": "'", '(': ')' };

export function beginsTitle(char: string | undefined): boolean {
  return char !== undefined && char in closers;
}

export function readTitle(text: string, start: number, work: Work): Reading {
  const opener = text[start]!;
  return unescaped(enclosed(text, start, closers[opener]!, opener === '(' ? opener : '', work));
}

function unescaped(part: Reading): Reading {
  return typeof part === 'object' ? { ...part, value: unescapeText(part.value) } : part;
}

/** The source between brackets; the value is not normalized. */
export function readLabel(text: string, start: number, work: Work): Reading {
  return enclosed(text, start, ']', '[', work, Math.min(text.length, start + longestLabel + 2));
}

/** White space with at most one line break; undefined if there are more. */
export function skipSpace(text: string, start: number, work: Work): number | undefined {
  let breaks = 0;
  let index = start;
  for (; isSpace(text[index]) || text[index] === '\n'; index += 1) {
    work.examined += 1;
    if (text[index] === '\n') breaks += 1;
  }
  return breaks > 1 ? undefined : index;
}
