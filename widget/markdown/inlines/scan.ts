/** One reading of a text's inlines: where it is, what it has found, and what is still open. */

import { isSpace } from '../characters.ts';
import type { Syntax } from '../syntax.ts';
import type { Work } from '../work.ts';
import type { Inline } from '../tree.ts';
import { Brackets, type Bracket } from './brackets.ts';
import { Delimiters, type Delimiter } from './delimiters.ts';
import type { Notes } from './notes.ts';
import type { References, Waiting } from './references.ts';

export interface TextToken {
  kind: 'text';
  value: string;
  /** Where its source begins, if its value is its source. */
  start: number | undefined;
}

/** Between an open bracket that became a link and this, the link's content. */
interface CloseToken {
  kind: 'close';
}

interface NodeToken {
  kind: 'node';
  node: Inline;
}

export type Token = TextToken | NodeToken | CloseToken | Delimiter | Bracket;

export interface Surroundings {
  work: Work;
  references: References;
  syntax: Syntax;
  notes: Notes | undefined;
  /** Who is to be read again when a label that is not known yet is defined. */
  reader: Waiting;
  /** The last characters before the text. */
  before: string;
  /** Nothing follows the text. Else what is open at its end is shown as if it were closed. */
  final: boolean;
  /** Labels that are not known yet may still be defined: what can only be meant as a reference is one. */
  hopeful: boolean;
}

export class Scan {
  readonly text: string;
  readonly around: Surroundings;
  position = 0;
  tokens: Token[] = [];
  readonly delimiters: Delimiters;
  readonly brackets: Brackets;
  /** The last position of each thing that was looked for to the end in vain, or found last. See code.ts and math.ts. */
  readonly last = new Map<string | number, number>();
  /** Something was read as a reference although its label is not defined yet. */
  hopes = false;
  /** It refers to a note. */
  notes = false;
  /** What comes next may change how something before the end is read: nothing after it is settled. */
  #waits = false;
  /** How many tokens are settled, and up to where. */
  #settled = { tokens: 0, position: 0 };
  /** The plain text after them, which is settled up to some place in it. */
  #run: { tokens: number; from: number; end: number } | undefined;

  constructor(text: string, around: Surroundings) {
    this.text = text;
    this.around = around;
    this.delimiters = new Delimiters(this);
    this.brackets = new Brackets();
  }

  char(offset = 0): string {
    return this.text[this.position + offset] ?? '';
  }

  /** The character, of one or two units, before an index. */
  charBefore(index: number): string {
    const text =
      index > 3 ? this.text.slice(index - 4, index) : this.around.before + this.text.slice(0, index);
    const characters = Array.from(text.slice(-4));
    const char = characters.pop() ?? '';
    // A variation selector belongs to what it varies.
    return /[\ufe00-\ufe0e]/.test(char) ? (characters.pop() ?? '') : char;
  }

  charAfter(index: number): string {
    const code = this.text.codePointAt(index);
    return code === undefined ? '' : String.fromCodePoint(code);
  }

  /** The end is reached and undecided: whether to wait for more text. */
  waits(): boolean {
    if (this.around.final) return false;
    this.#waits = true;
    return true;
  }

  /** Reads as long as a test holds; the index after it. */
  skip(index: number, test: (char: string) => boolean): number {
    let end = index;
    while (end < this.text.length && test(this.text[end]!)) end += 1;
    this.around.work.examined += end - index + 1;
    return end;
  }

  /** The length of the run of one character that begins at an index. */
  runAt(index: number): number {
    const char = this.text[index];
    return this.skip(index, next => next === char) - index;
  }

  /** Source that stands for itself. */
  addText(end: number): void {
    const value = this.text.slice(this.position, end);
    const last = this.tokens.at(-1);
    if (last?.kind === 'text' && last.start !== undefined) last.value += value;
    else this.tokens.push({ kind: 'text', value, start: this.position });
    this.position = end;
  }

  /** Text that is written another way, up to an index. */
  addDecoded(value: string, end: number): void {
    this.tokens.push({ kind: 'text', value, start: undefined });
    this.position = end;
  }

  add(node: Inline, end: number): void {
    this.tokens.push({ kind: 'node', node });
    this.position = end;
  }

  /** The source that stands for itself just before the position; autolinks look back into it. */
  get plainStart(): number {
    const last = this.tokens.at(-1);
    return last?.kind === 'text' && last.start !== undefined ? last.start : this.position;
  }

  /** Takes back the last characters of source that stood for itself. */
  takeBack(index: number): void {
    const last = this.tokens.at(-1);
    if (last?.kind === 'text' && last.start !== undefined) {
      last.value = this.text.slice(last.start, index);
      if (last.value === '') this.tokens.pop();
    }
    this.position = index;
  }

  /** Notes that nothing before the position can change any more, if so. */
  settle(): void {
    if (this.#waits || this.brackets.isOpen || this.delimiters.isOpen) return;
    const last = this.tokens.at(-1);
    if (last?.kind !== 'text' || last.start === undefined) {
      this.#settled = { tokens: this.tokens.length, position: this.position };
      this.#run = undefined;
    } else if (this.#run?.tokens === this.tokens.length) {
      this.#run.end = this.position;
    } else {
      const from = this.#settled.position === last.start ? last.start : this.position;
      this.#run = { tokens: this.tokens.length, from, end: this.position };
    }
  }

  /** Splits what was found into what is settled, whatever may follow, and the rest. */
  settled(): { tokens: Token[]; rest: Token[]; position: number } {
    const cut = this.#run ? lastBoundary(this.text, this.#run.from, this.#run.end) : undefined;
    if (cut === undefined) {
      const { tokens, position } = this.#settled;
      return { tokens: this.tokens.slice(0, tokens), rest: this.tokens.slice(tokens), position };
    }
    const tokens = this.tokens.slice(0, this.#run!.tokens);
    const rest = this.tokens.slice(this.#run!.tokens);
    const text = tokens.pop() as TextToken;
    const start = text.start!;
    this.around.work.examined += this.#run!.end - cut;
    if (cut > start) tokens.push({ kind: 'text', value: this.text.slice(start, cut), start });
    const left = text.value.slice(cut - start);
    if (left !== '') rest.unshift({ kind: 'text', value: left, start: cut });
    return { tokens, rest, position: cut };
  }
}

// What looks back (an email address, `http:`, `www.`) looks back over these, and never over more than this many.
const word = /[\w.+-]/;
export const longestWord = 256;

/** The last place of a plain text where it can be cut: what follows is then read the same without what precedes it. */
function lastBoundary(text: string, from: number, end: number): number | undefined {
  const lowest = Math.max(from, end - longestWord);
  for (let index = end; index > lowest; index -= 1) {
    const before = text[index - 1]!;
    if (isSpace(before) || (before >= '\ud800' && before <= '\udbff')) continue;
    if (!word.test(before) || isSpace(text[index]) || text[index] === '\n') return index;
  }
  return lowest > from && word.test(text[lowest]!) ? lowest : undefined;
}
