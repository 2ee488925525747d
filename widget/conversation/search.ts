/** Finds conversations by words of their titles and texts, in any language. Pure. */

import { fold } from './fold.ts';
import { type KeptConversation, titleOf } from './kept-conversation.ts';

/** The words around what was found, in parts: every other one, from the second on, is what was searched for. */
export type Excerpt = readonly string[];

export interface Found {
  /** The message in which it was found; absent where the title alone has it. */
  message?: string;
  excerpt?: Excerpt;
}

/** How much is shown before what was found, and in all. */
const BEFORE = 24;
const LENGTH = 120;

/** Scripts whose words stand side by side without spaces. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** What a query asks for, folded: each of it has to be there, wherever. */
export function wordsOf(query: string): string[] {
  const words = query
    .split(/\s+/)
    .flatMap(part => (unspaced.test(part) ? segments(part) : [part]))
    .map(fold);
  return [...new Set(words)].filter(word => word !== '');
}

/** Undefined where one of the words is neither in the title nor in a message that is shown. */
export function find(kept: KeptConversation, words: readonly string[]): Found | undefined {
  const missing = new Set(words.filter(word => !fold(titleOf(kept)).includes(word)));
  const isInTitle = missing.size === 0;
  let best: { id: string; content: string; count: number } | undefined;
  for (const { id, content } of kept.conversation.messages) {
    const folded = fold(content);
    const there = words.filter(word => folded.includes(word));
    for (const word of there) missing.delete(word);
    if (there.length > (best?.count ?? 0)) best = { id, content, count: there.length };
    if (missing.size === 0 && (isInTitle || best?.count === words.length)) break;
  }
  if (missing.size > 0) return undefined;
  return best ? { message: best.id, excerpt: excerptOf(best.content, words) } : {};
}

/** Without an Intl.Segmenter, as in older browsers, what stands together is one word. */
function segments(text: string): string[] {
  if (!('Segmenter' in Intl)) return [text];
  const words = [...new Intl.Segmenter(undefined, { granularity: 'word' }).segment(text)];
  return words.filter(({ isWordLike }) => isWordLike).map(({ segment }) => segment);
}

function excerptOf(text: string, words: readonly string[]): Excerpt {
  const { folded, places } = placed(text);
  const found = words.flatMap(word => (folded.indexOf(word) >= 0 ? [folded.indexOf(word)] : []));
  const first = places[Math.min(...found)] ?? 0;
  const from = first <= BEFORE ? 0 : startOfWord(text, first - BEFORE, first);
  const to = from + LENGTH;
  const parts: string[] = [from > 0 ? '…' : ''];
  let at = from;
  for (const [start, end] of ranges(folded, places, words)) {
    if (start < at || start >= to) continue;
    parts[parts.length - 1] += line(text.slice(at, start));
    parts.push(line(text.slice(start, end)), '');
    at = end;
  }
  parts[parts.length - 1] += line(text.slice(at, Math.max(at, to))) + (to < text.length ? '…' : '');
  return parts;
}

/** The folded text, and of each of its characters where it is in the text. */
function placed(text: string): { folded: string; places: number[] } {
  let folded = '';
  const places: number[] = [];
  // A letter with the marks that follow it: fold alone, they come out as they do together.
  for (const { 0: cluster, index } of text.matchAll(/\P{M}\p{M}*|\p{M}+/gsu)) {
    const piece = fold(cluster);
    places.push(...Array<number>(piece.length).fill(index));
    folded += piece;
  }
  places.push(text.length);
  return { folded, places };
}

/** Where the words are in the text, in order. */
function ranges(
  folded: string,
  places: readonly number[],
  words: readonly string[],
): Array<[number, number]> {
  const all: Array<[number, number]> = [];
  for (const word of words)
    for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + word.length))
      all.push([places[at]!, endOf(places, at + word.length)]);
  return all.sort(([one], [other]) => one - other);
}

/** A letter that became several is not cut. */
function endOf(places: readonly number[], at: number): number {
  const last = places[at - 1]!;
  return places.slice(at).find(place => place > last)!;
}

function startOfWord(text: string, from: number, to: number): number {
  const space = text.slice(from, to).search(/\s/);
  if (space >= 0) return from + space + 1;
  // Not between the halves of a character.
  return from + (/[\udc00-\udfff]/.test(text[from]!) ? 1 : 0);
}

function line(text: string): string {
  return text.replace(/\s+/g, ' ');
}
